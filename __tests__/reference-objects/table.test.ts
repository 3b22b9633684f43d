import fs from "node:fs";
import path from "node:path";
import { CILIUM_ADDRESSES, ROOT, type ReferenceObject, referenceObjects } from "../support/reference-objects";

interface Row {
  readonly object: string;
  readonly subject: string;
  readonly files: readonly string[];
  readonly test: string;
}

const DOCS = path.join(ROOT, "docs");

function rows(): Row[] {
  const lines = fs.readFileSync(path.join(DOCS, "reference-objects.md"), "utf8").split("\n");
  return lines
    .filter((line) => /^\| [A-Z]\w+( values)? `/.test(line))
    .map((line) => {
      const [object = "", subject = "", config = "", , test = ""] = line
        .split("|")
        .slice(1)
        .map((cell) => cell.trim());
      const link = (cell: string) => [...cell.matchAll(/\]\(([^)]+)\)/g)].map(([, file = ""]) => file);
      return { object, subject, files: link(config), test: link(test)[0] ?? "" };
    });
}

const shown = ({ kind, name }: ReferenceObject) => `${kind} \`${name}\``;
test("the table has every reference object and no other", () => {
  expect(rows().map(({ object, subject }) => [object, subject])).toEqual(
    referenceObjects.map((each) => [shown(each), each.subject]),
  );
});

test("every config that the table names exists", () => {
  const missing = rows()
    .flatMap(({ files }) => files)
    .filter((file) => !fs.existsSync(path.join(DOCS, file)));

  expect(missing).toEqual([]);
});

test.each(referenceObjects.map((each, index) => [`${each.kind} ${each.name}`, each, index] as const))(
  "%s has a test of its name",
  (title, { subject, name }, index) => {
    const file = path.join(DOCS, rows()[index]?.test ?? "");
    const text = fs.readFileSync(file, "utf8");

    expect(text).toContain(subject === CILIUM_ADDRESSES ? `("${name}: ` : `("${title}"`);
  },
);
