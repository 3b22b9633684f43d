import { NETWORK, problemsIn, warningsOf, ENVIRONMENT } from "../../support/problems";
import { type Block, parsed, releaseValues, resource, synthYaml } from "../../support/synth";

const ROUTERS = `
nodes:
  main: { labels: { acme.example/role: router } }
`;
const overlay = (rest: string) =>
  `cni: { kind: cilium-overlay, podCidr: 100.64.0.0/11, ${rest} }\n${ROUTERS}`;
const bgp = (rest: string, advertise = "{ pods: true }") =>
  `bgp: { asn: 64512, peers: { router-a: { address: 10.0.3.4, asn: 64513${rest} } }, advertise: ${advertise} }`;
const gateway = (rest = "") =>
  `egressGateway: { policies: { partner: { namespaces: [payments], destinations: [203.0.113.0/24], nodes: { acme.example/role: router }${rest} } } }`;

const manifests = (yaml: string) =>
  releaseValues(synthYaml(yaml).policies, "cilium-routing_helm_release").manifests as Record<string, Block>;
const cilium = (yaml: string) => releaseValues(synthYaml(yaml).cni, "cilium_cilium_release");

// Cilium, "BGP Control Plane" and "Egress Gateway": pods reached from on premises, and partners that allow addresses.
describe("BGP", () => {
  const yaml = overlay(
    bgp(", multihop: 2, passwordSecret: bgp-router", "{ pods: true, services: [198.18.0.0/24] }"),
  );

  test("is Cilium's control plane, which leaves Services without a class alone", () => {
    expect(cilium(yaml)).toMatchObject({
      bgpControlPlane: { enabled: true },
      defaultLBServiceIPAM: "none",
    });
    expect(cilium(overlay(bgp("")))).not.toHaveProperty("defaultLBServiceIPAM");
    expect(cilium(overlay("tunnel: geneve"))).not.toHaveProperty("bgpControlPlane");
  });

  test("nodes call each router", () => {
    expect(manifests(yaml)).toMatchObject({
      "bgp-cluster": {
        apiVersion: "cilium.io/v2",
        kind: "CiliumBGPClusterConfig",
        spec: {
          bgpInstances: [
            {
              localASN: 64512,
              peers: [
                { peerASN: 64513, peerAddress: "10.0.3.4", peerConfigRef: { name: "octarine-router-a" } },
              ],
            },
          ],
        },
      },
      "bgp-peer-router-a": {
        kind: "CiliumBGPPeerConfig",
        metadata: { name: "octarine-router-a" },
        spec: {
          authSecretRef: "bgp-router",
          ebgpMultihop: 2,
          families: [{ advertisements: { matchLabels: { "octarine/advertise": "platform" } } }],
        },
      },
    });
  });

  test("within one autonomous system there is no limit of hops", () => {
    const spec = manifests(overlay(bgp("").replace("asn: 64513", "asn: 64512")))["bgp-peer-router-a"]?.spec;

    expect(spec).not.toHaveProperty("ebgpMultihop");
  });

  test("what is told is what the peers ask for: pods, and addresses of Services", () => {
    expect(manifests(yaml)).toMatchObject({
      "bgp-advertisement": {
        metadata: { labels: { "octarine/advertise": "platform" } },
        spec: {
          advertisements: [
            { advertisementType: "PodCIDR" },
            { advertisementType: "Service", service: { addresses: ["LoadBalancerIP"] } },
          ],
        },
      },
      "bgp-addresses": { kind: "CiliumLoadBalancerIPPool", spec: { blocks: [{ cidr: "198.18.0.0/24" }] } },
    });
    expect(manifests(overlay(bgp("")))).not.toHaveProperty("bgp-addresses");
  });

  test("with ENI addresses Services can be told", () => {
    const eni = `cni: { kind: cilium-eni, ${bgp("", "{ services: [198.18.0.0/24] }")} }\n`;

    expect(manifests(eni)).toHaveProperty("bgp-advertisement");
  });

  test("warns that EC2 drops what is for other addresses", () => {
    const files = {
      "dev/environment.yaml": ENVIRONMENT,
      "dev/us-east-1.yaml": `${NETWORK}cni: { kind: cilium-eni, ${bgp("", "{ services: [198.18.0.0/24] }")} }\n`,
    };
    expect(warningsOf(files).filter((line) => line.startsWith("cni.bgp"))).toEqual([
      "cni.bgp: EC2 drops packets for addresses that are not the interface's own; turn off the source/destination check of these nodes (docs/components/cilium-routing.md) (dev/us-east-1; waiver: BGP-SOURCE-CHECK at cni.bgp)",
    ]);
  });
});

