import { parseAllDocuments, stringify } from "yaml";
import { HIDDEN, hideSecrets, isSecretName } from "../text/secrets";

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
/** `-----BEGIN ` in base64, whatever follows: certificates too, which are looked into. */
const PEM_BASE64 = /\bLS0tLS1CRUdJTi[A-Za-z0-9+/]+=*/g;
/** Keys that hold a secret although their name alone does not say so: of AWS's Secrets Manager, SSO and STS. */
const SECRET_FIELDS = /^(SecretString|SecretBinary|SecretAccessKey|SessionToken|client-key-data)$/;

/** The text of an answer without what is secret in it. JSON and YAML stay what they are; other texts are read line by line. */
export function withoutSecrets(text: string): string {
  const trimmed = text.trimStart();
  if (/^[[{]/.test(trimmed)) {
    try {
      return `${JSON.stringify(bare(JSON.parse(text) as unknown), null, 2)}\n`;
    } catch {
      return bareText(text);
    }
  }
  if (/^(---|apiVersion:|items:|kind:)/.test(trimmed)) {
    const documents = parseAllDocuments(text);
    if (Array.isArray(documents) && documents.every(({ errors }) => errors.length === 0)) {
      return documents.map((each) => stringify(bare(each.toJS() as unknown))).join("---\n");
    }
  }
  return bareText(text);
}

function bareText(text: string): string {
  return text.split("\n").map(bareString).join("\n");
}

function bare(value: unknown): unknown {
  if (typeof value === "string") return bareString(value);
  if (Array.isArray(value)) return bareList(value);
  if (typeof value !== "object" || value === null) return value;
  return bareObject(value as Readonly<Record<string, unknown>>);
}

/** Arguments come in pairs, too: `--password`, `hunter2`. */
function bareList(list: readonly unknown[]): unknown[] {
  return list.map((each, index) => {
    const before = list[index - 1];
    const isValue = typeof before === "string" && /^--?[\w-]+$/.test(before) && isSecretName(before);
    return isValue && typeof each === "string" && !each.startsWith("-") ? HIDDEN : bare(each);
  });
}

function bareObject(object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const isSecret = object.kind === "Secret" || object.kind === "SecretList";
  const isNamed = typeof object.name === "string" && isSecretName(object.name);
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => {
      if (isSecret && (key === "data" || key === "stringData")) return [key, allHidden(value)];
      if (key === LAST_APPLIED && typeof value === "string") return [key, withoutSecrets(value).trimEnd()];
      // Of an environment variable, of a header, of a parameter.
      if (key === "value" && isNamed && typeof value === "string" && value !== "") return [key, HIDDEN];
      if (typeof value === "string" && value !== "" && (isSecretName(key) || SECRET_FIELDS.test(key)))
        return [key, HIDDEN];
      return [key, bare(value)];
    }),
  );
}

function allHidden(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return HIDDEN;
  return Object.fromEntries(Object.keys(value).map((key) => [key, HIDDEN]));
}

/** Names that a text sets to something, as programs log it and shells read it. */
function bareString(text: string): string {
  return hideSecrets(text)
    .replace(PEM_BASE64, (found) =>
      /PRIVATE KEY/.test(Buffer.from(found, "base64").toString("latin1")) ? HIDDEN : found,
    )
    .replace(/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${HIDDEN}`)
    .replace(
      /([A-Za-z][\w-]*)("?[^\S\n]*[=:][^\S\n]*)("[^"\n]*"|'[^'\n]*'|[^\s"',;&]+)/g,
      (found, name: string, between: string) => (isSecretName(name) ? `${name}${between}${HIDDEN}` : found),
    );
}
