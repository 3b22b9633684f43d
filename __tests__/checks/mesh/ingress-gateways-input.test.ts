import { NETWORK, problemsIn } from "../../support/problems";

const WAF = "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/edge/0a1b2c3d-0000-0000-0000-000000000000";
const MAY_BE_PUBLIC = "publicNamespaces: [istio-ingress]";
const GATEWAY = "hosts: [example.com], namespaces: [shop], tls: { secret: edge }";

interface Written {
  /** Of mesh, beside what every mesh has. */
  readonly mesh: string;
  readonly loadBalancers?: string;
  readonly gateways?: string;
  readonly api?: string;
  readonly more?: string;
}

/** What a problem says, without its file and line. */
function said({ mesh, loadBalancers = "", gateways = "", api = "api: istio", more = "" }: Written): string[] {
  return problemsIn(
    `${NETWORK}${more}mesh: { kind: istio, id: acme, trustDomain: acme.internal, ${mesh} }\n` +
      `ingress: { loadBalancers: { ${loadBalancers} } }\ntraffic: { ${api}, gateways: { ${gateways} } }\n`,
  )
    .map((line) => line.replace(/^\S+  /, ""))
    .filter((line) => !line.includes("npx octarine vendor gateway-api"));
}

const publicOne = (more: string, loadBalancers = MAY_BE_PUBLIC, gateways = "") =>
  said({ mesh: `ingressGateways: { public: { scheme: public, ${more} } }`, loadBalancers, gateways });

describe("an ingress gateway of the mesh that faces the internet", () => {
  test.each<[string, string[]]>([
    ["an NLB for stated ranges", publicOne("callers: [203.0.113.0/24]")],
    [
      "an NLB for everybody, with a reason",
      publicOne("callers: { anyone: true, reason: a CDN with a web ACL is in front }"),
    ],
    [
      "an ALB with a web ACL",
      publicOne(
        "loadBalancer: alb",
        `${MAY_BE_PUBLIC}, wafAclArn: "${WAF}"`,
        `edge: { ${GATEWAY}, ingressGateway: public }`,
      ),
    ],
    [
      "the short form",
      said({
        mesh: "ingressGateway: { scheme: public, callers: [203.0.113.0/24] }",
        loadBalancers: MAY_BE_PUBLIC,
        gateways: `edge: { ${GATEWAY} }`,
      }),
    ],
    [
      "one beside an internal one",
      said({
        mesh: "ingressGateway: {}, ingressGateways: { public: { scheme: public, callers: [203.0.113.0/24] } }",
        loadBalancers: MAY_BE_PUBLIC,
        gateways: `edge: { ${GATEWAY}, ingressGateway: public }, inside: { ${GATEWAY.replace("example.com", "a.example.com")} }`,
      }),
    ],
  ])("may be %s", (_what, problems) => {
    expect(problems).toEqual([]);
  });

  test.each<[string, string[], string]>([
    [
      "in a namespace that may not",
      publicOne("callers: [203.0.113.0/24]", ""),
      "mesh.ingressGateways.public.scheme: public  faces the internet, which namespace istio-ingress may not; write internal, or add the namespace to ingress.loadBalancers.publicNamespaces",
    ],
    [
      "as an NLB with neither ranges nor a reason, a web ACL or not",
      publicOne("", `${MAY_BE_PUBLIC}, wafAclArn: "${WAF}"`),
      "mesh.ingressGateways.public.scheme: public  names no range that may call it, and an NLB takes no web ACL; write callers: [<range>], or loadBalancer: alb with ingress.loadBalancers.wafAclArn, or callers: { anyone: true, reason }",
    ],
    [
      "as an ALB without a web ACL",
      publicOne("loadBalancer: alb", MAY_BE_PUBLIC, `edge: { ${GATEWAY}, ingressGateway: public }`),
      "mesh.ingressGateways.public.scheme: public  has no web ACL and names no range that may call it; write ingress.loadBalancers.wafAclArn, callers: [<range>], or callers: { anyone: true, reason }",
    ],
    [
      "half the internet without a reason",
      publicOne("callers: [128.0.0.0/1]"),
      "mesh.ingressGateways.public.callers[0]: 128.0.0.0/1  is the internet, or much of it; write ranges of /8 or narrower, or { anyone: true, reason }",
    ],
    [
      "with the callers' own addresses",
      publicOne("callers: [203.0.113.0/24], clientAddress: preserve"),
      "mesh.ingressGateways.public.clientAddress: preserve  would bring packets with the callers' own addresses to private subnets, by which network policies and ACLs judge; write proxy-protocol",
    ],
    [
      "as an ALB with proxy protocol",
      publicOne(
        "loadBalancer: alb, callers: [203.0.113.0/24], clientAddress: proxy-protocol",
        MAY_BE_PUBLIC,
        `edge: { ${GATEWAY}, ingressGateway: public }`,
      ),
      "mesh.ingressGateways.public.clientAddress: proxy-protocol  works with an NLB only: an ALB tells the address in X-Forwarded-For; remove it",
    ],
    [
      "without a way to the internet",
      said({
        mesh: "ingressGateways: { public: { scheme: public, callers: [203.0.113.0/24] } }",
        loadBalancers: MAY_BE_PUBLIC,
        more: "  egress: { kind: none }\n",
      }).filter((line) => line.startsWith("mesh.")),
      "mesh.ingressGateways.public.scheme: public  needs public subnets, and egress: none leaves no way to the internet; write internal",
    ],
  ])("can't be %s", (_what, problems, problem) => {
    expect(problems).toEqual([problem]);
  });
});

