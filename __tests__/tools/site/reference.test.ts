import fs from "node:fs";
import path from "node:path";
import { program } from "../../../src/cli/program";
import { layerJsonSchema } from "../../../src/config/json-schema/editor-schema";
import { targetSchema } from "../../../src/config/schema/target";
import { aTarget } from "../../support/fixtures";
import { schemaKeys } from "../../support/schema-keys";
import { leaves, nameOf } from "../../../tools/site/commands/command-pages";
import { ownCodes } from "../../../tools/site/commands/exit-codes";
import { callsOfControllers } from "../../../tools/site/components/aws-calls";
import { componentPages } from "../../../tools/site/components/component-pages";
import { typeText } from "../../../tools/site/keys/type-text";
import { root } from "../../support/pages";
import { site } from "../../support/site-pages";

const textOf = (at: string) => site.find(({ path: each }) => each === at)?.text ?? "";

test("every key of the schema has its heading, with its description", () => {
  const keys = schemaKeys(layerJsonSchema(), targetSchema);
  const missing = keys.filter(({ path: at, json }) => {
    const written = at.replace(/\|\d+/g, "").replace(/\.\*/g, ".<name>");
    const page = textOf(`reference/keys/${written.split(/[.[]/)[0]}.md`);
    const says = (json.description ?? "").split(/[.:*(]/)[0] ?? "";
    return !page.includes(`# \`${written}\`\n`) || !page.includes(says.replace(/[_[\]]/g, "\\$&"));
  });

  expect(keys.length).toBeGreaterThan(900);
  expect(missing.map(({ path: at }) => at)).toEqual([]);
});

test.each([
  [{ type: "string" }, "text"],
  [{ type: "integer", minimum: 2, maximum: 8 }, "whole number from 2 to 8"],
  [{ type: "array", items: { type: "string" }, minItems: 2 }, "list of text, at least 2"],
  [{ enum: ["a", "b"] }, "one of `a`, `b`"],
  [{ anyOf: [{ const: true }, { type: "object", properties: {} }] }, "`true` or map"],
  [{ type: "object", additionalProperties: { type: "integer" } }, "map of names to whole numbers"],
])("says what a key takes: %j", (schema, says) => {
  expect(typeText(schema)).toBe(says);
});

const commands = leaves(program());

test("every command has its page, with each argument and option, and at least one example", () => {
  const thin = commands.flatMap((command) => {
    const name = nameOf(command);
    const text = textOf(`reference/commands/${name.replace(/ /g, "-")}.md`);
    const missing = command.options
      .filter(({ flags }) => !text.includes(`\`${flags}\``))
      .map(({ flags }) => flags);
    return [...missing, ...(text.includes("## Examples") ? [] : ["examples"])].map(
      (each) => `${name}: ${each}`,
    );
  });

  expect(thin).toEqual([]);
});

test("a command that sets an exit code of its own says what it means", () => {
  const folder = path.join(root, "src/cli/commands");
  const setters = fs
    .readdirSync(folder)
    .filter((file) => fs.readFileSync(path.join(folder, file), "utf8").includes("process.exitCode ="))
    .map((file) => file.replace(".ts", ""));
  // Files that are named after a word of the command, or after two.
  const named = Object.keys(ownCodes).flatMap((name) => [name.replace(/ /g, "-"), ...name.split(" ")]);

  expect(setters.filter((each) => !named.includes(each) && each !== "list-left")).toEqual([]);
  expect(Object.keys(ownCodes).filter((name) => !commands.map(nameOf).includes(name))).toEqual([]);
});

test("a component's page has what its record says, and what its account calls of AWS", () => {
  const calls = callsOfControllers([aTarget("keda: { queues: [orders] }")]);
  const keda = componentPages([], calls).find(({ path: at }) => at.endsWith("/keda.md"))?.text ?? "";

  expect(keda).toContain("- Release `2026.11`: 2.20.2");
  expect(keda).toContain("[`keda`](../keys/keda.md#keda)");
  expect(keda).toContain("`sqs:GetQueueAttributes`");
  expect(keda).not.toContain("ec2:");
});
