import fs from "node:fs";
import path from "node:path";
import { protectedStacks, unprotectSteps, warningsOf } from "../../../../src/cli/deploy/states/obstacles";
import { loadFleet } from "../../../../src/fleet/load-fleet";
import { synthesize } from "../../../../src/synth/synthesize";
import { aFolder, aTarget, BASE_YAML } from "../../../support/fixtures";
import { aState, type StateResource } from "../../../support/states";

const prod = aTarget("", { environment: "prod" });
const cluster = (attributes: object) => ({
  stack: "cluster" as const,
  state: aState({ resources: [{ module: "module.eks", type: "aws_eks_cluster", attributes }] }),
});
const network = (...resources: StateResource[]) => ({
  stack: "network" as const,
  state: aState({ resources }),
});
const firewall = { type: "aws_networkfirewall_firewall", attributes: { delete_protection: true } };

test("what was deployed decides, not what the config says by now", () => {
  const off = aTarget("cluster: { deletionProtection: false, deletionProtectionReason: the region goes }", {
    environment: "prod",
  });

  expect(protectedStacks(off, [cluster({ deletion_protection: true })])).toEqual(["cluster"]);
  expect(protectedStacks(prod, [cluster({ deletion_protection: false })])).toEqual([]);
  expect(protectedStacks(off, [network(firewall), cluster({ deletion_protection: true })])).toEqual([
    "network",
    "cluster",
  ]);
});

test("where a state doesn't show the cluster, the config's word counts", () => {
  const hidden = { stack: "cluster" as const, state: aState() };

  expect(protectedStacks(prod, [hidden])).toEqual(["cluster"]);
  expect(protectedStacks(aTarget(), [hidden])).toEqual([]);
});

describe("the steps for a protected production target", () => {
  const files = {
    "prod/us-east-1.yaml": BASE_YAML.replaceAll(
      "network:\n",
      "network:\n  endpoints: { set: gateway-only }\n",
    ),
  };
  const written = (text: string) =>
    text.replaceAll(/<why the target goes>/g, "the region is given up").replace(/<who>/, "platform-team");
  const yamlIn = (step = "") =>
    written(step.slice(step.indexOf(": ") + 2)).replace(/<a day[^>]*>/, "2027-03-31");

  test("are accepted by the checks and by the guardrails, as they are written there", () => {
    const envs = aFolder(files);
    const [target] = loadFleet(envs).targets;
    const [clusterStep, waiverStep, ...rest] = unprotectSteps(
      target ?? prod,
      ["cluster"],
      "npx octarine destroy",
    );
    const file = path.join(envs, "prod/us-east-1.yaml");
    const out = aFolder({});

    expect(clusterStep).toMatch(/^write in \S*prod\/us-east-1\.yaml: cluster: /);
    fs.appendFileSync(file, `${yamlIn(clusterStep)}\n`);
    expect(() => synthesize(loadFleet(envs), out)).toThrow("EKS-DELETION-PROTECTION");
    fs.appendFileSync(
      file,
      `waivers:\n  ${yamlIn(waiverStep?.replace("or synthesis refuses it: - ", ": - "))}\n`,
    );
    expect(() => synthesize(loadFleet(envs), out)).not.toThrow();
    expect(rest).toEqual(["npx octarine deploy prod/us-east-1 cluster", "npx octarine destroy"]);
    [envs, out].forEach((folder) => fs.rmSync(folder, { recursive: true }));
  });

  test("name the file that has waivers already, since lists replace each other", () => {
    const waivers =
      "waivers: [{ rule: EKS-LOGS, at: cluster, reason: for a week only, owner: me, expires: 2027-01-01 }]\n";
    const envs = aFolder({ ...files, "prod/environment.yaml": waivers });
    const [target] = loadFleet(envs).targets;

    expect(unprotectSteps(target ?? prod, ["cluster"], "")[1]).toMatch(
      /^add to waivers in \S*prod\/environment\.yaml/,
    );
    fs.rmSync(envs, { recursive: true });
  });

  test("of a target whose file is gone begin with bringing it back", () => {
    const file = "/tmp/octarine-diff-AbC123/tree/envs/prod/us-east-1.yaml";
    const steps = unprotectSteps(prod.with({ file }), ["cluster"], "npx octarine destroy", "0123456789");

    expect(steps[0]).toBe("bring its files back: git checkout 0123456789 -- envs/prod");
    expect(steps[1]).toMatch(/^write in envs\/prod\/us-east-1\.yaml: cluster: /);
  });

  test("are deployments alone where the config has it off already", () => {
    const off = aTarget("cluster: { deletionProtection: false, deletionProtectionReason: the region goes }", {
      environment: "prod",
    });

    expect(unprotectSteps(off, ["network", "cluster"], "npx octarine destroy prod/us-east-1")).toEqual([
      "npx octarine deploy prod/us-east-1 network",
      "npx octarine deploy prod/us-east-1 cluster",
      "npx octarine destroy prod/us-east-1",
    ]);
  });
});

test("buckets with content and namespaces are named before they go, and keys where they go as well", () => {
  const state = aState({
    resources: [
      { type: "aws_s3_bucket", name: "logs", attributes: { bucket: "acme-logs", force_destroy: false } },
      { type: "aws_s3_bucket", name: "results", attributes: { bucket: "acme-results", force_destroy: true } },
      {
        type: "kubernetes_namespace_v1",
        provider: "hashicorp/kubernetes",
        attributes: { metadata: [{ name: "payments" }] },
      },
      { type: "aws_kms_key", keys: [0, 1] },
    ],
  });

  const lines = [
    "S3 can't delete a bucket with objects or old versions in it: empty acme-logs first",
    "deleting the namespaces payments deletes everything in them, whoever made it",
  ];
  expect(warningsOf({ stack: "policies", state })).toEqual(lines);
  expect(warningsOf({ stack: "policies", state }, { withKeys: true })).toEqual([
    ...lines,
    "2 keys are scheduled for deletion: what they encrypt can't be read afterwards",
  ]);
});

test("says what a layer's controllers have to do before they go", () => {
  const [ingress] = warningsOf({ stack: "ingress", state: aState() });
  expect(ingress).toContain(
    "delete every Ingress, Service of type LoadBalancer, TargetGroupBinding and Gateway",
  );
  expect(warningsOf({ stack: "nodes", state: aState() })).toEqual([]);
});
