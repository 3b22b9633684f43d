import { gunzipSync } from "node:zlib";
import { HIDDEN, hideSecrets, isSecretName } from "../../text/secrets";
import { field, isArray, isObject, type Json, parseDocument } from "../../terraform-plan/json";
import { parseValues } from "./documents";
import { readToml } from "./toml";

/** EC2 takes 16 KB of user data; what unpacks to far more is not user data. */
const LARGEST = 1 << 20;

/**
 * Attributes, fields and paths that hold what an instance starts with: of launch templates, instances and Karpenter's node classes,
 * and of Bottlerocket's host and bootstrap containers (`settings.bootstrap-containers.NAME.user-data`).
 */
export function isUserData(key: string): boolean {
  return /^(user_data|user_data_base64|userData)$|(^|[.: ])(userData|user-data)$/.test(key);
}

/**
 * Settings of user data by their names: Bottlerocket's TOML, and of nodeadm's MIME its NodeConfig and its scripts, line by line.
 * Undefined for what can't be read so: it is compared as text. What looks like a secret is hidden here, since lines of a script
 * stand in paths.
 */
export function readUserData(text: string): Json | undefined {
  const plain = decoded(text);
  if (plain === undefined || plain.trim() === "") return undefined;
  if (/^(MIME-Version|Content-Type):/im.test(plain.slice(0, 400))) return readParts(plain);
  return readPart(plain);
}

function decoded(text: string): string | undefined {
  const bare = text.replace(/\s/g, "");
  if (bare.length < 16 || !/^[A-Za-z0-9+/]+={0,2}$/.test(bare)) return text;
  const bytes = Buffer.from(bare, "base64");
  if (bytes.toString("base64").replace(/=+$/, "") !== bare.replace(/=+$/, "")) return text;
  try {
    const raw =
      bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { maxOutputLength: LARGEST }) : bytes;
    const plain = raw.toString("utf8");
    // A long name is base64, too: text it becomes only by chance.
    return /[\u0000-\u0008\u000E-\u001F\uFFFD]/.test(plain) ? text : plain;
  } catch {
    return undefined;
  }
}

function readParts(mime: string): Json | undefined {
  const boundary = /boundary="?([^"\r\n;]+)"?/i.exec(mime)?.[1];
  if (boundary === undefined) return undefined;
  const parts = mime
    .split(`--${boundary}`)
    .slice(1)
    .filter((part) => !part.startsWith("--"))
    .map((part) => {
      const [head = "", ...body] = part.replace(/^\r?\n/, "").split(/\r?\n\r?\n/);
      const text = body.join("\n\n");
      return /Content-Transfer-Encoding:\s*base64/i.test(head) ? (decoded(text) ?? text) : text;
    })
    .flatMap((text) => readPart(text) ?? { script: lines(text) });
  // Parts of one kind become one: which of them says a setting is of no matter.
  return parts.length === 0 ? undefined : parts.reduce(merge);
}

function readPart(text: string): Json | undefined {
  const json = parseDocument(text);
  if (json !== undefined) return json;
  if (/^#!/.test(text.trim())) return { script: lines(text) };
  return readNodeConfig(text) ?? readToml(text);
}

/** nodeadm's NodeConfig (awslabs/amazon-eks-ami, nodeadm): what counts is its spec. */
function readNodeConfig(text: string): Json | undefined {
  if (!/^\s*(apiVersion|kind):/m.test(text)) return undefined;
  const values = parseValues(text);
  if (values === undefined) return undefined;
  return (isArray(values) ? values : [values]).map((each) => field(each, "spec") ?? each).reduce(merge, {});
}

function merge(a: Json, b: Json): Json {
  if (isArray(a) && isArray(b)) return [...a, ...b];
  if (!isObject(a) || !isObject(b)) return b;
  const both: Record<string, Json> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const old = Object.hasOwn(both, key) ? both[key] : undefined;
    both[key] = old === undefined ? value : merge(old, value);
  }
  return both;
}

/** Whether user data that can't be read by setting may hold a secret: then it is hidden as a whole. */
export function mayHoldSecret(text: string): boolean {
  const plain = decoded(text);
  if (plain === undefined) return true;
  const all = joinedLines(plain).split(/\r?\n/);
  return hideSecrets(plain) !== plain || all.some((line) => withoutSecrets(line) !== line);
}

/** Lines that do something, each once, without what in them looks like a secret: keys of several lines go as a whole. */
function lines(text: string): string[] {
  const all = hideSecrets(joinedLines(text))
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map(withoutSecrets);
  return [...new Set(all)];
}

/** A command that goes on in the next line is one. */
function joinedLines(text: string): string {
  return text.replace(/\\\r?\n\s*/g, " ");
}

/** Forms of a script that carry a secret without a name for it: basic authentication, the password of mysql, what is encoded. */
const UNNAMED: readonly (readonly [look: RegExp, shown: string])[] = [
  [/((?:^|\s)(?:-u|--user)[\s=]*["']?[^\s:"']+:)[^\s"']+/g, `$1${HIDDEN}`],
  [/(\bmysql\w*\b.*?\s-p)[^\s-]\S*/g, `$1${HIDDEN}`],
  [/\b(?=[A-Za-z+]*\d)(?=[a-z0-9+]*[A-Z])[A-Za-z0-9+]{24,}={0,2}/g, HIDDEN],
  [/(?<![\w/.])[A-Za-z0-9+/]{40,}={0,2}/g, HIDDEN],
];

/** What is longer is data, and no command that anybody reads. */
const LONGEST_LINE = 4000;

/** What comes after a name that says that it is secret is hidden, unless it is a variable or another option. */
function withoutSecrets(line: string): string {
  if (line.length > LONGEST_LINE) return HIDDEN;
  for (const { 0: name, index } of line.matchAll(/[A-Za-z][\w-]*/g)) {
    if (!isSecretName(name) && !/^(authorization|bearer)$/i.test(name)) continue;
    const value = /^["']?\s*[=:\s]\s*(\S.*)$/.exec(line.slice(index + name.length))?.[1];
    if (value === undefined || /^"?\$[({\w]|^-/.test(value) || value.startsWith(HIDDEN)) continue;
    return `${line.slice(0, index)}${name}=${HIDDEN}`;
  }
  return UNNAMED.reduce((shown, [look, instead]) => shown.replace(look, instead), hideSecrets(line));
}
