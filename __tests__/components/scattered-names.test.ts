import fs from "node:fs";
import path from "node:path";
import ts from "typescript";
import { chartNames, components } from "../../src/components/components";
import { root } from "../support/pages";

/**
 * Why a file outside of src/components may name a component: by folder or file below src. What a component is, needs and makes is
 * said in its record; whoever has to name one here has a reason, and it is one of these.
 */
const mayName: Readonly<Record<string, string>> = {
  "stacks/": "what a stack publishes, and what comes between its components",
  "checks/": "rules over what a target's configuration says",
  "readiness/": "questions of a checklist, which name what they ask of",
  "config/": "words that people write for it, those of other tools too",
  "plan-review/rules/helm-rules.ts": "plans of anybody, with add-ons that are no components",
  "guardrails/read/module-names.ts": "policies that a registry module offers, by its inputs",
  "admission/": "pods as injectors and controllers make them, judged as the API server does",
  "reachability/": "what the code of Cilium and Istio reads and decides",
  "model/joined-names.ts": "names that a key of the configuration makes too long or twice",
  "diagnose/": "workloads as programs name them in what they print",
  "facts/runbooks.ts": "alerts and checks, by the pages that tell of them",
  "import/": "words of other tools, and what has them here",
  "verify/checks/": "workloads that are asked for by their names in a running cluster",
  "verify/restore.ts": "the namespace in which a restore is asked for",
  "model/hosted-zones.ts": "releases of a chart for zones of other accounts",
};

/** Files that may have a table whose keys are components. */
const mayKeep: Readonly<Record<string, string>> = {
  "config/read/other-tools.ts": "words that people write for it, those of other tools too",
  "model/fit-settings.ts": "what a target has of the two meshes",
  "modules/workloads/traffic/gateways.ts": "what each implementation of gateways is told",
  "verify/cilium-status.ts": "words of Cilium's own status",
  "import/settings/": "words of other tools, and what has them here",
  "cli/commands/release.ts": "columns of a list of releases",
};

const src = path.join(root, "src");
const files = fs
  .readdirSync(src, { recursive: true, encoding: "utf8" })
  .map((each) => each.split(path.sep).join("/"))
  .filter((each) => each.endsWith(".ts") && !/^(components|modules\/registry)\//.test(each));

interface Schema {
  readonly [key: string]: unknown;
}

/** Words that a configuration has as a key or a value: as text of a file they are its words, and no table of ours. */
function wordsOf(schema: unknown, at: string): string[] {
  if (typeof schema !== "object" || schema === null || at.endsWith("/properties/versions")) return [];
  const { properties = {}, enum: values = [], const: value } = schema as Schema;
  return [
    ...Object.keys(properties as Schema),
    ...(values as unknown[]).map(String),
    ...(typeof value === "string" ? [value] : []),
    ...Object.entries(schema).flatMap(([key, each]) => wordsOf(each, `${at}/${key}`)),
  ];
}

const schema: unknown = JSON.parse(fs.readFileSync(path.join(root, "schema", "target.schema.json"), "utf8"));
// Kubernetes is the cluster itself, a Terraform provider, and what enforces policies.
const words = new Set([...wordsOf(schema, ""), "kubernetes"]);
const names = new Set<string>([...components, ...chartNames]);

/** Names of components in the texts of a file, and tables that have them as keys. */
function namesIn(file: string, source: string): { readonly named: string[]; readonly tables: string[] } {
  const named: string[] = [];
  const tables: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isStringLiteralLike(node) && names.has(node.text) && !words.has(node.text)) named.push(node.text);
    if (ts.isObjectLiteralExpression(node)) {
      const keys = node.properties.flatMap(({ name }) =>
        name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) && names.has(name.text)
          ? [name.text]
          : [],
      );
      if (keys.length > 1) tables.push(keys.join(" "));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true));
  return { named, tables };
}

const found = files.map((file) => ({
  file,
  ...namesIn(file, fs.readFileSync(path.join(src, file), "utf8")),
}));
const outside = (allowed: Readonly<Record<string, string>>, of: "named" | "tables") =>
  found
    .filter(
      (each) => each[of].length > 0 && !Object.keys(allowed).some((place) => each.file.startsWith(place)),
    )
    .map((each) => `${each.file}: ${[...new Set(each[of])].join(", ")}`);

test("a component is named in its folder, in the list, and where one of the reasons holds", () => {
  expect(outside(mayName, "named")).toEqual([]);
});

test("no table has components as its keys, but where one of the reasons holds", () => {
  expect(outside(mayKeep, "tables")).toEqual([]);
});

test("no reason is left over", () => {
  const isNeeded = (place: string, of: "named" | "tables") =>
    found.some((each) => each.file.startsWith(place) && each[of].length > 0);
  expect(Object.keys(mayName).filter((place) => !isNeeded(place, "named"))).toEqual([]);
  expect(Object.keys(mayKeep).filter((place) => !isNeeded(place, "tables"))).toEqual([]);
});

test("a scattered fact would be found", () => {
  const added = 'const pace = { velero: 5, coredns: 3 }; const first = "metrics-server";';

  expect(namesIn("added.ts", added)).toEqual({ named: ["metrics-server"], tables: ["velero coredns"] });
});
