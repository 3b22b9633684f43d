import { explain } from "../../src/fleet/explain";
import { loadFleet } from "../../src/fleet/load-fleet";
import { aTarget } from "../support/fixtures";

const found = loadFleet("envs").targets.find(({ name }) => name === "prod/us-east-1");
const values = found === undefined ? [] : explain(found);

test("flows are explained by the keys that somebody writes, each with its line", () => {
  const flows = values.filter(({ path }) => /\.(allow|dependencies|callers)\[/.test(path));
  const keys = new Set(flows.map(({ path }) => path.replace(/^.*\]\.?/, "")));

  expect(flows.find(({ path }) => path === "namespaces.payments.allow[0].to.port")).toMatchObject({
    value: "3306",
    from: expect.stringMatching(/environment\.yaml:\d+$/) as string,
  });
  expect(flows.filter(({ from }) => from === "default")).toEqual([]);
  expect([...keys].filter((key) => /^(end|peer|kind)\b/.test(key))).toEqual([]);
});

test("what a word stands for is explained by the word's line", () => {
  const yaml = "mesh:\n  kind: istio\n  id: a\n  trustDomain: a.b\n  mtls: strict\ningress: {}\n";
  expect(explain(aTarget(yaml), "mesh.mtls")).toEqual([
    { path: "mesh.mtls.mode", value: "strict", from: "target.yaml:5" },
  ]);
});
