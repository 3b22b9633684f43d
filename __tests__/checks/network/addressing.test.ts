import { maxPodsOf, maxPodsPossible } from "../../../src/model/max-pods";
import { NETWORK, problemsIn, problemsOf, ENVIRONMENT } from "../../support/problems";
import { aTarget } from "../../support/fixtures";

const at = "envs/dev/us-east-1.yaml";
const VPC_CNI = ENVIRONMENT.replace("cni: { kind: cilium-eni }", "cni: { kind: vpc-cni }");
const approved = (...subjects: string[]) =>
  `readiness: { ${subjects.map((subject) => `${subject}: { approvedBy: network-board, on: "2026-10-02" }`).join(", ")} }`;
const ALL_APPROVED = approved("applications", "on-premises", "tooling", "allow-lists");
const IPV6 = `${NETWORK}  ipv6: { mode: ipv6, ${ALL_APPROVED} }\n`;

describe("what is right has no problem", () => {
  test.each([
    [
      "pods of the VPC CNI in a secondary range",
      `${NETWORK}  secondaryCidrs: [100.64.0.0/16]\n  subnets: { pods: { prefix: 18, from: 100.64.0.0/16 } }\ncni: { kind: vpc-cni, customNetworking: true }\n`,
    ],
    [
      "pods of Cilium in a secondary range",
      `${NETWORK}  secondaryCidrs: [100.64.0.0/16]\n  subnets: { pods: { prefix: 18, from: 100.64.0.0/16 } }\n`,
    ],
    ["an IPv6 cluster", `${IPV6}cni: { kind: vpc-cni }\n`],
    ["a dual-stack VPC", `${NETWORK}  ipv6: { mode: dual-stack, ${ALL_APPROVED} }\n`],
    [
      "security groups for pods beside network policy",
      `${NETWORK}cni: { kind: vpc-cni, securityGroupsForPods: {} }\n`,
    ],
  ])("%s", (_what, text) => {
    const environment = text.includes("cni:") ? ENVIRONMENT.replace(/cni: .*\n/, "") : ENVIRONMENT;

    expect(problemsIn(text, environment)).toEqual([]);
  });
});

describe("secondary ranges", () => {
  test.each<[string, string, string]>([
    [
      "another RFC 1918 range than the VPC's",
      `${NETWORK}  secondaryCidrs: [172.16.0.0/16]\n`,
      `${at}:4:20  network.secondaryCidrs[0]: 172.16.0.0/16  can't be associated with a VPC whose first range is 10.0.0.0/16; write a block of 100.64.0.0/10, or a free one of 10.0.0.0/8`,
    ],
    [
      "one larger than AWS takes",
      `${NETWORK}  secondaryCidrs: [100.64.0.0/10]\n`,
      `${at}:4:20  network.secondaryCidrs[0]: 100.64.0.0/10  has a prefix that no VPC can have; write /16 to /28`,
    ],
    [
      "one that overlaps the VPC",
      `${NETWORK.replace("10.0.0.0/16", "10.8.0.0/16")}  secondaryCidrs: [10.8.128.0/20]\n`,
      `${at}:4:20  network.secondaryCidrs[0]: 10.8.128.0/20  overlaps the VPC 10.8.0.0/16 (network.vpcCidr); write a free range`,
    ],
    [
      "a tier from a range that the VPC does not have",
      `${NETWORK}  subnets: { pods: { prefix: 18, from: 100.64.0.0/16 } }\n`,
      `${at}:4:40  network.subnets.pods.from: 100.64.0.0/16  is not in network.secondaryCidrs; add it there`,
    ],
    [
      "two tiers from one range",
      `${NETWORK}  secondaryCidrs: [100.64.0.0/16]\n  subnets: { public: { prefix: 24, from: 100.64.0.0/16 }, pods: { prefix: 18, from: 100.64.0.0/16 } }\n`,
      `${at}:5:85  network.subnets.pods.from: 100.64.0.0/16  serves public already; write a secondary range of its own`,
    ],
    [
      "a subnet larger than the zone's block",
      `${NETWORK}  secondaryCidrs: [100.64.0.0/16]\n  subnets: { pods: { prefix: 17, from: 100.64.0.0/16 } }\n`,
      `${at}:5:30  network.subnets.pods.prefix: 17  /17 does not fit: 100.64.0.0/16 in 4 zone blocks has /18 for each zone; write /18 or longer, or give cidrs for this tier`,
    ],
  ])("reports %s", (_what, text, problem) => {
    expect(problemsIn(text)).toContain(problem);
  });
});

