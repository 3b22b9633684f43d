/**
 * What counts as a secret, by its name and by its look. One answer for all that prints or judges values: plan review, diff, report, guardrails
 * and the messages about configurations.
 */

/** What a hidden value is shown as. */
export const HIDDEN = "(secret)";

/** Words that name a secret by themselves. */
const SECRET_WORDS: ReadonlySet<string> = new Set(
  (
    "password passwords passwd pwd passphrase passphrases secret secrets token tokens credential credentials creds " +
    "apikey apikeys accesskey secretkey privatekey authkey clientkey sshkey jwt pat dsn htpasswd kubeconfig"
  ).split(" "),
);
/** Words that make a key, a URL or a string a secret one: `access_key`, `webhookUrl`, `connection-string`. */
const SECRET_PAIRS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    key: [
      "api",
      "access",
      "private",
      "client",
      "license",
      "auth",
      "signing",
      "shared",
      "storage",
      "master",
      "session",
      "hmac",
    ],
    keys: ["api", "access", "private", "auth", "signing"],
    url: ["webhook"],
    string: ["connection"],
    code: ["pin", "auth"],
  }),
);
/** Last words of names that only point at a secret, switch something or say how long: what they hold may be read. */
const REFERENCE_WORDS: ReadonlySet<string> = new Set(
  (
    "name names namespace namespaces arn arns ref refs id ids path paths file files type types provider providers class enabled mount " +
    "mounts expiration expiry ttl store stores lifetime period interval rotation days seconds audience audiences version versions " +
    "url urls uri uris host hostname port backend manager exchange generation reviewer source authority mode kind " +
    "policy count length size limit prefix suffix endpoint issuer selector keyref region replicas required tags description"
  ).split(" "),
);
/** Names of settings that hold no secret although they end in such a word. */
const SETTINGS = /^(existing|use|create|enable|disable|automount|require|allow)$/;
/** Versions of the instance metadata service, by AWS's name. */
const METADATA_TOKENS = /^http[-_]?tokens$/i;

/** Whether what stands under this name is taken for a secret. Names, lifetimes, switches and references of secrets are not. */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1) ?? "";
  if (isPair(words.at(-2), last)) return true;
  if (METADATA_TOKENS.test(name)) return false;
  if (REFERENCE_WORDS.has(last) || SETTINGS.test(words[0] ?? "")) return false;
  return words.some((word, index) => SECRET_WORDS.has(word) || isPair(words[index - 1], word));
}

function isPair(before: string | undefined, word: string): boolean {
  return before !== undefined && (SECRET_PAIRS.get(word)?.includes(before) ?? false);
}

/** `DB_PASSWORD`, `dbPassword`, `db-password`, `auth.password`: db/auth, password. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((word) => word.toLowerCase());
}

/** Forms that only keys have. Each with what it is, by its issuer's documentation of the format. */
const LOOKS: readonly RegExp[] = [
  /\b(AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/, // AWS access keys
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)/, // PEM
  /\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_\w{22,}/, // GitHub
  /\bglpat-[\w-]{20,}/, // GitLab
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}|hooks\.slack\.com\/(services|workflows)\/[\w/-]+/, // Slack
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/, // JSON Web Tokens
  /\b[sr]k_(live|test)_[A-Za-z0-9]{16,}/, // Stripe
  /\bAIza[\w-]{35}/, // Google
  /\bnpm_[A-Za-z0-9]{36}/, // npm
  /\bhv[sbr]\.[\w-]{20,}/, // HashiCorp Vault
];
/** A URL with a password before its host. */
const URL_PASSWORD = /([a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:)((?!\(secret\)@)[^/\s]+)(@)/gi;

/** Whether a value has the look of a secret, whatever its name. */
export function looksSecret(value: string): boolean {
  return LOOKS.some((look) => look.test(value)) || value.search(URL_PASSWORD) >= 0;
}

/** A text without what in it looks like a secret; the rest can be read. */
export function hideSecrets(text: string): string {
  const bare = text.replace(URL_PASSWORD, `$1${HIDDEN}$3`);
  return LOOKS.reduce((all, look) => all.replace(new RegExp(look.source, `${look.flags}g`), HIDDEN), bare);
}

/** Names that a text sets to something literal, such as `DB_PASSWORD=hunter2`; never the value. Each line by itself. */
export function secretAssignments(text: string): string[] {
  return [...text.matchAll(/([A-Za-z][A-Za-z0-9_-]*)[^\S\n]*[=:][^\S\n]*["']?([^\s"'${]{4,})/g)]
    .map((match) => match[1] ?? "")
    .filter(isSecretName);
}
