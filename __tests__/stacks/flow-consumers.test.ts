import { find, namespaces, objects, service, text } from "../support/declared-calls";
import { ENVIRONMENT, problemsIn } from "../support/problems";

const MESH = "mesh: { kind: istio, id: a, trustDomain: a.b }\ningress: {}\n";
const WHY = "reason: clients end TLS in the pods";

/** Where a declared call of the service web in namespace edge shows. */
interface Seen {
  /** Policies of Kubernetes or Cilium of the one end or the other. */
  readonly policy: RegExp;
  /** What sidecars of the caller know, or `nothing`. */
  readonly scope: RegExp | "nothing";
  readonly serviceEntry: RegExp | "nothing";
  readonly authorization: RegExp | "nothing";
}

const CALLER = /a\.b\/ns\/edge\/sa\/web/;
const KINDS: readonly (readonly [string, string, Seen])[] = [
  [
    "a service",
    ", dependencies: [{ workload: api, ports: [http] }]",
    {
      policy: /"to":.*"payments".*8080/,
      scope: /payments\/\*/,
      serviceEntry: "nothing",
      authorization: CALLER,
    },
  ],
  [
    "pods of a namespace",
    ", dependencies: [{ namespace: payments, pods: { app: cache }, port: 6379 }]",
    {
      policy: /"app":"cache".*6379/,
      scope: /payments\/\*/,
      serviceEntry: "nothing",
      // Its namespace lets callers in, by an allow that is there in any case.
      authorization: "nothing",
    },
  ],
  [
    "a range",
    ", dependencies: [{ cidr: 10.201.20.0/24, port: 3306 }]",
    {
      policy: /"to":.*10\.201\.20\.0\/24.*3306/,
      scope: "nothing",
      serviceEntry: /10\.201\.20\.0\/24.*3306/,
      authorization: "nothing",
    },
  ],
  [
    "a DNS name",
    ", dependencies: [{ fqdn: api.example.com, port: 443 }]",
    {
      policy: /toFQDNs.*api\.example\.com.*443/,
      scope: "nothing",
      serviceEntry: /api\.example\.com.*443/,
      authorization: "nothing",
    },
  ],
  [
    "a load balancer that calls",
    `, callers: [{ loadBalancer: internal, ports: [http], ${WHY} }]`,
    {
      policy: /"from":.*ipBlock.*8080/,
      scope: "nothing",
      serviceEntry: "nothing",
      authorization: /ipBlocks.*8080/,
    },
  ],
  [
    "a range that calls",
    `, callers: [{ cidr: 10.202.0.0/20, ports: [admin], ${WHY} }]`,
    {
      policy: /"from":.*10\.202\.0\.0\/20.*9000/,
      scope: "nothing",
      serviceEntry: "nothing",
      authorization: /10\.202\.0\.0\/20.*9000/,
    },
  ],
];

const yamlOf = (declared: string) =>
  MESH +
  namespaces("", "{ pods: { app: cache }, from: { namespace: edge, port: 6379 } }") +
  "workloads:\n" +
  service("web", "edge", declared) +
  service("api", "payments");

/** Without what shows for every service of the mesh. */
function seen(declared: string) {
  const [all, none] = [objects(yamlOf(declared)), objects(yamlOf(""))];
  const more = (kinds: readonly string[], places: readonly string[]) =>
    kinds
      .flatMap((kind) => places.map((place) => [text(find(all, kind, place)), text(find(none, kind, place))]))
      .filter(([now, before]) => now !== before)
      .map(([now]) => now)
      .join();
  const both = ["edge", "payments"];
  return {
    policy: more(["NetworkPolicy", "CiliumNetworkPolicy"], both),
    scope: /"(payments\/\*)"/.exec(text(find(all, "Sidecar", "edge")))?.[0] ?? "",
    serviceEntry: more(["ServiceEntry"], both),
    authorization: more(["AuthorizationPolicy"], both),
  };
}

describe("every kind of end of a declared call reaches all who read calls", () => {
  test.each(KINDS)("%s", (_kind, declared, expected) => {
    const found = seen(declared);

    for (const consumer of ["policy", "serviceEntry", "authorization"] as const) {
      const wanted = expected[consumer];
      expect({ consumer, found: found[consumer] }).toEqual({
        consumer,
        found: wanted === "nothing" ? "" : (expect.stringMatching(wanted) as string),
      });
    }
    // The namespace's own allow makes payments known to edge whatever its services declare.
    if (expected.scope !== "nothing") expect(found.scope).toMatch(expected.scope);
  });
});

describe("a firewall that admits listed domains", () => {
  const said = (dependency: string, more = "") =>
    problemsIn(
      `account: { organizationId: o-a1b2c3d4e5 }
network:
  vpcCidr: 10.0.0.0/16
  zones: [us-east-1a, us-east-1b, us-east-1c]
  subnets: { pods: { prefix: 19 } }
  egress: { kind: firewall, domains: [.quay.io, .partner.example] }
${more}namespaces: { shop: { allow: [{ to: { ${dependency} } }] } }
`,
      ENVIRONMENT,
    ).map((line) => line.replace(/^\S+\s+/, ""));

  test.each(["fqdn: api.stripe.com, port: 443", "fqdn: '*.stripe.com', port: 443"])(
    "tells of a declared call that it stops: %s",
    (dependency) => {
      expect(said(dependency).join()).toMatch(
        /namespaces\.shop\.allow\[0\]\.to\.fqdn: \S+ {2}is not among the domains that the firewall admits; add \S*stripe\.com to network\.egress\.domains/,
      );
    },
  );

  // Its rules stop all but TCP before they look at a name (modules/network/firewall-rules.ts).
  test.each([
    "fqdn: ntp.partner.example, port: 123, protocol: UDP",
    "cidr: 203.0.113.0/24, port: 123, protocol: UDP",
  ])("tells of a call by UDP, which no domain in the list lets out: %s", (dependency) => {
    expect(said(dependency).join()).toMatch(
      /namespaces\.shop\.allow\[0\]\.to\.(fqdn|cidr): \S+ {2}is called over UDP, which the firewall does not let out; /,
    );
  });

  test("says nothing of UDP that stays in the VPC", () => {
    const found = said("cidr: 10.0.9.0/24, port: 123, protocol: UDP");
    expect(found.filter((line) => line.includes("firewall"))).toEqual([]);
  });

  test.each([
    ["what it admits", "fqdn: api.partner.example, port: 443", ""],
    ["an endpoint of AWS", "fqdn: sqs.us-east-1.amazonaws.com, port: 443", ""],
    [
      "a name of the company",
      "fqdn: db.internal.corp, port: 5432",
      "  dns: { forward: { internal.corp: [10.200.0.2] } }\n",
    ],
  ])("says nothing of %s", (_what, dependency, dns) => {
    expect(said(dependency, dns).filter((line) => line.includes("firewall admits"))).toEqual([]);
  });
});
