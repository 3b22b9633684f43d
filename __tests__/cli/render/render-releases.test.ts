import fs from "node:fs";
import path from "node:path";
import { renderReleases } from "../../../src/cli/render/render-releases";
import { type Helm, helm } from "../../../src/cli/render/run-helm";
import type { SynthesizedRelease } from "../../../src/cli/render/synthesized-releases";
import { aFolder } from "../../support/fixtures";
import { missingProgram, testUnless } from "../../support/missing-tools";

const DEFINITION = `kind: CustomResourceDefinition
spec: { group: a.io, names: { kind: Thing }, versions: [{ name: v1, served: true }, { name: v0, served: false }] }
`;
const release = (name: string, more: Partial<SynthesizedRelease> = {}): SynthesizedRelease => ({
  stack: "dev-cni",
  name,
  namespace: "system",
  chart: { kind: "published", repository: "https://charts.example.com", name, version: "1.2.3" },
  skipCrds: false,
  values: [`{"name":"${name}"}`],
  ...more,
});

/** Answers by release name; keeps what it was asked and which values lay there. */
function fakeHelm(answers: Record<string, string>) {
  const asked: string[][] = [];
  const values: string[] = [];
  const run: Helm = (args) => {
    asked.push([...args]);
    values.push(fs.readFileSync(args.at(-1) ?? "", "utf8"));
    const output = answers[args[1] ?? ""];
    return output === undefined ? { problem: "Error: no such template" } : { output };
  };
  return { run, asked, values };
}
const after = (args: readonly string[] | undefined, flag: string) =>
  (args ?? []).filter((_, index) => args?.[index - 1] === flag);

test("charts come from their repositories, with values, namespace and Kubernetes version", () => {
  const { run, asked, values } = fakeHelm({ a: "", b: "" });
  const oci = {
    kind: "published",
    repository: "oci://ecr.example.com/b",
    name: "b",
    version: "2.0.0",
  } as const;

  renderReleases([release("a"), release("b", { chart: oci, skipCrds: true })], { kubernetes: "1.35" }, run);

  expect(asked[0]?.slice(0, 7)).toEqual([
    ..."template a a --repo https://charts.example.com --version 1.2.3".split(" "),
  ]);
  expect(asked[0]).toContain("--include-crds");
  expect(after(asked[0], "--kube-version")).toEqual(["1.35.0"]);
  expect(after(asked[0], "--namespace")).toEqual(["system"]);
  expect(asked[1]?.slice(0, 5)).toEqual("template b oci://ecr.example.com/b/b --version 2.0.0".split(" "));
  expect(asked[1]).toContain("--skip-crds");
  expect(values).toEqual(['{"name":"a"}', '{"name":"b"}']);
});

test("a release knows the kinds that those before it define", () => {
  const { run, asked } = fakeHelm({ a: DEFINITION, b: "" });

  const [, second] = renderReleases([release("a"), release("b")], { kubernetes: "1.35" }, run);

  expect(after(asked[0], "--api-versions")).toEqual([
    "apiregistration.k8s.io/v1",
    "apiregistration.k8s.io/v1/APIService",
  ]);
  expect(second?.apiVersions.slice(2)).toEqual(["a.io/v1", "a.io/v1/Thing"]);
  expect(after(asked[1], "--api-versions")).toEqual(second?.apiVersions);
});

test("a release that fails is reported, and the others go on", () => {
  const { run } = fakeHelm({ b: "kind: Service\n" });

  const [first, second] = renderReleases([release("a"), release("b")], { kubernetes: "1.35" }, run);

  expect(first?.result).toEqual({ problem: "Error: no such template" });
  expect(second?.result).toMatchObject({ objects: [{ kind: "Service" }] });
});

test("a folder of charts: archives and unpacked charts, of the version that is installed", () => {
  const charts = aFolder({
    "a-1.2.3.tgz": "",
    "b/Chart.yaml": "version: 1.2.3\n",
    "c/Chart.yaml": "version: 9.0.0\n",
  });
  const { run, asked } = fakeHelm({ a: "", b: "" });

  const rendered = renderReleases(
    ["a", "b", "c", "d"].map((name) => release(name)),
    { kubernetes: "1.35", charts },
    run,
  );

  expect(asked.map((args) => args[2])).toEqual([path.join(charts, "a-1.2.3.tgz"), path.join(charts, "b")]);
  expect(rendered[2]?.result).toEqual({
    problem: `${path.join(charts, "c")} holds version 9.0.0, and the target installs 1.2.3`,
  });
  expect(rendered[3]?.result).toEqual({
    problem: `no d 1.2.3 in ${charts}; helm pull it there, or leave --charts out where its repository can be reached`,
  });
});

testUnless(missingProgram("helm"), "Helm itself renders the objects of a release of manifests", () => {
  const manifest = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: { b: "c" } };
  const chart = {
    kind: "local",
    path: path.join(__dirname, "..", "..", "..", "charts", "manifests"),
  } as const;
  const values = [JSON.stringify({ manifests: { a: manifest } })];

  const [rendered] = renderReleases([release("own", { chart, values })], { kubernetes: "1.35" }, helm);

  expect(rendered?.result).toMatchObject({ objects: [manifest] });
});