describe("custom networking", () => {
  test("needs subnets for pods", () => {
    expect(problemsIn(`${NETWORK}cni: { kind: vpc-cni, customNetworking: true }\n`, VPC_CNI)).toEqual([
      `${at}:4:41  cni.customNetworking: true  needs subnets for pods; write network.subnets.pods: { prefix: 18, from: <one of network.secondaryCidrs> }, or false`,
    ]);
  });

  test("is required for pod subnets with the VPC CNI", () => {
    expect(problemsIn(`${NETWORK}  subnets: { pods: { prefix: 19 } }\n`, VPC_CNI)).toEqual([
      `${at}:4:14  network.subnets.pods  has no effect with vpc-cni, which gives pods addresses of the nodes' subnets; remove it, or write cni.customNetworking: true`,
    ]);
  });

  // aws/amazon-vpc-cni-k8s, README, custom networking: the node's first ENI has no pods. m5.large: 3 ENIs of 10 addresses.
  test.each([
    ["secondary-ip", 20],
    ["prefix", 110],
  ])("costs kubelet an ENI of pods: with %s %i on an m5.large", (addressMode, expected) => {
    const { config } = aTarget(
      `cni: { kind: vpc-cni, customNetworking: true, addressMode: ${addressMode} }\nnodes: { main: { instanceTypes: [m5.large] } }`,
    );

    const { main } = config.nodes;
    expect(main && maxPodsOf(config, main)).toBe(expected);
  });
});

describe("IPv6", () => {
  // Applications, allow-lists and networks on premises speak the second family, too: their owners approve it.
  test("names every approval that is missing, and what it says", () => {
    const text = `${NETWORK}  ipv6: { mode: dual-stack, ${approved("applications", "allow-lists")} }\n`;

    expect(problemsIn(text)).toEqual([
      expect.stringMatching(
        /network\.ipv6\.readiness\.on-premises {2}is missing: dual-stack is not the cluster team's decision alone, and nobody has approved yet that networks on premises reach the VPC by IPv6, or need not; write \{ approvedBy: <who>, on: <YYYY-MM-DD> \}$/,
      ),
      expect.stringMatching(
        /network\.ipv6\.readiness\.tooling {2}is missing: dual-stack is not the cluster team's decision alone, and nobody has approved yet that security, logging and search tools read IPv6 addresses; write \{ approvedBy: <who>, on: <YYYY-MM-DD> \}$/,
      ),
    ]);
  });

  test.each([
    ["2026-13-02", /is not a day; write YYYY-MM-DD, for example 2026-10-02$/],
    ["yesterday", /is not a day; write YYYY-MM-DD, for example 2026-10-02$/],
  ])("takes no approval of the day %s", (day, message) => {
    expect(problemsIn(IPV6.replace("2026-10-02", day), VPC_CNI)).toEqual([expect.stringMatching(message)]);
  });

  test.each<[string, string, string]>([
    [
      "Cilium's ENI mode",
      "cni: { kind: cilium-eni }",
      "cni.kind: cilium-eni  can't run an IPv6 cluster: Cilium's ENI allocator hands out IPv4 addresses only; write vpc-cni, or network.ipv6.mode: dual-stack",
    ],
    [
      "single addresses",
      "cni: { kind: vpc-cni, addressMode: secondary-ip }",
      "cni.addressMode: secondary-ip  gives no IPv6 addresses: the VPC CNI hands them out from prefixes only; write prefix",
    ],
    [
      "SNAT of IPv4",
      "cni: { kind: vpc-cni, externalSnat: true }",
      "cni.externalSnat: true  has no effect in an IPv6 cluster; remove it",
    ],
    [
      "an IPv4 range of services",
      "cni: { kind: vpc-cni }\ncluster: { serviceCidr: 172.21.0.0/16 }",
      "cluster.serviceCidr: 172.21.0.0/16  has no effect in an IPv6 cluster, whose service range EKS chooses; remove it",
    ],
  ])("refuses %s in an IPv6 cluster", (_what, cni, problem) => {
    const found = problemsIn(`${IPV6}${cni}\n`, ENVIRONMENT.replace(/cni: .*\n/, ""));

    expect(found.map((line) => line.replace(/^\S+ {2}/, ""))).toEqual([problem]);
  });

  test("refuses an IPv6 cluster behind a proxy, which would get the cluster's own services", () => {
    const text = `${IPV6}  egress: { kind: proxy, httpsProxy: "http://proxy.corp.example:3128" }\nimages: { mirror: 111122223333.dkr.ecr.us-east-1.amazonaws.com }\n`;

    expect(problemsIn(text, VPC_CNI).map((line) => line.replace(/^\S+ {2}/, ""))).toContain(
      "network.egress.kind: proxy  can't be combined with an IPv6 cluster, whose service range is not known before it exists and would be missing from NO_PROXY; write another egress, or network.ipv6.mode: dual-stack",
    );
  });

  // EKS Best Practices, "Running IPv6 EKS Clusters": addresses no longer limit, EKS's recommendation does.
  test.each([
    ["m7i.large", 110],
    ["m7i.12xlarge", 250],
  ])("an %s runs %i pods", (type, expected) => {
    const { config } = aTarget(
      `network: { ipv6: { mode: ipv6 } }\ncni: { kind: vpc-cni }\nnodes: { main: { instanceTypes: [${type}] } }`,
    );

    const { main } = config.nodes;
    expect(main && maxPodsOf(config, main)).toBe(expected);
  });
});

