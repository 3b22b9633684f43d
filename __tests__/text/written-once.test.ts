import fs from "node:fs";
import path from "node:path";

const src = path.join(__dirname, "..", "..", "src");

const lines = fs
  .readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter(
    (file) => file.endsWith(".ts") && !file.startsWith("text/") && !file.startsWith("modules/registry/"),
  )
  .flatMap((file) =>
    fs
      .readFileSync(path.join(src, file), "utf8")
      .split("\n")
      .map((line, index) => ({ at: `src/${file}:${index + 1}`, line })),
  );

test.each([
  [
    "src/terraform-plan reads the text of a plan",
    /field\([^)]*"(format_version|planned_values|resource_changes)"\)/,
    "terraform-plan",
  ],
  ["src/waivers compares the day of a waiver", /expires (<|<=|>|>=) |(<|<=|>|>=) (\w+\.)?expires/, "waivers"],
])("only %s", (_, copy, room) => {
  const others = lines.filter(({ at }) => !at.startsWith(`src/${room}/`));

  expect(others.filter(({ line }) => copy.test(line)).map(({ at, line }) => `${at}: ${line.trim()}`)).toEqual(
    [],
  );
});

/** What by its look would be a second copy of what src/text has. */
test.each([
  ["escapes markup (text/html.ts)", /&(amp|lt|quot);/],
  ["escapes cells of Markdown (text/markdown.ts)", /"\\\\\$1"|"\\\\\|"/],
  ["makes a table of Markdown (text/markdown.ts)", /\| ?--- ?\||"---:?", ?"---/],
  ["makes plurals (text/counted.ts)", /\? "" : "s"|\? "s" : ""/],
  ["groups figures (text/counted.ts)", /new Intl\.NumberFormat/],
  ["joins names in words (text/listed.ts)", /\.join\(" (and|or) "\)/],
  ["shows characters by number (text/visible.ts)", /padStart\(4, "0"\)/],
  ["breaks lines (text/wrap.ts)", /const words? of .*split\(" "\)/],
  ["pads columns to the widest cell (text/columns.ts)", /padEnd\(widths/],
  ["has colours (text/palette.ts)", /#[0-9a-f]{6}\b(?!\w)/i],
  ["writes SARIF (text/sarif.ts)", /"?version"?: "2\.1\.0"|sarif-schema|sarif-2\.1/],
  ["has a base of errors (text/errors.ts)", /extends Error\b|new Error\(/],
])("only src/text %s", (_, copy) => {
  expect(lines.filter(({ line }) => copy.test(line)).map(({ at, line }) => `${at}: ${line.trim()}`)).toEqual(
    [],
  );
});
