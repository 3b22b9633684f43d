import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readVariables } from "../../../tools/module-types/read-variables";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "variables-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

test("reads every .tf and .tf.json file of the folder, and sorts by name", async () => {
  write({
    "variables.tf": 'variable "size" {\n  type = number\n}\nvariable "anything" {\n  default = null\n}\n',
    "more.tf.json": JSON.stringify({ variable: { tags: { type: "map(string)", default: {} } } }),
    "list.tf.json": JSON.stringify({ variable: [{ zone: [{ type: "string" }] }] }),
    "outputs.tf": 'output "size" {\n  value = var.size\n}\n',
    "README.md": 'variable "no" {}',
  });

  expect(await readVariables(folder)).toEqual([
    { name: "anything", type: { kind: "any" }, required: false },
    { name: "size", type: { kind: "number" }, required: true },
    { name: "tags", type: { kind: "map", element: { kind: "string" } }, required: false },
    { name: "zone", type: { kind: "string" }, required: true },
  ]);
});

test("reads an object type over several lines with comments and a default in a heredoc", async () => {
  write({
    "variables.tf": `variable "nodes" {
  type = object({
    # how many )
    size   = optional(number, 3) // at least 2
    script = optional(string, <<-EOT
      echo "(\${1 + 1}"
    EOT
    )
    name = string
  })
}
`,
  });

  const [variable] = await readVariables(folder);

  expect(variable?.type).toMatchObject({
    kind: "object",
    attributes: [{ name: "size", default: "3" }, { name: "script" }, { name: "name", optional: false }],
  });
});

test.each([
  ["variables.tf", 'variable "x" {', "variables.tf cannot be read: parse config"],
  ["variables.tf.json", "{", "variables.tf.json cannot be read: "],
  [
    "a.tf",
    'variable "x" {\n  type = strin\n}\n',
    'a.tf: the type of variable "x" cannot be read: "strin" is not a Terraform type',
  ],
  [
    "a.tf.json",
    '{"variable":{"x":{"type":1}}}',
    'a.tf.json: the type of variable "x" cannot be read: expected text, found 1',
  ],
])("names file and variable when %s holds %j", async (name, text, message) => {
  write({ [name]: text });

  await expect(readVariables(folder)).rejects.toThrow(message);
});
