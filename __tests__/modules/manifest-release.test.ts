import "cdktf/lib/testing/adapters/jest";
import { ManifestRelease } from "../../src/modules/manifest-release";
import { releaseValues, resource, synthConstruct } from "../support/synth";

const quota = {
  apiVersion: "v1",
  kind: "ResourceQuota",
  metadata: { name: "team", namespace: "payments" },
  spec: { hard: { pods: "40", note: "${not a reference}" } },
};

const json = synthConstruct((scope) => {
  new ManifestRelease(scope, "quotas", { namespace: "kube-system", manifests: { payments: quota } });
});

test("objects are values of a release, under a key that stays", () => {
  expect(releaseValues(json, "quotas_helm_release")).toMatchObject({
    manifests: { payments: { kind: "ResourceQuota", metadata: quota.metadata } },
  });
});

test("text that looks like a Terraform expression stays text", () => {
  const [values] = resource(json, "helm_release", "quotas_helm_release").values as string[];

  expect(values).toContain("$${not a reference}");
});

test("the chart lies in the stack's folder, without a path of this machine", () => {
  const { chart, repository } = resource(json, "helm_release", "quotas_helm_release");

  expect(chart).toMatch(/^assets\/quotas_chart\/[0-9A-F]{32}$/);
  expect(repository).toBeUndefined();
});
