import fs from "node:fs";
import path from "node:path";
import { sealEntries, type Stats, verify } from "../../../src/synth/record/seals";
import { aFolder } from "../../support/fixtures";

const folder = aFolder({ "a.txt": "one", "b/c.txt": "two" });
const seals = sealEntries(folder, ["a.txt", "b"], "");
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** Names of files that are read to know them. */
function readBy(work: () => void): string[] {
  const spy = jest.spyOn(fs, "readFileSync");
  try {
    work();
    return spy.mock.calls.map(([file]) => path.relative(folder, String(file)));
  } finally {
    spy.mockRestore();
  }
}

const changedMs = Math.max(
  ...["a.txt", "b/c.txt"].map((name) => fs.statSync(path.join(folder, name)).ctimeMs),
);

test("files whose stats were taken long after their last change are not read", () => {
  const { stats } = verify(folder, seals, {}, 0);

  expect(readBy(() => expect(verify(folder, seals, stats, changedMs + 60_000).intact).toBe(true))).toEqual(
    [],
  );
});

test.each<[string, (stats: Stats) => Stats, number]>([
  ["nothing is known of it", () => ({}), 60_000],
  ["its stat was taken in the moment of its last change", (stats) => stats, 0],
  ["its stat was taken within two seconds of its last change", (stats) => stats, 1_000],
  [
    "any figure of its stat is another",
    (stats) =>
      Object.fromEntries(
        Object.entries(stats).map(([name, [size, modified, changed, inode, seal]]) => [
          name,
          [size, modified, changed, inode + 1, seal],
        ]),
      ),
    60_000,
  ],
])("a file is read where %s", (_when, known, laterMs) => {
  const { stats } = verify(folder, seals, {}, 0);

  expect(readBy(() => verify(folder, seals, known(stats), changedMs + laterMs))).toEqual([
    "a.txt",
    "b/c.txt",
  ]);
});

test("a stat that is known does not hide another content", () => {
  const { stats } = verify(folder, { ...seals, "a.txt": "0".repeat(64) }, {}, 0);

  expect(verify(folder, { ...seals, "a.txt": "0".repeat(64) }, stats, changedMs).intact).toBe(false);
});

test("stats that were taken for another record's content do not hide that a file is another", () => {
  const { stats } = verify(folder, seals, {}, 0);

  expect(verify(folder, { ...seals, "a.txt": "0".repeat(64) }, stats, changedMs + 60_000).intact).toBe(false);
});
