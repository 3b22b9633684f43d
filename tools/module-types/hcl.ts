import { createRequire } from "node:module";

/**
 * Parses a Terraform file in HCL to its JSON form; an expression stays text in `${...}`.
 *
 * @throws Error with the position when the text is no HCL.
 */
export async function parseHcl(fileName: string, text: string): Promise<unknown> {
  // By require, because the package's declarations bring the browser's globals into every file of the project.
  const library: unknown = createRequire(__filename)("@cdktf/hcl2json");
  if (!hasParse(library))
    throw new Error("@cdktf/hcl2json has no function parse: install the version of cdktf");
  return library.parse(fileName, text);
}

interface Hcl2Json {
  parse(fileName: string, text: string): Promise<unknown>;
}

function hasParse(library: unknown): library is Hcl2Json {
  return (
    typeof library === "object" &&
    library !== null &&
    "parse" in library &&
    typeof library.parse === "function"
  );
}
