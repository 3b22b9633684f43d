import { closest, distance } from "fastest-levenshtein";
import { stringify } from "yaml";
import type { z } from "zod";
import type { Problem } from "./problem";
import { type ConfigPath, formatPath, keyPosition, locate, type SourceNode, toPlain } from "./source-node";
import { knownKeys, schemaAt } from "./target-schema-json";

type Issue = z.core.$ZodIssue;

/** What the schema found, in the words and places of the files. */
export function schemaProblems(issues: readonly Issue[], root: SourceNode): Problem[] {
  const plain = toPlain(root);
  return issues.flatMap((issue) => problemsOf(issue, root, plain));
}

function problemsOf(issue: Issue, root: SourceNode, plain: unknown): Problem[] {
  const path = configPath(issue.path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      ...keyPosition(root, [...path, key]),
      path: formatPath([...path, key]),
      message: `is no known key${nearest(key, knownKeys(path, plain))}`,
    }));
  }
  if (issue.code === "invalid_key") {
    const [reason] = issue.issues;
    return [
      { ...keyPosition(root, path), path: formatPath(path), message: reason?.message ?? "is no valid name" },
    ];
  }
  const { at, found, node } = locate(root, path);
  return [
    {
      ...at,
      path: formatPath(path),
      ...(found && node.kind === "scalar" && { value: String(node.value) }),
      message: found ? wrongValue(issue, path, plain, node) : missing(path, plain),
    },
  ];
}

/** zod's paths can hold symbols, which no YAML key is. */
export function configPath(path: readonly PropertyKey[]): ConfigPath {
  return path.map((step) => (typeof step === "number" ? step : String(step)));
}

function missing(path: ConfigPath, plain: unknown): string {
  const schema = schemaAt(path, plain);
  const choices = schema?.oneOf?.flatMap((option) =>
    Object.entries(option.properties ?? {}).flatMap(([key, property]) =>
      property.const === undefined ? [] : [`${key}: ${JSON.stringify(property.const).replaceAll('"', "")}`],
    ),
  );
  const example = schema?.examples?.[0];
  const remedy =
    example !== undefined
      ? `write for example ${path.at(-1)}: ${yamlExample(example)}`
      : choices && choices.length > 0
        ? `write one of ${choices.join(" | ")}`
        : "add it";
  const meaning = schema?.description ? ` (${schema.description.replace(/\.$/, "")})` : "";
  return `is missing${meaning}; ${remedy}`;
}

function wrongValue(issue: Issue, path: ConfigPath, plain: unknown, node: SourceNode): string {
  switch (issue.code) {
    case "invalid_type":
      if (!issue.message.startsWith("Invalid input")) return issue.message;
      return `is ${kindOf(node)}, not ${expected(issue.expected)}${example(path, plain)}`;
    case "invalid_value": {
      if (!/^Invalid (input|option)/.test(issue.message)) return issue.message;
      const values = issue.values.map(String);
      const written = node.kind === "scalar" ? String(node.value) : "";
      return `is none of ${values.join(", ")}${nearest(written, values)}`;
    }
    case "invalid_union": {
      if (!/^Invalid (input|discriminator)/.test(issue.message)) return issue.message;
      const options = "options" in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
      const written = node.kind === "scalar" ? String(node.value) : "";
      return options.length > 0
        ? `is none of ${options.join(", ")}${nearest(written, options)}`
        : issue.message;
    }
    case "too_small":
    case "too_big":
      return range(issue);
    default:
      return issue.message;
  }
}

function range(issue: Extract<Issue, { code: "too_small" | "too_big" }>): string {
  if (!/^Too (small|big)/.test(issue.message)) return issue.message;
  const bound = issue.code === "too_small" ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
  const units: Readonly<Record<string, string>> = { string: " characters", array: " items" };
  const unit = units[issue.origin] ?? "";
  return `is out of range; write ${bound}${unit}`;
}

function example(path: ConfigPath, plain: unknown): string {
  const schema = schemaAt(path, plain);
  const sample = schema?.examples?.[0] ?? schema?.default;
  return sample === undefined ? "" : `; write for example ${yamlExample(sample)}`;
}

function yamlExample(value: unknown): string {
  // Quoted where plain text would be read as something else: a number, or a map for `a: b`.
  return typeof value === "string" ? stringify(value, { lineWidth: 0 }).trimEnd() : JSON.stringify(value);
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

/** "; did you mean …", or the whole list where nothing is near. */
function nearest(written: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const best = closest(written, [...known]);
  if (written !== "" && distance(written, best) <= Math.max(2, Math.floor(written.length / 3))) {
    return `; did you mean ${best}?`;
  }
  return `; known here: ${known.join(", ")}`;
}
