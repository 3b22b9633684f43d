import fs from "node:fs";
import path from "node:path";

const root = path.join(__dirname, "..");

/** Files of src with those that they import, types too: a type that ties two files into a circle belongs in a third. */
function importsOfAll(): Map<string, readonly string[]> {
  const files = fs
    .readdirSync(path.join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.startsWith(path.join("modules", "registry")))
    .map((file) => path.join("src", file));
  const known = new Set(files);
  return new Map(
    files.map((file): [string, readonly string[]] => {
      const text = fs.readFileSync(path.join(root, file), "utf8");
      const imports = [...text.matchAll(/(?:from |import\()"(\.{1,2}\/[^"]*)"/g)].map(
        ([, to = ""]) => `${path.join(path.dirname(file), to)}.ts`,
      );
      return [file, imports.filter((each) => known.has(each))];
    }),
  );
}

/** Groups of files each of which leads to all others (Tarjan). */
function circles(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.get(file) ?? 0);
    open.push(file);
    for (const next of imports.get(file) ?? []) {
      if (!order.has(next)) visit(next);
      else if (!open.includes(next)) continue;
      lowest.set(file, Math.min(lowest.get(file) ?? 0, lowest.get(next) ?? 0));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const group = open.splice(open.indexOf(file));
    if (group.length > 1) found.push(group.sort());
  };
  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return found;
}

test("a circle of imports is found", () => {
  const imports = new Map([
    ["a", ["b"]],
    ["b", ["c", "d"]],
    ["c", ["a"]],
    ["d", []],
  ]);

  expect(circles(imports)).toEqual([["a", "b", "c"]]);
});

test("no file imports itself by way of others", () => {
  expect(circles(importsOfAll())).toEqual([]);
});
