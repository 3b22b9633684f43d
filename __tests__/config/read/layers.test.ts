import path from "node:path";
import { explain } from "../../../src/fleet/explain";
import { loadFleet } from "../../../src/fleet/load-fleet";
import type { Target } from "../../../src/model/target";
import { aFolder, BASE_YAML } from "../../support/fixtures";

/** The one target of a folder with these layers. */
function loaded(platform: string, environment: string, own = ""): Target {
  const dir = aFolder({
    "platform.yaml": platform,
    "dev/environment.yaml": environment,
    "dev/us-east-1.yaml": BASE_YAML + own,
  });
  const [target] = loadFleet(dir).targets;
  if (target === undefined) throw new Error("no target");
  return target;
}

test("later layers win and maps merge", () => {
  const { config } = loaded(
    "tags: { owner: platform, tier: base }\ncluster: { logs: { retentionDays: 30 } }",
    "tags: { tier: dev }\ncluster: { name: sandbox }",
  );

  expect(config.tags).toEqual({ owner: "platform", tier: "dev" });
  expect(config.cluster).toMatchObject({ name: "sandbox", logs: { retentionDays: 30 } });
});

test("lists replace", () => {
  const { config } = loaded(
    "account: { keyAdministrators: [One, Two] }",
    "account: { keyAdministrators: [Three] }",
  );

  expect(config.account.keyAdministrators).toEqual(["Three"]);
});

test("null takes away what a layer above gave, and the default is back", () => {
  const { config } = loaded(
    "tags: { owner: platform }\ncluster: { name: sandbox }",
    "cluster: { name: null }",
  );

  expect(config.cluster.name).toBeUndefined();
});

test("a choice of another kind replaces the whole choice", () => {
  const { config } = loaded("cni: { kind: cilium-overlay, podCidr: 10.32.0.0/13 }", "{}");

  expect(config.cni).toMatchObject({ kind: "cilium-eni" });
  expect(config.cni).not.toHaveProperty("podCidr");
});

test("each value is explained by the file and line that gave it", () => {
  const target = loaded("tags:\n  owner: platform", "cluster:\n  name: sandbox");

  const from = Object.fromEntries(explain(target).map((value) => [value.path, path.basename(value.from)]));
  expect(from).toMatchObject({
    "tags.owner": "platform.yaml:2",
    "cluster.name": "environment.yaml:2",
    "network.vpcCidr": "us-east-1.yaml:7",
    "cluster.supportPolicy": "default",
  });
});
