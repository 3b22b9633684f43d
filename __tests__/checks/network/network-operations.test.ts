import { ENVIRONMENT, NETWORK, problemsIn, problemsOf } from "../../support/problems";

const AT = "envs/dev/us-east-1.yaml";

describe("network ACLs", () => {
  test.each<[string, string, string]>([
    [
      "a word that is none",
      "  networkAcls: strict\n",
      `${AT}:4:16  network.networkAcls: strict  must be baseline or { kind: baseline | none, ... }`,
    ],
    [
      "none without a reason",
      "  networkAcls: { kind: none }\n",
      `${AT}:4:3  network.networkAcls  has no reason; add it`,
    ],
    [
      "SSH for the world",
      "  networkAcls: { kind: baseline, ingressPorts: [22] }\n",
      `${AT}:4:49  network.networkAcls.ingressPorts[0]: 22  is SSH, which the baseline keeps out; use Session Manager, which needs no open port`,
    ],
    [
      "a port that passes anyway",
      "  networkAcls: { kind: baseline, egressPorts: [5432] }\n",
      `${AT}:4:48  network.networkAcls.egressPorts[0]: 5432  is not a port below 1024; write 1 to 1023 (1024 and above pass as return traffic)`,
    ],
    [
      "more rules than the quota",
      `  connections: { onPremises: { cidrs: [${cidrs(11)}] } }\n`,
      `${AT}:1:1  network.networkAcls: baseline  needs 21 rules in one direction, and 20 are allowed; have the quota L-2AEEBF1A raised and write rulesPerDirection: 21, or list fewer ranges or ports`,
    ],
    [
      "more rules than AWS ever allows",
      `  networkAcls: { kind: baseline, rulesPerDirection: 40 }\n  connections: { onPremises: { cidrs: [${cidrs(31)}] } }\n`,
      `${AT}:4:3  network.networkAcls: baseline  needs 41 rules in one direction, and 40 are allowed; AWS allows at most 40: list fewer, wider ranges or fewer ports`,
    ],
  ])("report %s", (_what, text, problem) => {
    expect(problemsIn(NETWORK + text)).toEqual([problem]);
  });

  test("exactly as many rules as the quota allows are accepted", () => {
    const text = `${NETWORK}  connections: { onPremises: { cidrs: [${cidrs(10)}] } }\n`;

    expect(problemsIn(text)).toEqual([]);
  });
});

test("the ranges of peers count, too", () => {
  const peered = (cidr: string, region: string, peer: string) => `network:
  vpcCidr: ${cidr}
  zones: [${region}a, ${region}b, ${region}c]
  connections: { peers: [${peer}], onPremises: { cidrs: [${cidrs(10)}] } }
`;
  const problems = problemsOf({
    "dev/environment.yaml": ENVIRONMENT,
    "dev/us-east-1.yaml": peered("10.0.0.0/16", "us-east-1", "dev/us-west-2"),
    "dev/us-west-2.yaml": peered("10.1.0.0/16", "us-west-2", "dev/us-east-1"),
  });

  expect(problems).toHaveLength(2);
  expect(problems[0]).toContain("network.networkAcls: baseline  needs 21 rules");
});

test("refuses another gateway's id where a transit gateway's is needed", () => {
  expect(
    problemsIn(`${NETWORK}  connections: { onPremises: { cidrs: [10.200.0.0/14], via: vgw-1 } }\n`),
  ).toEqual([
    `${AT}:4:61  network.connections.onPremises.via: vgw-1  is not a transit gateway id; write for example tgw-0123456789abcdef0`,
  ]);
});

