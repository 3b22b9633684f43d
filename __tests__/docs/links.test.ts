import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { targetSchema } from "../../src/config/schema/target";
import { pages, root, textOf } from "../support/pages";

/** Text outside of fenced blocks. */
const proseOf = (page: string) =>
  textOf(page)
    .split(/^ *(?:```|~~~).*$/m)
    .filter((_, index) => index % 2 === 0)
    .join("\n");
/** Without addresses of the web. */
const ownProseOf = (page: string) => proseOf(page).replace(/https?:\/\/[^\s)|>]+/g, "");

/** How GitHub names a heading. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");

const anchorsOf = (file: string) =>
  fs
    .readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line) => /^#{1,6} (.*)$/.exec(line)?.[1] ?? [])
    .map(anchor);

test.each(pages)("links of %s lead somewhere", (page) => {
  const lost = [...proseOf(page).matchAll(/\]\((?!https?:)([^)]+)\)/g)].flatMap(([, link = ""]) => {
    const [target = "", hash] = link.split("#");
    const file = target === "" ? path.join(root, page) : path.join(root, path.dirname(page), target);
    if (!fs.existsSync(file)) return [link];
    return hash === undefined || anchorsOf(file).includes(hash) ? [] : [link];
  });
  expect(lost).toEqual([]);
});

const FOLDERS = /^(src|__tests__|docs|examples|envs|tools|charts|schema|bench|\.ci)\//;

test.each(pages)("files that %s names exist", (page) => {
  const named = [...ownProseOf(page).matchAll(/`([^`\s]+)`|(?<![\w`/.(])((?:src|__tests__)\/[\w./-]+\w)/g)]
    .map(([, quoted, plain]) => (quoted ?? plain ?? "").replace(/[,;:.]$/, ""))
    .filter((name) => FOLDERS.test(name) && !/[<>{}…]/.test(name));
  const missing = named.filter((name) => {
    const [folder] = name.split("*");
    return !fs.existsSync(path.join(root, name.includes("*") ? path.dirname(`${folder}x`) : name));
  });
  // A target or a test by its name: envs/prod/us-east-1.
  const forms = [".yaml", ".test.ts", ".ts"];
  expect(
    missing.filter((name) => !forms.some((form) => fs.existsSync(path.join(root, name + form)))),
  ).toEqual([]);
});

/** Every path of the schema, `*` for names that users choose. */
function keyPaths(): ReadonlySet<string> {
  interface Schema {
    readonly $ref?: string;
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly additionalProperties?: Schema | boolean;
    readonly items?: Schema;
    readonly anyOf?: readonly Schema[];
    readonly oneOf?: readonly Schema[];
    readonly allOf?: readonly Schema[];
  }
  const found = new Set<string>();
  const walk = (schema: Schema, at: string, depth: number): void => {
    if (depth > 14) return;
    if (at !== "") found.add(at);
    for (const each of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])])
      walk(each, at, depth + 1);
    if (schema.items) walk(schema.items, at, depth + 1);
    const under = (key: string) => (at === "" ? key : `${at}.${key}`);
    for (const [key, each] of Object.entries(schema.properties ?? {})) walk(each, under(key), depth + 1);
    if (typeof schema.additionalProperties === "object")
      walk(schema.additionalProperties, under("*"), depth + 1);
  };
  walk(
    z.toJSONSchema(targetSchema, { io: "input", unrepresentable: "any", reused: "inline" }) as Schema,
    "",
    0,
  );
  return found;
}

const known = [...keyPaths()].map((each) => each.split("."));
const tops = new Set(known.map(([top]) => top));
/** Also of a service, or of another map, whose beginning is left out. */
const isKey = (words: readonly string[]): boolean =>
  known.some((each) =>
    words.every((word, index) => {
      const key = each[each.length - words.length + index];
      return key === word || (key === "*" && index > 0);
    }),
  );
/** What only looks like one: a value of Cilium's chart, the domain of clusters. */
const OF_OTHERS = ["cni.exclusive", "cluster.local"];

test.each(pages)("keys that %s names are in the schema", (page) => {
  const named = [...proseOf(page).matchAll(/`([a-z][A-Za-z]*(?:\.[A-Za-z*<>-]+)+)(?:: [^`]*)?`/g)].map(
    ([, name = ""]) => name,
  );
  const unknown = named.filter((name) => {
    const words = name.replace(/<[^>]*>/g, "*").split(".");
    return tops.has(words[0] ?? "") && !isKey(words) && !OF_OTHERS.includes(name);
  });
  expect([...new Set(unknown)]).toEqual([]);
});

test("a key that does not exist is found", () => {
  expect([isKey(["network", "zonez"]), isKey(["network", "zones"])]).toEqual([false, true]);
});
