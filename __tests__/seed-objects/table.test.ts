import fs from "node:fs";
import path from "node:path";
import { ROOT, type SeedObject, seedObjects } from "../support/seed-objects";

interface Row {
  readonly object: string;
  readonly where: string;
  readonly files: readonly string[];
  readonly test: string;
}

const DOCS = path.join(ROOT, "docs");

function rows(): Row[] {
  const lines = fs.readFileSync(path.join(DOCS, "seed-objects.md"), "utf8").split("\n");
  return lines
    .filter((line) => /^\| [A-Z]\w+( values)? `/.test(line))
    .map((line) => {
      const [object = "", where = "", config = "", , test = ""] = line
        .split("|")
        .slice(1)
        .map((cell) => cell.trim());
      const link = (cell: string) => [...cell.matchAll(/\]\(([^)]+)\)/g)].map(([, file = ""]) => file);
      return { object, where, files: link(config), test: link(test)[0] ?? "" };
    });
}

const shown = ({ kind, name }: SeedObject) => `${kind} \`${name}\``;
const place = ({ seed, section }: SeedObject) =>
  seed === "004" ? `004, section ${section}` : `${seed}, ${section}`;

test("the table has every object of the seeds, and no other", () => {
  expect(rows().map(({ object, where }) => [object, where])).toEqual(
    seedObjects.map((each) => [shown(each), place(each)]),
  );
});

test("every config is there", () => {
  const missing = rows()
    .flatMap(({ files }) => files)
    .filter((file) => !fs.existsSync(path.join(DOCS, file)));

  expect(missing).toEqual([]);
});

test.each(seedObjects.map((each, index) => [`${each.seed} ${each.kind} ${each.name}`, each, index] as const))(
  "%s has a test of its name",
  (title, { seed, section }, index) => {
    const file = path.join(DOCS, rows()[index]?.test ?? "");
    const text = fs.readFileSync(file, "utf8");

    expect(text).toContain(seed === "003" ? `"${section.toLowerCase()}, ` : `("${title}"`);
  },
);
