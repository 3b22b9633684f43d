import fs from "node:fs";
import path from "node:path";

const root = path.join(__dirname, "..", "..");

const sources = fs
  .readdirSync(path.join(root, "src"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.includes("registry"))
  .map((file) => ({ file, lines: fs.readFileSync(path.join(root, "src", file), "utf8").split("\n") }));

const places = (isWrong: (line: string) => boolean) =>
  sources.flatMap(({ file, lines }) =>
    lines.flatMap((line, index) => (isWrong(line) ? [`src/${file}:${index + 1}: ${line.trim()}`] : [])),
  );

const isComment = (line: string) => /^\s*(\/\/|\*|\/\*\*)/.test(line);

test("messages say that a thing is not a domain, and not that it is no domain", () => {
  expect(
    places(
      (line) =>
        !isComment(line) && /(?<!\bthere )\bis (no(body)? (?!longer\b)|none of |neither )[\w${]/i.test(line),
    ),
  ).toEqual([]);
});