describe("an overlay has a block of addresses for each node", () => {
  // 100.64.0.0/19 in /24: 32 blocks.
  const overlay = (nodes: number, more = "") =>
    problemsIn(
      `${NETWORK}cni: { kind: cilium-overlay, podCidr: 100.64.0.0/19 }\nnodes: { main: { instanceTypes: [m7i.large], size: { min: 3, max: ${nodes} } } }\n${more}`,
    ).map((line) => line.replace(/^\S+ {2}/, ""));
  // m7i.large, of two vCPUs, is the smallest.
  const pool = (cpus: number) =>
    `karpenter: { pools: { general: { class: general, instanceTypes: [m7i.large, m7i.xlarge], limits: { cpus: ${cpus} } } } }\n`;

  test("of the groups", () => {
    expect(overlay(32)).toEqual([]);
    expect(overlay(33)).toEqual([
      "cni.podCidr: 100.64.0.0/19  has 32 blocks of /24, and the node groups can have 33 nodes; write a larger range, or a longer cni.nodeMask",
    ]);
  });

  test("and of Karpenter's pools at their limits", () => {
    expect(overlay(30, pool(4))).toEqual([]);
    expect(overlay(30, pool(6))).toEqual([
      "cni.podCidr: 100.64.0.0/19  has 32 blocks of /24, and the node groups and pools can have 33 nodes; write a larger range, or a longer cni.nodeMask",
    ]);
  });
});

