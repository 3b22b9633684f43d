import fs from "node:fs";
import path from "node:path";
import { ExpectedError } from "../text/errors";
import { asked, type Asked, wordsOf } from "./asked";
import { itemsIn, parsed } from "./items";
import { INDEX, type Recorded } from "./recorder";
import { type Answer, type Live, type Question, typed } from "./question";

/** One recorded answer with the question that it answers. */
export interface Entry {
  /** As typed, or as the file is named. */
  readonly command: string;
  readonly asked: Asked;
  readonly answer: Answer;
  /** File within the folder, for quotations. */
  readonly file: string;
}

/** A folder that was to be read and can't. */
export class RecordingError extends ExpectedError {
  override readonly exitCode = 2;
}

/**
 * Answers from a folder: one that `recorder` wrote, or one that people collected. A file of theirs begins with the command line
 * (`$ kubectl get pods -A -o yaml`), holds several of them as a terminal shows them, or is named after the one (`kubectl get pods -A.txt`,
 * `kubectl-get-pods-A.yaml`). An answer for all namespaces answers a question about one of them, and YAML one about JSON.
 *
 * @throws RecordingError
 */
export function recorded(folder: string): Live & { readonly entries: readonly Entry[] } {
  const entries = readFolder(folder);
  return { entries, ask: (question) => Promise.resolve(answerTo(question, entries, folder)) };
}

function answerTo(question: Question, entries: readonly Entry[], folder: string): Answer {
  const wanted = asked(question.tool, question.args);
  const same = entries.filter(({ asked: given }) => given.about === wanted.about);
  const fits = same.find(({ asked: given }) => given.format === wanted.format);
  if (fits !== undefined) return fits.answer;
  const structured =
    wanted.format === "json" ? same.find(({ asked: given }) => given.format === "yaml") : undefined;
  if (structured !== undefined) return asJson(structured.answer);
  return (
    narrowed(wanted, entries) ?? { is: "missing", why: `${folder} has no answer to: ${typed(question)}` }
  );
}

/** What a wider question was told: objects of all namespaces, or of several kinds, without those that nobody asked for. */
function narrowed(wanted: Asked, entries: readonly Entry[]): Answer | undefined {
  const { get } = wanted;
  if (get === undefined || wanted.format !== "json") return undefined;
  for (const { asked: given, answer } of entries) {
    if (given.get === undefined || given.get.selector !== "" || given.get.name !== undefined) continue;
    if (answer.is !== "said" || !["json", "yaml"].includes(given.format)) continue;
    if (!get.kinds.every((kind) => given.get?.kinds.includes(kind))) continue;
    const isWider = given.get.namespace === "*" || given.get.namespace === get.namespace;
    if (!isWider) continue;
    const found = (itemsIn(answer.text) as AnyObject[]).filter((each) =>
      isMeant(each, get, given.get?.kinds.length ?? 1),
    );
    if (get.name !== undefined) {
      if (found.length === 1) return { is: "said", text: JSON.stringify(found[0]) };
      return {
        is: "failed",
        code: 1,
        text: "",
        stderr: `Error from server (NotFound): "${get.name}" not found`,
      };
    }
    return { is: "said", text: JSON.stringify({ apiVersion: "v1", kind: "List", items: found }) };
  }
  return undefined;
}

interface AnyObject {
  readonly kind?: unknown;
  readonly metadata?: {
    readonly name?: unknown;
    readonly namespace?: unknown;
    readonly labels?: Readonly<Record<string, unknown>>;
  };
}

function isMeant(object: AnyObject, get: NonNullable<Asked["get"]>, kinds: number): boolean {
  const { name, namespace, labels = {} } = object.metadata ?? {};
  if (get.namespace !== "*" && namespace !== undefined && namespace !== get.namespace) return false;
  if (get.name !== undefined && name !== get.name) return false;
  if (kinds > 1 && !get.kinds.includes(wordsOf(String(object.kind)))) return false;
  return get.selector
    .split(",")
    .filter(Boolean)
    .every((each) => {
      const [key = "", value] = each.split(/==?/);
      return value === undefined ? key in labels : labels[key] === value;
    });
}

function asJson(answer: Answer): Answer {
  if (answer.is !== "said") return answer;
  const values = parsed(answer.text);
  const value = values.length === 1 ? values[0] : { apiVersion: "v1", kind: "List", items: values };
  return { is: "said", text: JSON.stringify(value) };
}

