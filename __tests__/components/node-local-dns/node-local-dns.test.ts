import { nodeLocalDnsValues } from "../../../src/components/node-local-dns/node-local-dns";
import { releaseValues, resource, resourcesOf, synthYaml } from "../../support/synth";

const CACHE = "network: { dns: { nodeLocalCache: true } }";
const IPTABLES = `${CACHE}\ncni: { kind: vpc-cni, kubeProxy: { kind: iptables } }`;

describe("a DNS cache on each node", () => {
  test("is there only where it is asked for", () => {
    expect(resourcesOf(synthYaml().nodes, "helm_release")).toEqual({});
  });

  test("is, under Cilium, a pod that lookups are redirected to, and touches nothing of the node", () => {
    const { nodes, cni } = synthYaml(CACHE);

    expect(releaseValues(cni, "cilium_cilium_release")).toMatchObject({
      localRedirectPolicies: { enabled: true },
    });
    expect(nodeLocalDnsValues({ path: { kind: "cilium-redirect" }, stubZones: false })).toMatchObject({
      podLabels: { "k8s-app": "node-local-dns" },
      config: { localDns: "169.254.20.10", setupInterface: false, setupIptables: false, skipTeardown: true },
      securityContext: { capabilities: { add: [] } },
    });
    expect(releaseValues(nodes, "dns-cache_node-local-dns-redirect_helm_release")).toMatchObject({
      manifests: {
        "node-local-dns": {
          kind: "CiliumLocalRedirectPolicy",
          spec: {
            redirectFrontend: { serviceMatcher: { serviceName: "kube-dns", namespace: "kube-system" } },
            redirectBackend: { localEndpointSelector: { matchLabels: { "k8s-app": "node-local-dns" } } },
          },
        },
      },
    });
  });

  test("asks CoreDNS for all names where that has stub zones, of which the node's resolver knows nothing", () => {
    const config = (dns: string) => {
      const { nodes } = synthYaml(`network: { dns: { nodeLocalCache: true${dns} } }`);
      return releaseValues(nodes, "dns-cache_node-local-dns_release").config;
    };

    expect(config("")).not.toHaveProperty("upstreamServers");
    expect(config(", coreDns: { stubZones: { corp.example: [10.1.0.53] } }")).toHaveProperty(
      "upstreamServers",
      "__PILLAR__CLUSTER__DNS__",
    );
  });

  test("redirects after its pods are ready, and starts after CoreDNS", () => {
    const { nodes } = synthYaml(CACHE);

    expect(resource(nodes, "helm_release", "dns-cache_node-local-dns-redirect_helm_release")).toMatchObject({
      depends_on: ["helm_release.dns-cache_node-local-dns_release"],
    });
    expect(resource(nodes, "helm_release", "dns-cache_node-local-dns_release")).toMatchObject({
      depends_on: ["aws_eks_addon.coredns_addon"],
      wait: true,
    });
  });

  test("takes, beside kube-proxy, the address of the cluster's DNS on each node", () => {
    const { nodes } = synthYaml(IPTABLES);

    expect(releaseValues(nodes, "dns-cache_node-local-dns_release")).toMatchObject({
      config: { localDns: "169.254.20.10", dnsServer: "172.20.0.10", bindIp: true, setupIptables: true },
    });
    expect(Object.keys(resourcesOf(nodes, "helm_release"))).toEqual(["dns-cache_node-local-dns_release"]);
  });

  test("comes from the mirror where there is one", () => {
    expect(
      nodeLocalDnsValues({
        path: { kind: "cilium-redirect" },
        stubZones: false,
        imageMirror: "registry.corp",
      }),
    ).toMatchObject({ image: { repository: "registry.corp/registry.k8s.io/dns/k8s-dns-node-cache" } });
  });
});
