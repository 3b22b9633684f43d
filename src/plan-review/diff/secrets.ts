import { field, isObject, type Json, text } from "../read/json";

/**
 * Attributes that hold a secret whatever Terraform says of them; the rest is by `before_sensitive`, by name and by look.
 */
const SECRET_ATTRIBUTES: ReadonlySet<string> = new Set([
  "aws_secretsmanager_secret_version.secret_string",
  "aws_secretsmanager_secret_version.secret_binary",
  "aws_ssm_parameter.value",
  "aws_ssm_parameter.insecure_value",
  "kubernetes_secret.data",
  "kubernetes_secret.binary_data",
  "kubernetes_secret_v1.data",
  "kubernetes_secret_v1.binary_data",
  "aws_iam_access_key.secret",
  "tls_private_key.private_key_pem",
]);

const SECRET_NAME =
  /(password|passwd|passphrase|secret|token|api[-_]?key|apikey|private[-_]?key|credential|client[-_]?key|license[-_]?key|webhook[-_]?url|auth[-_]?key)/i;
/** Names that only point at a secret, or switch something: what they hold may be read. */
const ONLY_A_REFERENCE =
  /(name|namespace|arn|ref|refs|id|path|file|type|provider|class|enabled|mount|key_arn|expiration|ttl|store|automountserviceaccounttoken|http[-_]?tokens|lifetime|period|interval|rotation|window_in_days)$/i;
/** Looks of secrets: AWS access key, PEM block, GitHub and Slack tokens, a JWT, credentials in a URL. */
const SECRET_LOOK =
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY|\bgh[pousr]_[A-Za-z0-9]{30,}|\bxox[abprs]-[A-Za-z0-9-]{10,}|\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.|:\/\/[^/\s:@]+:[^/\s@]+@|hooks\.slack\.com\/services\//;

export function isSecretAttribute(type: string, attribute: string): boolean {
  return SECRET_ATTRIBUTES.has(`${type}.${attribute}`);
}

/** Whether what stands under this name is taken for a secret. Lengths, names and references of secrets are not. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !ONLY_A_REFERENCE.test(name);
}

export function looksSecret(value: string): boolean {
  return SECRET_LOOK.test(value);
}

/** A Kubernetes Secret: `data` and `stringData` are hidden whole. */
export function isKubernetesSecret(value: Json): boolean {
  return (
    isObject(value) && text(field(value, "kind")) === "Secret" && field(value, "apiVersion") !== undefined
  );
}

/**
 * An entry of a list such as `env: [{name: DB_PASSWORD, value: ...}]` or `set: [{name: auth.token, value: ...}]`, whose
 * own name says that the value is secret.
 */
export function isSecretPair(value: Json): boolean {
  const name = text(field(value, "name")) ?? text(field(value, "key"));
  return name !== undefined && isSecretName(name) && field(value, "value") !== undefined;
}
