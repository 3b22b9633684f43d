import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A function, method, variable or type at the top of a Go file. */
export interface Declaration {
  /** Its name; of a method `Receiver.Name`. */
  readonly name: string;
  /** Name that a method calls its receiver. */
  readonly receiver?: string;
  /** With its first line, comments left out. */
  readonly text: string;
  /** Paths of imported packages by the name that the file has for them. */
  readonly imports: ReadonlyMap<string, string>;
}

/** Declarations of one package by their names. */
export type GoPackage = ReadonlyMap<string, Declaration>;

/**
 * Reads the packages of a service folder, each once: from files of Go, or of an index that has a file for each
 * declaration.
 *
 * @param services folder with a folder for each package
 */
export function goPackages(services: string): (name: string) => GoPackage {
  const known = new Map<string, GoPackage>();
  return (name) => {
    const found = known.get(name) ?? readPackage(join(services, name));
    known.set(name, found);
    return found;
  };
}

function readPackage(folder: string): GoPackage {
  const files = readdirSync(folder).filter(
    (each) => /\.go(index)?$/.test(each) && !each.includes("_test.go"),
  );
  const declared = files.flatMap((each) => declarations(readFileSync(join(folder, each), "utf8")));
  return new Map(declared.map((each) => [each.name, each]));
}

/** The declaration of a name; of a method, also where it is of a struct that the receiver's embeds. */
export function declarationOf(name: string, inPackage: GoPackage): Declaration | undefined {
  const [struct = "", method] = name.split(".");
  const found = inPackage.get(name);
  if (found !== undefined || method === undefined) return found;
  const embedded = [...(inPackage.get(struct)?.text ?? "").matchAll(/^\t(\w+)$/gm)].map(
    ([, each = ""]) => each,
  );
  return embedded
    .map((each) => declarationOf(`${each}.${method}`, inPackage))
    .find((each) => each !== undefined);
}

const TOP =
  /^(?:func (?:\((?<receiver>\w+) \*?(?<type>\w+)(?:\[\w+\])?\) )?(?<func>\w+)|(?:var|const|type)\s+(?<var>\w+)\b)/;

/** A line of `var (…)`: an index has it without the line above. */
const GROUPED = /^\t(?<var>\w+)(?: +[\w.*[\]]+)? += /;

/** What gofmt indents belongs to the line above that it does not. */
export function declarations(file: string): Declaration[] {
  const lines = withoutComments(file).split("\n");
  const imports = importsOf(file);
  const found: { name: string; receiver?: string; lines: string[] }[] = [];
  let isGroup = false;
  for (const line of lines) {
    if (/^\S/.test(line))
      isGroup = /^(?:var|const|import|package)\b(?!.* = )/.test(line) || (isGroup && line === ")");
    const groups = TOP.exec(line)?.groups ?? (isGroup ? GROUPED.exec(line)?.groups : undefined);
    if (groups !== undefined) {
      const { receiver, type, func } = groups;
      const plain = func ?? groups.var ?? "";
      const name = type === undefined ? plain : `${type}.${plain}`;
      found.push({ name, ...(receiver !== undefined && { receiver }), lines: [line] });
    } else if (/^(?:import|package)\b/.test(line)) found.push({ name: "", lines: [] });
    else found.at(-1)?.lines.push(line);
  }
  return found
    .filter(({ name }) => name !== "")
    .map(({ lines: text, ...rest }) => ({ ...rest, text: text.join("\n"), imports }));
}

function importsOf(file: string): Map<string, string> {
  const lines = file.matchAll(/^\s*(?:import )?(?:(\w+) )?"([\w./-]+)"$/gm);
  return new Map(
    [...lines].map(([, alias, path = ""]): [string, string] => [alias ?? packageOf(path), path]),
  );
}

function packageOf(path: string): string {
  const parts = path.split("/").filter((each) => !/^v\d+$/.test(each));
  return parts.at(-1) ?? "";
}

/** Comments are blanked; texts, in which `//` may stand, are kept. */
function withoutComments(file: string): string {
  return file.replace(
    /("(?:\\.|[^"\\\n])*"|`[^`]*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (_, text: string | undefined) => text ?? "",
  );
}