function readFolder(folder: string): Entry[] {
  if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new RecordingError(`${folder} is not a folder; name one with output of kubectl and aws`);
  const files = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => path.relative(folder, path.join(each.parentPath, each.name)))
    .sort();
  const entries = files.includes(INDEX) ? indexed(folder) : [];
  const known = new Set([INDEX, ...entries.map(({ file }) => file)]);
  return [...entries, ...files.filter((each) => !known.has(each)).flatMap((file) => collected(folder, file))];
}

function indexed(folder: string): Entry[] {
  const text = fs.readFileSync(path.join(folder, INDEX), "utf8");
  let index: Recorded[];
  try {
    index = JSON.parse(text) as Recorded[];
  } catch {
    throw new RecordingError(`${path.join(folder, INDEX)} is not JSON; collect the folder again`);
  }
  return index.map(({ command, tool, args, is, file = "", code = 1, stderr = "", why = "" }) => {
    const said = file === "" ? "" : fs.readFileSync(path.join(folder, path.basename(file)), "utf8");
    const answer: Answer =
      is === "said"
        ? { is, text: said }
        : is === "failed"
          ? { is, code, text: said, stderr }
          : { is: "missing", why };
    return { command, asked: asked(tool, args), answer, file };
  });
}

const PROMPT = /^(?:[^\s$#>]*[$#>]\s+)?(kubectl|aws|k)\s+(\S.*)$/;

/** Entries of a file that somebody wrote: each from a command line to the next. */
function collected(folder: string, file: string): Entry[] {
  const text = fs
    .readFileSync(path.join(folder, file), "utf8")
    .replace(/^\uFEFF/, "")
    .replaceAll("\r\n", "\n");
  const lines = text.split("\n");
  const first = lines.findIndex((line) => line.trim() !== "");
  if (first >= 0 && PROMPT.test(lines[first]?.trim() ?? "")) return transcript(lines.slice(first), file);
  const named = fromName(file);
  return named === undefined ? [] : [entry(named, text, file)];
}

function transcript(lines: readonly string[], file: string): Entry[] {
  const entries: Entry[] = [];
  let command = "";
  let body: string[] = [];
  const end = () => {
    if (command !== "") entries.push(entry(command, `${body.join("\n").trimEnd()}\n`, file));
    body = [];
  };
  lines.forEach((line, index) => {
    // Within output only what has a prompt is a command: text may begin with "aws".
    const isCommand =
      index === 0 ? PROMPT.test(line.trim()) : /^[^\s$#>]*[$#>]\s+(kubectl|aws|k)\s/.test(line);
    if (!isCommand) return body.push(line);
    end();
    const found = PROMPT.exec(line.trim());
    command = `${found?.[1] === "k" ? "kubectl" : (found?.[1] ?? "")} ${found?.[2] ?? ""}`;
    return undefined;
  });
  end();
  return entries;
}

/** `kubectl-get-pods-A-o-yaml.txt`, `kubectl_get_pods_-n_kube-system.yaml`, `kubectl get pods -A`. */
function fromName(file: string): string | undefined {
  const bare = path.basename(file).replace(/\.(txt|log|out|json|ya?ml)$/i, "");
  if (!/^(kubectl|aws)[ _-]/.test(bare)) return undefined;
  const spaced = bare.includes(" ")
    ? bare
    : bare.includes("_")
      ? bare.replaceAll("_", " ")
      : bare.replaceAll("-", " ").replace(/ (A|o|n|l)(?= |$)/g, " -$1");
  const ending = /\.(json|ya?ml)$/i.exec(file)?.[1]?.toLowerCase();
  const hasFormat = /(^|\s)(-o|--output)/.test(spaced);
  return ending === undefined || hasFormat || spaced.startsWith("aws")
    ? spaced
    : `${spaced} -o ${ending === "json" ? "json" : "yaml"}`;
}

/** What the tools themselves say, and nothing else, where they failed. */
const REFUSED =
  /^(Error from server|error:|Unable to connect|An error occurred \(|The connection to the server)/;

function entry(command: string, text: string, file: string): Entry {
  const [tool, ...args] = shellWords(command.replace(/\s*(\||>|2>|&&|;).*$/, ""));
  const isRefused = REFUSED.test(text.trimStart());
  return {
    command,
    asked: asked(tool === "aws" ? "aws" : "kubectl", args),
    answer: isRefused ? { is: "failed", code: 1, text: "", stderr: text.trim() } : { is: "said", text },
    file,
  };
}

function shellWords(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? "");
}
