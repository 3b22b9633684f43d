import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import "cdktf/lib/testing/adapters/jest";
import { KubeProxy, kubeProxyConfiguration } from "../../../src/components/kube-proxy/kube-proxy";
import { synthConstruct } from "../../support/synth";

// The mode is always said: KEP-5495 deprecates IPVS, and a default would be iptables.
test.each([
  ["nftables", { mode: "nftables" }],
  ["iptables", { mode: "iptables" }],
  ["ipvs", { mode: "ipvs", ipvs: { scheduler: "rr" } }],
] as const)("%s is said in the add-on's configuration", (mode, configuration) => {
  expect(kubeProxyConfiguration(mode)).toEqual(configuration);
});

test("kube-proxy is an add-on at its own version", () => {
  const json = synthConstruct((scope) => {
    new KubeProxy(scope, "kube-proxy", {
      clusterName: "dev",
      version: "v1.35.3-eksbuild.29",
      mode: "nftables",
    });
  });

  expect(json).toHaveResourceWithProperties(EksAddon, {
    cluster_name: "dev",
    addon_name: "kube-proxy",
    addon_version: "v1.35.3-eksbuild.29",
    configuration_values: '{"mode":"nftables"}',
  });
});