describe("an ALB in front of an ingress gateway", () => {
  const alb = "ingressGateways: { edge: { loadBalancer: alb } }";

  test("has no names without a gateway that it leads to", () => {
    expect(said({ mesh: alb })).toEqual([
      "mesh.ingressGateways.edge.loadBalancer: alb  leads nowhere: the ALB's names are those of a gateway, and none is carried out here; write traffic.gateways: { <name>: { hosts, namespaces, tls, ingressGateway: edge } }",
    ]);
  });

  test("names no server to the gateways that it calls, so that there is one of them", () => {
    const gateways = `a: { ${GATEWAY} }, b: { ${GATEWAY.replace("example.com", "b.example.com")} }`;
    expect(said({ mesh: alb, gateways })).toEqual([
      "traffic.gateways.b  would be the second gateway behind one ALB, which names no server to the gateways it calls; add its hosts and namespaces to a, or carry it out by another of mesh.ingressGateways",
    ]);
  });

  test("has one record for a name", () => {
    const api = "api: gateway-api, implementation: istio";
    const dns = "ingress: { dns: { zones: { example.com: Z0123456789ABCDEFGHIJ } }, loadBalancers: {} }";
    const problems = problemsIn(
      `${NETWORK}mesh: { kind: istio, id: acme, trustDomain: acme.internal, ${alb} }\n${dns}\ntraffic: { ${api}, gateways: { a: { ${GATEWAY} } } }\n`,
    ).filter((line) => line.includes(" mesh."));

    expect(problems.map((line) => line.replace(/^\S+  /, ""))).toEqual([
      "mesh.ingressGateways.edge.loadBalancer: alb  would have two records: external-dns gives the names of routes the gateway's address in the cluster, and the ALB's its own; write traffic.api: istio, or nlb",
    ]);
  });

  test("reaches no pod of an overlay", () => {
    const more = "cni: { kind: cilium-overlay, podCidr: 100.64.0.0/16 }\n";
    expect(said({ mesh: alb, gateways: `a: { ${GATEWAY} }`, more })).toContain(
      "mesh.ingressGateways.edge.loadBalancer: alb  has pods as targets, and load balancers reach no pod of an overlay; use another cni.kind",
    );
  });
});

describe("which ingress gateway carries a gateway out", () => {
  const two = "ingressGateways: { a: {}, b: {} }";

  test.each<[string, Written, string]>([
    [
      "has to be said of several",
      { mesh: two, gateways: `edge: { ${GATEWAY} }` },
      "traffic.gateways.edge  could be carried out by a or b; write ingressGateway: <name>",
    ],
    [
      "is one that there is",
      { mesh: two, gateways: `edge: { ${GATEWAY}, ingressGateway: c }` },
      'traffic.gateways.edge.ingressGateway: c  refers to "c", which mesh.ingressGateways does not have; it has a, b',
    ],
    [
      "is nothing that Cilium's gateways ask for",
      {
        mesh: "ingressGateway: {}",
        api: "api: gateway-api, implementation: cilium",
        gateways: `edge: { ${GATEWAY}, ingressGateway: a }`,
        more: "cni: { kind: cilium-eni, gatewayApi: { enabled: true } }\n",
      },
      "traffic.gateways.edge.ingressGateway: a  has no effect: only gateways of Istio are carried out by one; remove it",
    ],
    [
      "decides the scheme too",
      {
        mesh: two,
        api: "api: gateway-api, implementation: istio",
        gateways: `edge: { ${GATEWAY}, ingressGateway: a, scheme: public }`,
      },
      "traffic.gateways.edge.scheme: public  does not apply to this gateway: its load balancer is that of mesh.ingressGateway or of mesh.ingressGateways, where its scheme is; remove it",
    ],
  ])("%s", (_what, written, problem) => {
    expect(said(written)).toEqual([problem]);
  });
});
