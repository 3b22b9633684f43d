import { listed } from "../../text/listed";
import { stringify } from "yaml";
import type { z } from "zod";
import type { EmptyKey } from "./merge-layers";
import { nearestOf } from "../../text/nearest";
import { valueOfOthers } from "./other-tools";
import type { Problem } from "./problem";
import {
  type ConfigPath,
  formatPath,
  keyPosition,
  locate,
  type ScalarNode,
  type SourceNode,
  toPlain,
} from "./source-node";
import { choicesAt, type JsonSchema, knownKeys, schemaAt } from "../json-schema/target-schema-json";
import { unknownKeyRemedy } from "./unknown-keys";

type Issue = z.core.$ZodIssue;

/** Who the files are about, for examples that fit. */
export interface About {
  readonly region: string;
  /** One of the files can't be read, so what seems to be missing may be there. */
  readonly incomplete: boolean;
}

/** What the schema found, in the words and places of the files. */
export function schemaProblems(issues: readonly Issue[], root: SourceNode, about: About): Problem[] {
  const plain = toPlain(root);
  const meant = new Set(issues.flatMap((issue) => meantKeys(issue, plain)));
  return issues
    .filter(
      (issue) => !meant.has(formatPath(configPath(issue.path))) || locate(root, configPath(issue.path)).found,
    )
    .flatMap((issue) => problemsOf(issue, root, plain, about));
}

/** Keys that stand there under a wrong name: told once, and not as missing, too. */
function meantKeys(issue: Issue, plain: unknown): string[] {
  if (issue.code !== "unrecognized_keys") return [];
  const path = configPath(issue.path);
  const known = knownKeys(path, plain);
  return issue.keys.slice(0, MOST_KEYS).flatMap((key) => {
    const near = nearestOf(key, known);
    return near === undefined ? [] : [formatPath([...path, near])];
  });
}

/** Unknown keys of one map that are told of one by one. */
const MOST_KEYS = 20;

/** Keys without a value that take nothing away. */
export function emptyKeyProblems(keys: readonly EmptyKey[], root: SourceNode): Problem[] {
  const plain = toPlain(root);
  return keys.map(({ path, at }) => {
    const schema = schemaAt(path, plain);
    const parent = path.slice(0, -1);
    const remedy =
      schema === undefined
        ? `and is not a known key${unknownKeyRemedy(String(path.at(-1)), parent, knownKeys(parent, plain))}`
        : `and no layer below has a value to take away; ${takesMap(schema) ? "write {} for its defaults, or remove the line" : "write a value, or remove the line"}`;
    return { ...at, path: formatPath(path), message: `is empty, ${remedy}` };
  });
}

function takesMap({ type, oneOf, anyOf }: JsonSchema): boolean {
  return type === "object" || (oneOf ?? anyOf ?? []).some(takesMap);
}

function problemsOf(issue: Issue, root: SourceNode, plain: unknown, about: About): Problem[] {
  const path = configPath(issue.path);
  if (issue.code === "unrecognized_keys") {
    const told = issue.keys.slice(0, MOST_KEYS).map((key) => ({
      ...keyPosition(root, [...path, key]),
      path: formatPath([...path, key]),
      message: `is not a known key${unknownKeyRemedy(key, path, knownKeys(path, plain))}`,
    }));
    const next = issue.keys[MOST_KEYS];
    if (next === undefined) return told;
    const message = `has ${issue.keys.length - MOST_KEYS} more keys that are not known; remove them`;
    return [...told, { ...keyPosition(root, [...path, next]), path: formatPath(path), message }];
  }
  if (issue.code === "invalid_key") {
    const [reason] = issue.issues;
    return [
      {
        ...keyPosition(root, path),
        path: formatPath(path),
        message: reason?.message ?? "is not a valid name",
      },
    ];
  }
  const { at, found, node } = locate(root, path);
  if (!found && about.incomplete) return [];
  return [
    {
      ...at,
      path: formatPath(path),
      ...(found && node.kind === "scalar" && { value: shownScalar(node) }),
      message: found ? wrongValue(issue, path, plain, node, about) : missing(path, plain, about),
    },
  ];
}

/** Numbers as they were written: 2026.10, and not 2026.1. */
function shownScalar({ value, source }: ScalarNode): string {
  return typeof value === "number" && source !== "" ? source : String(value);
}

/** zod's paths can hold symbols, which no YAML key is. */
export function configPath(path: readonly PropertyKey[]): ConfigPath {
  return path.map((step) => (typeof step === "number" ? step : String(step)));
}

function missing(path: ConfigPath, plain: unknown, about: About): string {
  const schema = schemaAt(path, plain);
  const key = String(path.at(-1));
  const words = choicesAt(path.slice(0, -1))[key];
  const choices = Object.entries(choicesAt(path)).flatMap(([word, values]) =>
    values.map((value) => `${word}: ${value}`),
  );
  const example = schema?.examples?.[0];
  const remedy =
    words !== undefined
      ? `choose ${listed(words, "or")}`
      : example !== undefined
        ? `write for example ${key}: ${yamlExample(example, about)}`
        : choices.length > 0
          ? `write one of ${choices.join(" | ")}`
          : schema?.enum !== undefined
            ? `choose ${listed(schema.enum.map(String), "or")}`
            : "add it";
  // The first sentence says what a key means; what it costs and its default are for editors.
  const [meant = ""] = schema?.description?.split(/\.(?:\s|$)/) ?? [];
  const meaning = meant === "" ? "" : ` (${meant})`;
  return `is missing${meaning}; ${remedy}`;
}

