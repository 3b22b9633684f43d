import {
  field,
  fields,
  holdsTrue,
  isArray,
  isObject,
  type Json,
  parseDocument,
  sameJson,
} from "../../terraform-plan/json";
import type { PlannedChange } from "../read/plan";
import {
  type Difference,
  type Differences,
  LONGEST_VALUE,
  MOST_DIFFERENCES,
  SECRET_MARK,
  UNKNOWN_MARK,
} from "./difference";
import { parseValues } from "./documents";
import { type Leaf, leavesOf } from "./leaves";
import { isSecretName } from "../../text/secrets";
import { withQuotedReferences } from "../synth/templates";
import { isSecretAttribute } from "./secrets";
import { isUserData, readUserData } from "./user-data";

/** Computed copies of what stands elsewhere: a second time they tell nothing. */
const COPIES: ReadonlySet<string> = new Set(["tags_all"]);
const COPIES_OF_HELM: ReadonlySet<string> = new Set(["metadata", "manifest", "resources"]);

/** What becomes different, attribute by attribute; documents held in texts are compared as documents. */
export function compareChange(change: PlannedChange): Differences {
  const before = new Map<string, Leaf>();
  const after = new Map<string, Leaf>();
  for (const [key, value] of fields(change.before)) {
    if (isCopy(change, key)) continue;
    collect(before, change, key, value, field(change.beforeSensitive, key));
  }
  for (const [key, value] of fields(change.after)) {
    if (isCopy(change, key)) continue;
    collect(after, change, key, value, field(change.afterSensitive, key));
  }
  // A new object has new ids, times and addresses: that they are unknown is no news.
  return differencesBetween(before, after, (path) => isUnknown(change, path), change.action === "replace");
}

/**
 * Two JSON values, such as the synthesized resource of two commits.
 *
 * @param most differences that are kept: all, for a rule that looks for some of them
 */
export function compareValues(
  before: Json | undefined,
  after: Json | undefined,
  most = MOST_DIFFERENCES,
): Differences {
  return differencesBetween(spread(before), spread(after), () => false, false, most);
}

/** Each top-level field apart, so that a document in a text is opened. */
function spread(value: Json | undefined): Map<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  for (const [key, inner] of fields(value)) {
    for (const leaf of attributeLeaves(key, inner, undefined, false)) leaves.set(leaf.path, leaf);
  }
  return leaves;
}

function collect(
  into: Map<string, Leaf>,
  change: PlannedChange,
  key: string,
  value: Json,
  marks: Json | undefined,
): void {
  const hidden = isSecretAttribute(change.type, key);
  for (const leaf of attributeLeaves(key, value, marks, hidden)) into.set(leaf.path, leaf);
}

function attributeLeaves(key: string, value: Json, marks: Json | undefined, hidden: boolean): Leaf[] {
  const secret = hidden || marks === true || (isSecretName(key) && typeof value !== "boolean");
  const documents = isArray(value) ? value : [value];
  const opened = documents.map((each) => (typeof each === "string" ? open(key, each) : undefined));
  // One that is known after apply only leaves the others what they are: documents.
  if (opened.some((each) => each !== undefined)) {
    return opened.flatMap((each, index) => {
      const name = opened.length === 1 ? key : `${key}[${index}]`;
      const hide = secret || holdsTrue(marks);
      const leaves =
        each === undefined
          ? leavesOf(documents[index] ?? null, undefined, name, hide)
          : leavesOf(each, undefined, `${name}: `, hide);
      return [...leaves.values()];
    });
  }
  return [...leavesOf(value, marks, key, secret).values()];
}

/** Only values of charts and add-ons may be YAML: any text with a colon would pass for it. */
function open(key: string, text: string): Json | undefined {
  if (isUserData(key)) return readUserData(text);
  // Before Terraform has put a value in the place of a reference, values are not JSON.
  if (key === "values" || key === "configuration_values")
    return parseValues(text) ?? parseValues(withQuotedReferences(text));
  return listedPolicy(parseDocument(text));
}

/** In policies one text and a list of one mean the same, and one more in a list is one addition. */
function listedPolicy(document: Json | undefined): Json | undefined {
  const statements = field(document, "Statement");
  if (!isObject(document) || statements === undefined) return document;
  const list = (value: Json): Json => (typeof value === "string" ? [value] : value);
  const statement = (each: Json): Json =>
    isObject(each)
      ? Object.fromEntries(
          Object.entries(each).map(([key, value]): [string, Json] => [
            key,
            /^(Not)?(Action|Resource)$/.test(key)
              ? list(value)
              : /^(Not)?Principal$/.test(key) && isObject(value)
                ? Object.fromEntries(Object.entries(value).map(([kind, who]) => [kind, list(who)]))
                : value,
          ]),
        )
      : each;
  return {
    ...document,
    Statement: isArray(statements) ? statements.map(statement) : [statement(statements)],
  };
}

function isCopy(change: PlannedChange, key: string): boolean {
  return COPIES.has(key) || (change.type === "helm_release" && COPIES_OF_HELM.has(key));
}

function isUnknown(change: PlannedChange, path: string): boolean {
  const attribute = /^[^.[:]+/.exec(path)?.[0];
  const mark = attribute === undefined ? undefined : field(change.afterUnknown, attribute);
  return holdsTrue(mark) && change.action !== "delete";
}

function differencesBetween(
  before: ReadonlyMap<string, Leaf>,
  after: ReadonlyMap<string, Leaf>,
  isUnknownAt: (path: string) => boolean,
  isNew = false,
  most = MOST_DIFFERENCES,
): Differences {
  const all: Difference[] = [];
  for (const path of [...new Set([...before.keys(), ...after.keys()])]) {
    const old = before.get(path);
    const now = after.get(path);
    if (old !== undefined && now !== undefined && sameJson(old.value, now.value)) continue;
    const wasThere = old !== undefined && old.value !== null;
    const isThere = now !== undefined && now.value !== null;
    if (!wasThere && !isThere) continue;
    const unknown = !isThere && isUnknownAt(path);
    if (unknown && isNew) continue;
    const secret = old?.secret === true || now?.secret === true;
    all.push({
      path,
      kind: !wasThere ? "added" : isThere || unknown ? "changed" : "removed",
      ...(wasThere && { before: shown(old.value, secret) }),
      ...(isThere && { after: shown(now.value, secret) }),
      ...(unknown && { after: UNKNOWN_MARK }),
    });
  }
  all.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { shown: all.slice(0, most), leftOut: Math.max(0, all.length - most) };
}

function shown(value: Json, secret: boolean): string {
  if (secret) return SECRET_MARK;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const characters = text.length > LONGEST_VALUE * 4 ? [...text.slice(0, LONGEST_VALUE * 4)] : [...text];
  return characters.length > LONGEST_VALUE
    ? `${characters.slice(0, LONGEST_VALUE).join("")}... (${text.length} characters)`
    : text;
}
