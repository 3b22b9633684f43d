import path from "node:path";
import { z } from "zod";
import { readJsonFile } from "../../../src/config/read/json-file";
import { readWrittenFile } from "../../../src/config/read/written-file";
import { aFolder } from "../../support/fixtures";

const written = (text: string): string => path.join(aFolder({ "written.json": text }), "written.json");
const read = (file: string) =>
  readWrittenFile(file, z.strictObject({ days: z.number() }), "npx octarine write");

test("a file is JSON, something else, unreadable, or not there", () => {
  const folder = aFolder({});
  expect(readJsonFile(written('{ "days": 3 }'))).toEqual({ kind: "read", json: { days: 3 } });
  expect(readJsonFile(written("days: 3"))).toEqual({ kind: "not JSON" });
  expect(readJsonFile(folder)).toEqual({
    kind: "unreadable",
    why: expect.stringContaining("it is a folder") as unknown,
  });
  expect(readJsonFile(path.join(folder, "none.json"))).toEqual({ kind: "none" });
});

test("what a command wrote is taken, and nothing is said where it never did", () => {
  expect(read(written('{ "days": 3 }'))).toEqual({ written: { days: 3 }, problems: [] });
  expect(read(path.join(aFolder({}), "none.json"))).toEqual({ problems: [] });
});

test.each([
  ["of another form", () => written('{ "weeks": 3 }'), "does not hold what npx octarine write writes"],
  ["not JSON", () => written("days: 3"), "does not hold what npx octarine write writes"],
  ["a folder", () => aFolder({}), "can't be read"],
])("what a command wrote and is now %s is a problem of its file", (_, make, message) => {
  const file = make();
  const { problems, ...rest } = read(file);

  expect(rest).toEqual({});
  expect(problems).toEqual([
    {
      file: expect.stringContaining(path.basename(file)) as unknown,
      line: 1,
      column: 1,
      path: "",
      message: expect.stringContaining(message) as unknown,
    },
  ]);
});
