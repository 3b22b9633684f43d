/** Names of what is kept secret. */
const SECRET_NAME =
  /(pass(word|wd|phrase)|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|credential)s?$/i;

/** Names that sound like it and hold no secret: references to one, switches, lifetimes. */
const HARMLESS =
  /^existing|(name|ref|path|file|enabled|audience|expiration|ttl|mount|provider|store|class|type|key[-_]?id)s?$/i;

export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !HARMLESS.test(name);
}

/** Names that a text sets to something literal, such as `DB_PASSWORD=hunter2`; never the value. */
export function looksSecret(text: string): string[] {
  return [...text.matchAll(/([A-Za-z][A-Za-z0-9_-]*)\s*[=:]\s*["']?([^\s"'${]{4,})/g)]
    .map((match) => match[1] ?? "")
    .filter(isSecretName);
}
