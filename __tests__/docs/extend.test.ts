import fs from "node:fs";
import path from "node:path";
import { root } from "../support/pages";

const page = fs.readFileSync(path.join(root, "docs", "extend.md"), "utf8");
const blocks = [...page.matchAll(/<!-- example (\S+) -->\n\n```ts\n([^]*?)```/g)];

test("the page shows the files of the example as they are", () => {
  expect(blocks.map(([, file]) => file)).toEqual([
    "octarine.config.ts",
    "stacks/notices-stack.ts",
    "rules/queue-encrypted.ts",
    "tests/notices-stack.test.ts",
  ]);
  for (const [, file = "", text] of blocks)
    expect(text).toBe(fs.readFileSync(path.join(root, "examples", "extend", file), "utf8"));
});

test("the page names every entry point of the package, and no other", () => {
  const { exports } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")) as {
    exports: Record<string, unknown>;
  };
  const entries = Object.keys(exports).filter((each) => !each.includes("json"));

  for (const entry of entries) expect(page).toContain(`\`octarine${entry.slice(1)}\``);
});
