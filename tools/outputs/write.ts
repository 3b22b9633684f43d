/* npm run schema: a schema for each --json, of the type of what the command prints. With --check it writes nothing, and fails where one differs. */
import fs from "node:fs";
import path from "node:path";
import ts from "typescript";
import { schemaOf } from "./schema-of-type";

const root = path.join(__dirname, "..", "..");
const folder = path.join(root, "schema", "output");
const PRINTERS = new Set(["printJson", "jsonText"]);

const made = new Map(
  [...printed()].map(([name, schema]) => [
    `${name}.schema.json`,
    `${JSON.stringify(
      {
        $schema: "https://json-schema.org/draft/2020-12/schema",
        title: `octarine ${name.replaceAll("_", " ")}`,
        ...schema,
      },
      null,
      2,
    )}\n`,
  ]),
);
const there = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
const stale = [
  ...[...made].filter(([file, text]) => !there.includes(file) || read(file) !== text).map(([file]) => file),
  ...there.filter((file) => !made.has(file)),
];
if (process.argv.includes("--check")) {
  for (const file of stale) console.error(`schema/output/${file} is out of date; run npm run schema`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  fs.mkdirSync(folder, { recursive: true });
  for (const file of there.filter((each) => !made.has(each))) fs.rmSync(path.join(folder, file));
  for (const [file, text] of made) fs.writeFileSync(path.join(folder, file), text);
}

function read(file: string): string {
  return fs.readFileSync(path.join(folder, file), "utf8");
}

/** Of each call with a name, the schema of its value. */
function* printed(): Generator<[string, ReturnType<typeof schemaOf>]> {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} };
  const config = ts.getParsedCommandLineOfConfigFile(path.join(root, "tsconfig.json"), {}, host);
  if (config === undefined) throw new Error("tsconfig.json can't be read");
  const program = ts.createProgram([path.join(root, "src", "cli", "octarine.ts")], config.options);
  const checker = program.getTypeChecker();
  const calls: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && PRINTERS.has(node.expression.getText())) calls.push(node);
    ts.forEachChild(node, visit);
  };
  for (const file of program.getSourceFiles()) if (file.fileName.includes("/src/cli/")) visit(file);
  for (const { arguments: given } of calls) {
    const [name, value] = given;
    if (name === undefined || value === undefined || !ts.isStringLiteral(name)) continue;
    yield [name.text, schemaOf(checker.getTypeAtLocation(value), checker)];
  }
}
