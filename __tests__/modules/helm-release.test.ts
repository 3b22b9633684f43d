import { Release } from "@cdktf/provider-helm/lib/release";
import "cdktf/lib/testing/adapters/jest";
import { HelmRelease, type HelmReleaseProps } from "../../src/modules/helm-release";
import { NameTooLongError } from "../../src/modules/physical-names";
import { resource, synthConstruct } from "../support/synth";

const chart = { repository: "https://charts.example.com", name: "thing", version: "1.2.3" };

function synthRelease(props: Partial<HelmReleaseProps> = {}, id = "thing"): string {
  return synthConstruct((scope) => {
    new HelmRelease(scope, id, { chart, namespace: "kube-system", values: {}, ...props });
  });
}

test("names repository, chart and exact version", () => {
  const json = synthRelease();

  expect(json).toHaveResourceWithProperties(Release, {
    name: "thing",
    repository: "https://charts.example.com",
    chart: "thing",
    version: "1.2.3",
  });
});

test("an OCI chart is named by its whole address", () => {
  const json = synthRelease({ chart: { ...chart, repository: "oci://public.ecr.aws/karpenter" } });

  const release = resource(json, "helm_release");
  expect(release.chart).toBe("oci://public.ecr.aws/karpenter/thing");
  expect(release).not.toHaveProperty("repository");
});

test("waits for readiness and rolls a failed release back", () => {
  const json = synthRelease();

  expect(json).toHaveResourceWithProperties(Release, { wait: true, atomic: true, cleanup_on_fail: true });
});

// helm/helm-www, helm_install.md, `--atomic`: it sets `--wait`.
test("without waiting it is not atomic either", () => {
  const json = synthRelease({ wait: false });

  expect(json).toHaveResourceWithProperties(Release, { wait: false, atomic: false, cleanup_on_fail: false });
});

test.each([
  ["kube-system", false],
  ["karpenter", true],
])("in %s it makes the namespace: %s", (namespace, created) => {
  const json = synthRelease({ namespace });

  expect(json).toHaveResourceWithProperties(Release, { namespace, create_namespace: created });
});

test("keeps few revisions, and gives up after ten minutes", () => {
  const json = synthRelease();

  expect(json).toHaveResourceWithProperties(Release, { max_history: 5, timeout: 600 });
});

test("values are one JSON document, in which Terraform sees nothing of its own", () => {
  const json = synthRelease({ values: { query: 'up{job="${x}"}' } });

  expect(resource(json, "helm_release").values).toEqual(['{"query":"up{job=\\"$${x}\\"}"}']);
});

test("a name that Helm would not take is refused at synthesis", () => {
  expect(() => synthRelease({}, "x".repeat(54))).toThrow(NameTooLongError);
});