describe("the egress gateway", () => {
  const yaml = overlay(gateway(", pods: { app: sender }, except: [203.0.113.7/32]"));

  // Cilium, "Egress Gateway": eBPF masquerading and the replacement of kube-proxy.
  test("has what Cilium needs for it", () => {
    expect(cilium(yaml)).toMatchObject({
      egressGateway: { enabled: true },
      bpf: { masquerade: true },
      enableIPv4Masquerade: true,
      kubeProxyReplacement: "true",
    });
    expect(cilium(yaml)).not.toHaveProperty("ciliumEndpointSlice");
  });

  test("is for the pods and ranges of each policy", () => {
    expect(manifests(yaml)["egress-partner"]).toEqual({
      apiVersion: "cilium.io/v2",
      kind: "CiliumEgressGatewayPolicy",
      metadata: { name: "partner" },
      spec: {
        selectors: [
          {
            namespaceSelector: {
              matchExpressions: [
                { key: "kubernetes.io/metadata.name", operator: "In", values: ["payments"] },
              ],
            },
            podSelector: { matchLabels: { app: "sender" } },
          },
        ],
        destinationCIDRs: ["203.0.113.0/24"],
        excludedCIDRs: ["203.0.113.7/32"],
        egressGateway: { nodeSelector: { matchLabels: { "acme.example/role": "router" } } },
      },
    });
  });

  test("its objects come after the nodes, whose agents bring their kinds", () => {
    const { policies } = synthYaml(yaml);

    expect(resource(policies, "helm_release", "cilium-routing_helm_release")).toMatchObject({ wait: true });
    expect(parsed(policies).data?.terraform_remote_state).toHaveProperty("nodes");
  });
});

test("nodes may be chosen by labels that EKS gives them", () => {
  const chosen = gateway().replace(/acme\.example\/role: router/, "eks.amazonaws.com/nodegroup: edge");

  expect(chosen).toContain("eks.amazonaws.com");
  expect(problemsIn(`${NETWORK}${overlay(chosen)}namespaces: { payments: {} }\n`).join("\n")).not.toContain(
    "selects no nodes",
  );
});

describe("refused are", () => {
  test.each<[string, string, string]>([
    [
      "pods of ENI mode told by BGP",
      `cni: { kind: cilium-eni, ${bgp("")} }\n`,
      "cni.bgp.advertise.pods: true  needs each node to have a block of pod addresses, and with cilium-eni pods have addresses of the VPC, which routes them itself; remove it, or write cni.kind: cilium-overlay",
    ],
    [
      "addresses of Services within the VPC",
      `cni: { kind: cilium-eni, ${bgp("", "{ services: [10.0.9.0/24] }")} }\n`,
      "cni.bgp.advertise.services[0]: 10.0.9.0/24  is within the VPC's 10.0.0.0/16, whose addresses EC2 gives out; write a range outside it",
    ],
    [
      "addresses of Services within a further range of the VPC",
      `  secondaryCidrs: [100.64.0.0/16]\ncni: { kind: cilium-eni, ${bgp("", "{ services: [100.64.9.0/24] }")} }\n`,
      "cni.bgp.advertise.services[0]: 100.64.9.0/24  is within the VPC's 100.64.0.0/16, whose addresses EC2 gives out; write a range outside it",
    ],
    [
      "BGP that tells nothing",
      `cni: { kind: cilium-eni, ${bgp("", "{}")} }\n`,
      "cni.bgp.advertise  tells nothing; write pods: true, or services",
    ],
    [
      "gateways that are no nodes",
      `cni: { kind: cilium-overlay, podCidr: 100.64.0.0/11, ${gateway()} }\n`,
      "cni.egressGateway.policies.partner.nodes  selects no nodes: no group and no pool has these labels; add acme.example/role: router to nodes.<group>.labels",
    ],
    [
      "a namespace that is not there",
      `${overlay(gateway())}namespaces: { shop: {} }\n`,
      "cni.egressGateway.policies.partner.namespaces[0]: payments  is not a namespace of this target; declare it under namespaces, or correct the name",
    ],
    // Pods of ENI mode keep their addresses on the way out, so there is nothing for a gateway to masquerade.
    [
      "the gateway with ENI addresses",
      `cni: { kind: cilium-eni, ${gateway()} }\n`,
      "cni.egressGateway  is not a known key",
    ],
    [
      "the gateway behind the VPC CNI",
      `cni: { kind: cilium-chaining, ${gateway()} }\n`,
      "cni.egressGateway  is not a known key",
    ],
    ["BGP behind the VPC CNI", `cni: { kind: cilium-chaining, ${bgp("")} }\n`, "cni.bgp  is not a known key"],
  ])("%s", (_what, yaml, said) => {
    expect(problemsIn(`${NETWORK}${yaml}`).join("\n")).toContain(said);
  });
});