describe("security groups for pods", () => {
  const cni = (kind: string, rest = "") =>
    `${NETWORK}cni: { kind: ${kind}, ${rest}securityGroupsForPods: {} }\n`;
  const bare = ENVIRONMENT.replace(/cni: .*\n/, "");
  const found = (text: string, environment = bare) =>
    problemsIn(text, environment).map((line) => line.replace(/^\S+ {2}/, ""));

  test.each([
    ["cilium-eni", ""],
    ["cilium-overlay", "podCidr: 100.64.0.0/11, "],
  ])("are refused with %s", (kind, rest) => {
    expect(found(cni(kind, rest))).toEqual([
      "cni.securityGroupsForPods  can't be here: branch interfaces belong to the VPC CNI, and this CNI makes its own interfaces or none; write cni.kind: vpc-cni or cilium-chaining, or remove it",
    ]);
  });

  test.each([
    ["t3.large", "takes no trunk ENI, which security groups for pods need"],
    ["m4.large", "takes no trunk ENI, which security groups for pods need"],
  ])("are refused for %s", (type, why) => {
    const environment = bare.replace("m7i.large", type);

    expect(found(cni("vpc-cni", "addressMode: secondary-ip, "), environment)).toEqual([
      expect.stringContaining(`no pods with secondary-ip: ${type} ${why}; write other types`),
    ]);
  });

  // aws/amazon-vpc-cni-k8s README, POD_SECURITY_GROUP_ENFORCING_MODE.
  test("are strict only with kube-proxy in iptables mode", () => {
    const text = `${NETWORK}cni: { kind: vpc-cni, securityGroupsForPods: { enforcingMode: strict } }\n`;

    expect(found(text)).toEqual([
      "cni.securityGroupsForPods.enforcingMode: strict  works with kube-proxy in iptables mode only (aws/amazon-vpc-cni-k8s README), and it is nftables; write cni.kubeProxy: { kind: iptables }, or standard",
    ]);
    expect(found(text.replace("vpc-cni,", "vpc-cni, kubeProxy: { kind: iptables },"))).toEqual([]);
  });

  // Istio, "Platform-Specific Prerequisites", Amazon Elastic Kubernetes Service.
  test.each(["vpc-cni", "cilium-chaining"])("are not strict under an ambient mesh (%s)", (kind) => {
    const text = `${NETWORK}cni: { kind: ${kind}, kubeProxy: { kind: iptables }, securityGroupsForPods: { enforcingMode: strict } }\nmesh: { kind: istio-ambient, id: acme, trustDomain: acme.internal }\n`;

    expect(found(text)).toContainEqual(
      expect.stringContaining("drops the kubelet's probes of pods in an ambient mesh"),
    );
    expect(found(text.replace("istio-ambient", "istio"))).not.toContainEqual(
      expect.stringContaining("ambient"),
    );
  });

  test.each([
    [
      "{ namespace: kube-system, podSelector: { a: b }, securityGroupIds: [sg-0a1b2c3d] }",
      "cni.securityGroupsForPods.policies.db.namespace: kube-system  holds what the cluster itself needs, which must not wait for branch interfaces; write another",
    ],
    [
      "{ namespace: monitoring, podSelector: { a: b }, securityGroupIds: [sg-0a1b2c3d] }",
      "cni.securityGroupsForPods.policies.db.namespace: monitoring  holds what the cluster itself needs, which must not wait for branch interfaces; write another",
    ],
    [
      "{ namespace: shop, podSelector: {}, securityGroupIds: [sg-0a1b2c3d] }",
      "cni.securityGroupsForPods.policies.db.podSelector  selects every pod of the namespace; name a label",
    ],
  ])("refuse the policy %s", (policy, problem) => {
    const text = `${NETWORK}cni: { kind: vpc-cni, securityGroupsForPods: { policies: { db: ${policy} } } }\n`;

    expect(found(text)).toEqual([problem]);
  });

  // vpc-resource-controller limits: branch interfaces are beside the others, for pods with policies only.
  test("count in what a node can run, and not in what kubelet is told", () => {
    const { config } = aTarget(
      "cni: { kind: vpc-cni, addressMode: secondary-ip, securityGroupsForPods: {} }\nnodes: { main: { instanceTypes: [m5.large] } }",
    );

    const { main } = config.nodes;
    expect(main && [maxPodsOf(config, main), maxPodsPossible(config, main)]).toEqual([20, 29]);
  });
});

test("secondary ranges of peers are apart, too", () => {
  const environment = (peer: string) =>
    `${ENVIRONMENT}network: { connections: { peers: [${peer}/us-east-1] }, secondaryCidrs: [100.64.0.0/16] }\n`;

  const found = problemsOf({
    "dev/environment.yaml": environment("test"),
    "dev/us-east-1.yaml": NETWORK,
    "test/environment.yaml": environment("dev"),
    "test/us-east-1.yaml": NETWORK.replace("10.0.0.0", "10.1.0.0"),
  });

  expect(found).toContainEqual(
    expect.stringContaining(
      "network.secondaryCidrs[0]: 100.64.0.0/16  overlaps the secondary range 100.64.0.0/16 of test/us-east-1, its peer; write a free range",
    ),
  );
});
