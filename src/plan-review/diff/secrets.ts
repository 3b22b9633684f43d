import { isSecretName } from "../../text/secrets";
import { field, isObject, type Json, text } from "../../terraform-plan/json";

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
  "helm_release.set_sensitive",
  "aws_iam_access_key.secret",
  "tls_private_key.private_key_pem",
]);

export function isSecretAttribute(type: string, attribute: string): boolean {
  return SECRET_ATTRIBUTES.has(`${type}.${attribute}`);
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
