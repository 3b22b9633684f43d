import fs from "node:fs";
import { endpointServiceCheck } from "../../../src/checks/network/endpoint-services";
import { admitsHost } from "../../../src/checks/network/regulated-egress";
import { readFleet } from "../../../src/fleet/load-fleet";
import { formatProblem } from "../../../src/config/read/problem";
import { fleetWarnings } from "../../../src/fleet/warnings";
import { aFolder, aTarget } from "../../support/fixtures";

const ENVIRONMENT = `release: "2026.11"
account: { id: "111122223333" }
state: { region: us-east-1 }
runner: { reach: in-vpc }
cni: { kind: cilium-eni }
nodes:
  main: { instanceTypes: [m7i.large], size: { min: 3, max: 30 } }
`;

/** Problems of a target whose network has the lines given, each below `network:`. */
function problemsIn(...lines: readonly string[]): string[] {
  const text = [
    "network:",
    "  vpcCidr: 10.0.0.0/16",
    "  zones: [us-east-1a, us-east-1b]",
    ...lines.map((line) => `  ${line}`),
  ].join("\n");
  const dir = aFolder({ "dev/environment.yaml": ENVIRONMENT, "dev/us-east-1.yaml": `${text}\n` });
  try {
    const { problems } = readFleet(dir);
    return problems.map((problem) =>
      formatProblem(problem).replace(/\S*octarine-test-\w+\/dev\/us-east-1.yaml:/g, ""),
    );
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
}

const proxy = (more = "") => `egress: { kind: proxy, httpsProxy: "http://proxy.corp.example:3128"${more} }`;

test.each([
  ["a firewall", ["egress: { kind: firewall, domains: [.quay.io, api.partner.example] }"]],
  ["a transit gateway", ["egress: { kind: transit-gateway, transitGatewayId: tgw-0123456789abcdef0 }"]],
  ["a proxy", [proxy(", noProxy: [.corp.example, 192.0.2.1, 192.0.2.0/24, intranet]")]],
])("%s is valid", (_what, lines) => {
  expect(problemsIn(...lines)).toEqual([]);
});

test.each<[string, string[], string]>([
  [
    "a firewall without domains",
    ["egress: { kind: firewall }"],
    '4:3  network.egress.domains  is missing (Domains that may be called by HTTP (Host) and TLS (SNI); .example.com holds all below it); write for example domains: ["api.example.com",".quay.io"]',
  ],
  [
    "a firewall that admits nothing",
    ["egress: { kind: firewall, domains: [] }"],
    "4:29  network.egress.domains  admits nothing; list the domains that may be called, or write kind: none",
  ],
  [
    "a wildcard that the firewall does not know",
    ['egress: { kind: firewall, domains: [.quay.io, "*.example.com"] }'],
    "4:49  network.egress.domains[1]: *.example.com  is not a domain; write api.example.com, or .example.com for it and all below it",
  ],
  [
    "a domain twice",
    ["egress: { kind: firewall, domains: [.quay.io, .quay.io] }"],
    "4:49  network.egress.domains[1]: .quay.io  is listed twice; keep one",
  ],
  [
    "a firewall that stops the CNI's images",
    ["egress: { kind: firewall, domains: [quay.io] }"],
    "4:29  network.egress.domains: [quay.io]  stops the platform: images of cilium come from quay.io; add .quay.io, or write images.mirror",
  ],
  [
    "a firewall that stops AWS",
    ["egress: { kind: firewall, domains: [.quay.io] }", "endpoints: { set: gateway-only }"],
    "5:21  network.endpoints.set: gateway-only  leaves calls to AWS to the firewall, which stops them; write standard, or add .amazonaws.com to the domains",
  ],
  [
    "a transit gateway without its id",
    ["egress: { kind: transit-gateway }"],
    "4:3  network.egress.transitGatewayId  is missing (Gateway that leads to the central egress VPC); write for example transitGatewayId: tgw-0123456789abcdef0",
  ],
  [
    "an attachment in place of the gateway",
    ["egress: { kind: transit-gateway, transitGatewayId: tgw-attach-0123456789abcdef0 }"],
    "4:54  network.egress.transitGatewayId: tgw-attach-0123456789abcdef0  is not a transit gateway id; write for example tgw-0123456789abcdef0",
  ],
  [
    "an address that is none",
    [
      "egress: { kind: transit-gateway, transitGatewayId: tgw-0123456789abcdef0, publicAddresses: [203.0.113.300] }",
    ],
    "4:95  network.egress.publicAddresses[0]: 203.0.113.300  is not an IPv4 address; write for example 203.0.113.10",
  ],
  [
    "a proxy without its URL",
    ["egress: { kind: proxy }"],
    "4:3  network.egress.httpsProxy  is missing (Proxy of HTTPS requests of nodes and pods, by CONNECT); write for example httpsProxy: http://proxy.corp.example:3128",
  ],
  [
    "a password in the proxy's URL",
    ['egress: { kind: proxy, httpsProxy: "http://me:secret@proxy.corp.example:3128" }'],
    "4:38  network.egress.httpsProxy: http://me:(secret)@proxy.corp.example:3128  is not a proxy URL; write http://host:port, without a path, and without user and password: user data is not secret",
  ],
  [
    "what NO_PROXY can't hold",
    [proxy(', noProxy: ["*.corp.example"]')],
    "4:82  network.egress.noProxy[0]: *.corp.example  can't stand in NO_PROXY; write a host, .suffix, address or CIDR, without * and port",
  ],
  [
    "a proxy that AWS would be reached by",
    [proxy(), "endpoints: { set: gateway-only }"],
    "5:21  network.endpoints.set: gateway-only  leaves calls to AWS to the proxy, and nodes can join by endpoints only; write standard or isolated",
  ],
  [
    "a proxy that no route leads to",
    [
      'egress: { kind: proxy, httpsProxy: "http://10.9.0.10:3128" }',
      "connections: { onPremises: { cidrs: [10.200.0.0/14] } }",
    ],
    "4:38  network.egress.httpsProxy: http://10.9.0.10:3128  has no route: it is outside 10.0.0.0/16, 10.200.0.0/14; name its network in network.connections.onPremises.cidrs",
  ],
  [
    "a zone without its Elastic IP",
    ["egress: { kind: firewall, domains: [.quay.io], elasticIps: { us-east-1a: eipalloc-0a } }"],
    "4:50  network.egress.elasticIps  has no Elastic IP for us-east-1b; add us-east-1b: <allocation id>",
  ],
  [
    "an Elastic IP for a zone that is not there",
    [
      "egress: { kind: nat-per-zone, elasticIps: { us-east-1a: eipalloc-0a, us-east-1b: eipalloc-0b, us-east-1c: eipalloc-0c } }",
    ],
    "4:109  network.egress.elasticIps.us-east-1c: eipalloc-0c  is for a zone that network.zones does not name; add us-east-1c there or remove this line",
  ],
  [
    "an Elastic IP twice",
    ["egress: { kind: nat-per-zone, elasticIps: { us-east-1a: eipalloc-0a, us-east-1b: eipalloc-0a } }"],
    "4:84  network.egress.elasticIps.us-east-1b: eipalloc-0a  is that of us-east-1a too; an address serves one NAT gateway",
  ],
  [
    "subnets of a firewall that is not there",
    ["subnets: { firewall: { prefix: 28 } }"],
    "4:14  network.subnets.firewall  is used by egress kind firewall only; remove it, or write network.egress.kind: firewall",
  ],
  [
    "endpoints that let data past the firewall",
    ["egress: { kind: firewall, domains: [.quay.io] }", "endpoints: { policy: full-access }"],
    "5:24  network.endpoints.policy: full-access  lets data out by AWS itself, past egress kind firewall; write account-and-organization, or policyReason: <why>",
  ],
  [
    "buckets without a policy that they are excepted from",
    ["endpoints: { buckets: [vendor-packages] }"],
    "4:16  network.endpoints.buckets: [vendor-packages]  has no effect with full access; remove it, or write policy: account-and-organization",
  ],
])("reports %s", (_what, lines, problem) => {
  expect(problemsIn(...lines)).toEqual([problem]);
});

test("full access at the endpoints of a regulated target takes a reason", () => {
  const lines = [
    "egress: { kind: firewall, domains: [.quay.io] }",
    "endpoints: { policy: full-access, policyReason: migration until ticket NET-77 }",
  ];

  expect(problemsIn(...lines)).toEqual([]);
});

test.each([
  [".quay.io", "quay.io", true],
  [".quay.io", "cdn.quay.io", true],
  ["quay.io", "cdn.quay.io", false],
  [".quay.io", "notquay.io", false],
])("the domain %s for the host %s: %s", (domain, host, admitted) => {
  expect(admitsHost([domain], host)).toBe(admitted);
});

test("a target without egress is told what no endpoint leads to, any other is not", () => {
  const none = aTarget("images: { mirror: registry.corp }\nnetwork: { egress: { kind: none } }");
  const warnings = (target: typeof none) =>
    fleetWarnings({ targets: [target] }).filter((line) => line.startsWith("no egress"));

  expect(warnings(none)).toEqual([
    "no egress, and no endpoint leads to IAM, Route 53, Price List, ECR Public (public.ecr.aws): see docs/egress.md (network.endpoints.additional: [iam, route53, pricing.api] makes those that exist) (dev/us-east-1; waiver: EGRESS-UNREACHED at network.egress)",
  ]);
  expect(warnings(aTarget())).toEqual([]);
});

describe("endpoints by name", () => {
  const none = (endpoints: string) =>
    `images: { mirror: registry.corp }\nnetwork: { egress: { kind: none }, endpoints: ${endpoints} }`;

  test("those that are made are no longer missed, and only what is left is offered", () => {
    const reached = aTarget(none("{ additional: [iam, route53, pricing.api], noPolicy: [pricing.api] }"));
    expect(fleetWarnings({ targets: [reached] }).find((line) => line.startsWith("no egress"))).toBe(
      "no egress, and no endpoint leads to ECR Public (public.ecr.aws): see docs/egress.md (dev/us-east-1; waiver: EGRESS-UNREACHED at network.egress)",
    );
  });

  test.each([
    [
      "[com.amazonaws.us-east-1.acm-pca]",
      "network.endpoints.additional[0]: com.amazonaws.us-east-1.acm-pca  is a full name; write acm-pca",
    ],
    ["[com.amazonaws.iam]", "network.endpoints.additional[0]: com.amazonaws.iam  is a full name; write iam"],
    [
      "[pricing.api]",
      "network.endpoints.additional[0]: pricing.api  is a service that takes no endpoint policy; write network.endpoints.noPolicy: [pricing.api]",
    ],
    [
      "[acm-pca], noPolicy: [acmpca]",
      "network.endpoints.noPolicy[0]: acmpca  has no effect: no endpoint of this name is made; remove it, or write it in network.endpoints.additional, too",
    ],
  ])("%s", (additional, problem) => {
    expect(
      problemsIn("egress: { kind: none }", `endpoints: { additional: ${additional} }`).join("\n"),
    ).toContain(problem);
  });

  // AWS What's New, 2025-02-17: AWS Price List API supports AWS PrivateLink.
  test("the price list has an endpoint in three regions only", () => {
    const policy = endpointServiceCheck(
      aTarget(none("{ additional: [pricing.api] }")).with({ region: "eu-west-1" }),
    );
    expect(policy.map(({ message }) => message)).toEqual([
      "is a service that has endpoints in ap-south-1, eu-central-1, us-east-1 only, and this target is in eu-west-1; remove it",
    ]);
  });
});
