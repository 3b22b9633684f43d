import { Release } from "@cdktf/provider-helm/lib/release";
import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import "cdktf/lib/testing/adapters/jest";
import { Cilium, type CiliumReleaseProps } from "../../../src/components/cilium/cilium";
import { moduleInputs, modulesOf, resource, synthConstruct } from "../../support/synth";

const chart = { repository: "https://helm.cilium.io", name: "cilium", version: "1.19.6" };
const eni = {
  kind: "eni",
  vpcCidr: "10.0.0.0/16",
  prefixDelegation: true,
  podSubnetTag: { key: "octarine/pods", value: "dev" },
  ownPodSubnets: true,
} as const;
const overlay = { kind: "overlay", podCidr: "100.64.0.0/11", nodeMask: 24, tunnel: "geneve" } as const;

function synthCilium(props: Partial<CiliumReleaseProps> = {}): string {
  return synthConstruct((scope) => {
    new Cilium(scope, "cilium", {
      chart,
      clusterName: "dev",
      apiServerHost: "abc.eks.amazonaws.com",
      mode: eni,
      encryption: "none",
      hubble: { relay: true, ui: true, metrics: [] },
      account: { partition: "aws", region: "us-east-1", accountId: "111122223333" },
      ...props,
    });
  });
}

// There is no node yet, so nothing becomes ready; atomic implies wait (helm/helm-www, helm_install.md, `--atomic`).
test.each([
  ["ENI", eni],
  ["overlay", overlay],
  ["chaining", { kind: "chaining", vpcCidr: "10.0.0.0/16" } as const],
])("%s: the release waits for nothing", (_name, mode) => {
  const json = synthCilium({ mode });

  expect(json).toHaveResourceWithProperties(Release, {
    name: "cilium",
    namespace: "kube-system",
    version: "1.19.6",
    wait: false,
    atomic: false,
  });
});

// Otherwise the pod starts without credentials, and has none until it restarts: EKS puts them into new pods only, once
// the association is effective (API CreatePodIdentityAssociation: eventually consistent).
test("the operator's identity is effective before its pod exists", () => {
  const json = synthCilium();

  expect(moduleInputs(json, "cilium_operator_identity").associations).toEqual({
    "cilium-operator": { cluster_name: "dev", namespace: "kube-system", service_account: "cilium-operator" },
  });
  const release = resource(json, "helm_release");
  expect(release.depends_on).toEqual(["time_sleep.cilium_operator_association-effective"]);
  expect(resource(json, "time_sleep")).toMatchObject({
    create_duration: "30s",
    depends_on: ["module.cilium_operator_identity"],
  });
});

test("without ENIs the operator calls no AWS service, and has no identity", () => {
  const json = synthCilium({ mode: overlay });

  expect(modulesOf(json)).toEqual({});
  expect(resource(json, "helm_release").depends_on).toEqual([]);
});

test("Cilium 1.18's CNI configuration exists before the release", () => {
  const json = synthCilium({ chart: { ...chart, version: "1.18.12" }, mode: eni });

  expect(json).toHaveResourceWithProperties(ConfigMapV1, {
    metadata: { name: "cilium-cni-configuration", namespace: "kube-system" },
  });
  expect(resource(json, "helm_release").depends_on).toContain(
    "kubernetes_config_map_v1.cilium_cni-configuration",
  );
});

test("Cilium 1.19 needs no CNI configuration of ours", () => {
  expect(synthCilium()).not.toHaveResource(ConfigMapV1);
});