describe("DNS", () => {
  test.each<[string, string, string]>([
    [
      "a domain that is none",
      "privateZones: [Prod.acme.]",
      "network.dns.privateZones[0]: Prod.acme.  is not a domain; write lower-case labels without a dot at the end, for example internal.corp",
    ],
    [
      "a zone that is there twice",
      "privateZones: [a.corp, a.corp]",
      "network.dns.privateZones[1]: a.corp  is listed twice; keep one",
    ],
    [
      "a zone id that is none",
      "associatedZones: [prod.corp]",
      "network.dns.associatedZones[0]: prod.corp  is not a hosted zone id; write for example Z0123456789ABCDEFGHIJ",
    ],
    [
      "a private zone that a rule hides",
      "privateZones: [a.corp], forward: { a.corp: [192.0.2.53] }",
      'network.dns.forward."a.corp"  is a private zone of the VPC, too, which the forwarding would hide; remove one of them',
    ],
    [
      "a server that nothing leads to",
      "forward: { a.corp: [10.200.0.2] }",
      'network.dns.forward."a.corp"[0]: 10.200.0.2  is not in any network that the VPC is connected to (10.0.0.0/16); add its range to network.connections.onPremises.cidrs, or write another server',
    ],
    [
      "a stub zone's server that nothing leads to",
      "coreDns: { stubZones: { a.corp: [192.168.0.2] } }",
      'network.dns.coreDns.stubZones."a.corp"[0]: 192.168.0.2  is not in any network that the VPC is connected to (10.0.0.0/16); add its range to network.connections.onPremises.cidrs, or write another server',
    ],
    [
      "a server that is not an address",
      "forward: { a.corp: [dns.corp] }",
      'network.dns.forward."a.corp"[0]: dns.corp  is not an IPv4 address; write for example 10.0.0.2',
    ],
    [
      "a domain without a server",
      "forward: { a.corp: [] }",
      'network.dns.forward."a.corp"  has no server; write at least one IPv4 address',
    ],
    [
      "a stub zone in the cluster's own domain",
      "coreDns: { stubZones: { svc.cluster.local: [10.0.0.2] } }",
      'network.dns.coreDns.stubZones."svc.cluster.local"  is the cluster\'s own domain, and services would no longer be found; write another',
    ],
    [
      "a single CoreDNS pod",
      "coreDns: { replicas: 1 }",
      "network.dns.coreDns.replicas: 1  is too few; write at least 2, or DNS ends with one node",
    ],
    [
      "bounds the wrong way round",
      "coreDns: { replicas: { min: 5, max: 3 } }",
      "network.dns.coreDns.replicas.max: 3  is less than min: 5; write at least 5",
    ],
    [
      "an inbound endpoint for nobody",
      "resolverInbound: true",
      "network.dns.resolverInbound: true  has no networks that may ask it; write network.connections.onPremises.cidrs, or remove it",
    ],
    [
      "query logs turned off without a reason",
      "queryLogs: { kind: none }",
      "network.dns.queryLogs  has no reason; add it",
    ],
    [
      "query logs that are neither on nor off",
      "queryLogs: false",
      "network.dns.queryLogs: false  must be true or { kind: cloudwatch | none, ... }",
    ],
  ])("reports %s", (_what, dns, problem) => {
    expect(withoutPositions(problemsIn(`${NETWORK}  dns: { ${dns} }\n`))).toEqual([problem]);
  });

  test("servers in the VPC, in a connected network and in the internet are fine", () => {
    const text = `${NETWORK}  dns:
    forward: { a.corp: [10.200.0.2], b.corp: [192.0.2.53] }
    coreDns: { stubZones: { internal.corp: [10.0.0.2] } }
  connections: { onPremises: { cidrs: [10.200.0.0/14] } }
`;

    expect(problemsIn(text)).toEqual([]);
  });
});

describe("flow logs", () => {
  test.each<[string, string, string]>([
    [
      "days for somebody else's bucket",
      "{ kind: s3, bucket: acme-log-archive, retentionDays: 90 }",
      "network.flowLogs.retentionDays: 90  has no effect in the existing bucket acme-log-archive, whose owner's lifecycle rules decide; remove it",
    ],
    [
      "a bucket name that is none",
      "{ kind: s3, bucket: Acme_Logs }",
      "network.flowLogs.bucket: Acme_Logs  is not an S3 bucket name; write 3 to 63 lower-case letters, digits, dashes and dots",
    ],
    [
      "days that CloudWatch does not have",
      "{ kind: cloudwatch, retentionDays: 100 }",
      "network.flowLogs.retentionDays: 100  is not a retention of CloudWatch Logs; write for example 30, 90, 180, 365 or 731",
    ],
  ])("report %s", (_what, flowLogs, problem) => {
    expect(withoutPositions(problemsIn(`${NETWORK}  flowLogs: ${flowLogs}\n`))).toEqual([problem]);
  });
});

/** Problems without file, line and column. */
function withoutPositions(problems: readonly string[]): string[] {
  return problems.map((problem) => problem.replace(/^\S+ {2}/, ""));
}

function cidrs(count: number): string {
  return Array.from({ length: count }, (_, index) => `10.${100 + index}.0.0/16`).join(", ");
}

describe("a DNS cache on each node is refused where lookups would bypass it", () => {
  test.each<[string, string, string]>([
    [
      "Cilium beside kube-proxy",
      "cni: { kind: cilium-chaining }",
      "has no way to the cache: Cilium redirects only where it replaces kube-proxy; write cni.kind: cilium-eni, or remove it",
    ],
    [
      "kube-proxy without iptables",
      "cni: { kind: vpc-cni, kubeProxy: { kind: nftables } }",
      "takes lookups by iptables, which does not work beside kube-proxy in mode nftables; write cni.kubeProxy: { kind: iptables }, or remove it",
    ],
    [
      "pods with security groups of their own, strictly",
      "cni: { kind: vpc-cni, kubeProxy: { kind: iptables }, securityGroupsForPods: { enforcingMode: strict } }\nnodes: { main: { instanceTypes: [m5.large] } }",
      "is out of reach for pods with security groups of their own in mode strict; write enforcingMode: standard, or remove it",
    ],
  ])("%s", (_, yaml, message) => {
    const problems = problemsIn(`${NETWORK}  dns: { nodeLocalCache: true }\n${yaml}\n`);

    expect(problems).toEqual([expect.stringContaining(`network.dns.nodeLocalCache: true  ${message}`)]);
  });

  test("and has no IPv4 address where pods have none", () => {
    const problems = problemsIn(
      `${NETWORK}  dns: { nodeLocalCache: true }\n  ipv6: { mode: ipv6 }\ncni: { kind: vpc-cni, kubeProxy: { kind: iptables } }\n`,
    );

    expect(problems).toContainEqual(
      expect.stringContaining(
        "network.dns.nodeLocalCache: true  has an IPv4 address, and pods have IPv6 addresses only; remove it",
      ),
    );
  });
});