function wrongValue(issue: Issue, path: ConfigPath, plain: unknown, node: SourceNode, about: About): string {
  switch (issue.code) {
    case "invalid_type":
      return wrongType(issue, path, plain, node, about);
    case "invalid_value": {
      if (!/^Invalid (input|option)/.test(issue.message)) return issue.message;
      const values = issue.values.map(String);
      if (node.kind === "scalar" && typeof node.value === "number" && issue.values.every(isText)) {
        return `is a number; put it in quotes: "${node.source}" (one of ${values.join(", ")})`;
      }
      const written = node.kind === "scalar" ? String(node.value) : "";
      return `must be one of ${values.join(", ")}${valueRemedy(path, written, values)}`;
    }
    case "invalid_union": {
      if (!/^Invalid (input|discriminator)/.test(issue.message)) return issue.message;
      const options = "options" in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
      const written = node.kind === "scalar" ? String(node.value) : "";
      return options.length > 0
        ? `must be one of ${options.join(", ")}${valueRemedy(path, written, options)}`
        : issue.message;
    }
    case "too_small":
    case "too_big":
      return range(issue);
    default:
      return issue.message;
  }
}

function wrongType(
  issue: Extract<Issue, { code: "invalid_type" }>,
  path: ConfigPath,
  plain: unknown,
  node: SourceNode,
  about: About,
): string {
  const isQuotable = node.kind === "scalar" && node.value !== null && typeof node.value !== "string";
  if (issue.expected === "string" && isQuotable && issue.message.startsWith("Invalid input")) {
    return `is ${kindOf(node)}, and text is needed; put it in quotes: ${JSON.stringify(node.source)}`;
  }
  if (!issue.message.startsWith("Invalid input")) return issue.message;
  const [choice] = Object.entries(choicesAt(path));
  if (issue.expected === "object" && choice !== undefined && node.kind === "scalar") {
    const [word, values] = choice;
    const written = String(node.value).toLowerCase();
    const near = nearestOf(written, values);
    const meant =
      near === undefined ? values.filter((value) => written !== "" && value.includes(written)) : [near];
    const key = String(path.at(-1));
    return `is ${kindOf(node)}, not a map; write ${key}: { ${word}: ${(meant.length > 0 ? meant : values).join(" | ")} }`;
  }
  return `is ${kindOf(node)}, not ${expected(issue.expected)}${example(path, plain, about)}`;
}

const isText = (value: unknown): value is string => typeof value === "string";

function range(issue: Extract<Issue, { code: "too_small" | "too_big" }>): string {
  if (!/^Too (small|big)/.test(issue.message)) return issue.message;
  const isExcluded = issue.inclusive === false;
  const bound =
    issue.code === "too_small"
      ? `${isExcluded ? "more than" : "at least"} ${issue.minimum}`
      : `${isExcluded ? "less than" : "at most"} ${issue.maximum}`;
  const units: Readonly<Record<string, string>> = { string: " characters", array: " items" };
  const unit = units[issue.origin] ?? "";
  return `is out of range; write ${bound}${unit}`;
}

function example(path: ConfigPath, plain: unknown, about: About): string {
  const schema = schemaAt(path, plain);
  const sample = schema?.examples?.[0] ?? schema?.default;
  return sample === undefined ? "" : `; write for example ${yamlExample(sample, about)}`;
}

/** Zones of the target's own region: those of another one would be refused. */
function yamlExample(value: unknown, { region }: About): string {
  // Quoted where plain text would be read as something else: a number, or a map for `a: b`.
  const text =
    typeof value === "string" ? stringify(value, { lineWidth: 0 }).trimEnd() : JSON.stringify(value);
  return text.replace(/\b[a-z]{2}(-[a-z]+)+-\d(?=[a-f]\b)/g, region);
}

function kindOf(node: SourceNode): string {
  if (node.kind === "list") return "a list";
  if (node.kind === "map") return "a map";
  if (node.value === null) return "empty";
  if (typeof node.value === "string") return "text";
  return typeof node.value === "number" ? "a number" : "true or false";
}

function expected(type: string): string {
  const words: Record<string, string> = {
    string: "text",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
    array: "a list",
    object: "a map",
    record: "a map",
  };
  return words[type] ?? type;
}

/** "; did you mean …", where something is near, or what the word would be in another tool. */
function valueRemedy(path: ConfigPath, written: string, known: readonly string[]): string {
  const near = nearestOf(written, known);
  const meant = near === undefined ? valueOfOthers(formatPath(path), written) : `did you mean ${near}?`;
  return meant === undefined ? "" : `; ${meant}`;
}
