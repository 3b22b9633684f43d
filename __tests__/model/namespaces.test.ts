import { NETWORK, problemsIn } from "../support/problems";

/** Lines from the fourth on: the network takes three. */
const VPC_CNI = "cni: { kind: vpc-cni }\n";
const problems = (yaml: string, before = "") => problemsIn(NETWORK + before + yaml);
const at = (line: number, rest: string) => [`envs/dev/us-east-1.yaml:${line}:${rest}`];

test("namespaces without any settings are accepted", () => {
  expect(problems("namespaces: { shop: {}, default: {} }\n")).toEqual([]);
  expect(problems("policies: {}\n")).toEqual([]);
});

test("two namespaces that allow the same from both sides are taken", () => {
  const shop = "shop: { allow: [{ from: { namespace: edge, port: 8080 } }] }";
  const edge = "edge: { allow: [{ to: { namespace: shop, pods: { app: api }, port: 8080 } }] }";

  expect(problems(`namespaces: { ${shop}, ${edge} }\n`)).toEqual([]);
});

test("flows to the collector are taken wherever the platform has it", () => {
  const flow = "namespaces: { shop: { allow: [{ to: { namespace: tracing, port: 4318 } }] } }\n";
  const collector = "observability: { openTelemetry: { namespace: tracing, traces: { kind: xray } } }\n";

  expect(problemsIn(NETWORK + flow + collector)).toEqual([]);
  expect(problemsIn(NETWORK + flow)).toHaveLength(1);
});

// Chart istiod, values.yaml: a sidecar or waypoint may use two CPUs and 1 GiB. A limit range is for all containers of a pod.
describe("limits of a namespace with Istio's proxies", () => {
  const istio = "mesh: { kind: istio, id: acme, trustDomain: acme.internal }\ningress: {}\n";
  const ambient =
    "mesh: { kind: istio-ambient, id: acme, trustDomain: acme.internal, waypoints: [shop] }\ningress: {}\n";
  const shop = (max: string, labels: string) =>
    `namespaces: { shop: { labels: { ${labels} }, limits: { max: ${max} } } }\n`;

  test.each([
    ["sidecars", istio, "{ memoryMiB: 512 }", "istio-injection: enabled", "memoryMiB: 512", 1024],
    ["sidecars", istio, "{ cpus: 1 }", "istio-injection: enabled", "cpus: 1", 2],
    ["waypoint", ambient, "{ cpus: 1 }", "istio.io/dataplane-mode: ambient", "cpus: 1", 2],
  ])("leave room for its %s", (proxies, mesh, max, labels, value, needed) => {
    expect(problems(mesh + shop(max, labels)).filter((each) => each.includes("limits.max"))).toEqual([
      expect.stringContaining(
        `namespaces.shop.limits.max.${value}  is less than Istio's ${proxies} may use, ${needed}: no pod with one would be admitted; write at least ${needed}`,
      ),
    ]);
  });

  test("are the team's own business where there is no proxy", () => {
    expect(problems(istio + shop("{ memoryMiB: 512 }", "tier: web"))).toEqual([]);
    expect(problems(istio + shop("{ memoryMiB: 1024, cpus: 2 }", "istio-injection: enabled"))).toEqual([]);
  });
});

describe("the schema", () => {
  test.each<[string, string, string]>([
    [
      "a weaker level without a reason",
      "namespaces: { shop: { podSecurity: { level: baseline } } }\n",
      "4:23  namespaces.shop.podSecurity  has no reason; add it",
    ],
    [
      "an unknown level",
      "namespaces: { shop: { podSecurity: baseline } }\n",
      "4:36  namespaces.shop.podSecurity: baseline  must be restricted or { level: baseline | privileged, reason }",
    ],
    [
      "an open network without a reason",
      "policies: { defaultDeny: { enabled: false } }\n",
      "4:13  policies.defaultDeny  has no reason; add it",
    ],
    [
      "a rule that is off without a reason",
      "policies: { admission: { imageTags: { action: none } } }\n",
      "4:26  policies.admission.imageTags  has no reason; add it",
    ],
    [
      "a registry with a scheme",
      "policies: { allowedRegistries: ['https://ghcr.io'] }\n",
      "4:33  policies.allowedRegistries[0]: https://ghcr.io  is not a registry; write host or host/path, without https:// and a slash at the end",
    ],
    [
      "no registry at all",
      "policies: { allowedRegistries: [] }\n",
      "4:13  policies.allowedRegistries  allows no image at all; name a registry, or leave the key out",
    ],
    [
      "an annotation of something else",
      "policies: { loadBalancerAnnotations: [example.com/a] }\n",
      "4:39  policies.loadBalancerAnnotations[0]: example.com/a  is not an annotation of load balancers; write service.beta.kubernetes.io/aws-load-balancer-<name> or alb.ingress.kubernetes.io/<name>, or a beginning of one with * behind it",
    ],
    [
      "a flow both ways",
      "namespaces: { shop: { allow: [{ to: { cidr: 10.0.0.0/24, port: 1 }, from: { cidr: 10.0.0.0/24, port: 1 } }] } }\n",
      "4:31  namespaces.shop.allow[0]  has to and from, which exclude each other; keep one",
    ],
    [
      "two peers in one",
      "namespaces: { shop: { allow: [{ to: { cidr: 10.9.0.0/24, fqdn: a.example.com, port: 1 } }] } }\n",
      "4:33  namespaces.shop.allow[0].to  has cidr and fqdn, which exclude each other; keep one",
    ],
    [
      "a name that is none",
      "namespaces: { shop: { allow: [{ to: { fqdn: '*', port: 443 } }] } }\n",
      "4:45  namespaces.shop.allow[0].to.fqdn: *  is not a DNS name; write for example api.example.com or *.example.com",
    ],
    [
      "a label of Pod Security",
      "namespaces: { shop: { labels: { pod-security.kubernetes.io/enforce: privileged } } }\n",
      '4:33  namespaces.shop.labels."pod-security.kubernetes.io/enforce"  is a label that the platform or Kubernetes sets; prefixes octarine/, kubernetes.io/ and pod-security.kubernetes.io/ are taken',
    ],
    [
      "a quota of nothing",
      "namespaces: { shop: { quota: {} } }\n",
      "4:23  namespaces.shop.quota  limits nothing; write for example { cpus: 20, memoryGiB: 40 }",
    ],
  ])("refuses %s", (_name, yaml, line) => {
    expect(problems(yaml)).toEqual([`envs/dev/us-east-1.yaml:${line}`]);
  });
});

describe("checks", () => {
  test.each<[string, string, string]>([
    [
      "a namespace of the platform",
      "namespaces: { monitoring: {} }\n",
      "4:15  namespaces.monitoring  is a namespace of the platform, whose components bring their own rules; write another name",
    ],
    [
      "the namespace of the collector",
      "observability: { openTelemetry: { traces: { kind: xray }, namespace: tracing } }\nnamespaces: { tracing: {} }\n",
      "5:15  namespaces.tracing  is a namespace of the platform, whose components bring their own rules; write another name",
    ],
    [
      "a public namespace that is not there",
      "ingress: { loadBalancers: { publicNamespaces: [edge, istio-system] } }\nnamespaces: { shop: {} }\n",
      "4:48  ingress.loadBalancers.publicNamespaces[0]: edge  is not a namespace of this target; declare it under namespaces, or remove it",
    ],
    [
      "an exemption that is there already",
      "policies: { exemptNamespaces: { argocd: it is the platform's } }\n",
      "4:41  policies.exemptNamespaces.argocd: it is the platform's  is a namespace of the platform, which is exempt already; remove it",
    ],
    [
      "registries that no rule reads",
      "policies: { allowedRegistries: [ghcr.io], admission: { imageRegistries: { action: none, reason: for a short test } } }\n",
      "4:13  policies.allowedRegistries  has no effect: admission.imageRegistries is none; remove one of them",
    ],
    [
      "a default above the most",
      "namespaces: { shop: { limits: { defaultLimit: { memoryMiB: 512 }, max: { memoryMiB: 256 } } } }\n",
      "4:60  namespaces.shop.limits.defaultLimit.memoryMiB: 512  is more than max: 256; write at most 256",
    ],
    [
      "flows where nothing is closed",
      "namespaces: { shop: { defaultDeny: { enabled: false, reason: for a short test }, allow: [{ to: { cidr: 10.9.0.0/24, port: 1 } }] } }\n",
      "4:82  namespaces.shop.allow  allows what nothing denies: defaultDeny is off; remove it, or turn defaultDeny on",
    ],
    [
      "a flow that is there twice",
      "namespaces: { shop: { allow: [{ to: { cidr: 10.9.0.0/24, port: 1 } }, { to: { cidr: 10.9.0.0/24, port: 1 } }] } }\n",
      "4:23  namespaces.shop.allow[1]: 10.9.0.0/24  is listed twice; keep one",
    ],
    [
      "the whole internet without a reason",
      "namespaces: { shop: { allow: [{ to: { cidr: 0.0.0.0/0, port: 443 } }] } }\n",
      "4:45  namespaces.shop.allow[0].to.cidr: 0.0.0.0/0  opens the pods to every address; write narrower ranges, or add a reason",
    ],
    [
      "a namespace that is not there",
      "namespaces: { shop: { allow: [{ to: { namespace: ledgr, port: 1 } }] } }\n",
      "4:50  namespaces.shop.allow[0].to.namespace: ledgr  is not a namespace of this target; declare it under namespaces, or correct the name",
    ],
    [
      "a flow that the other end does not allow",
      "namespaces: { shop: { allow: [{ to: { namespace: edge, port: 53, protocol: UDP } }] }, edge: {} }\n",
      "4:50  namespaces.shop.allow[0].to.namespace: edge  does not allow it from its side; add to namespaces.edge.allow: { from: { namespace: shop, port: 53, protocol: UDP } }",
    ],
    [
      "the own namespace",
      "namespaces: { shop: { allow: [{ to: { namespace: shop, port: 1 } }] } }\n",
      "4:50  namespaces.shop.allow[0].to.namespace: shop  is the namespace itself, whose pods reach each other without it; remove it, or for a service write its dependencies, callers or peers",
    ],
    [
      "pods of no namespace",
      "namespaces: { shop: { allow: [{ to: { cidr: 10.9.0.0/24, pods: { a: b }, port: 1 } }] } }\n",
      "4:58  namespaces.shop.allow[0].to.pods  has no effect without namespace; remove it",
    ],
    [
      "requests inside of TLS",
      "namespaces: { shop: { allow: [{ to: { fqdn: a.example.com, port: 443 }, http: [{ method: GET }] }] } }\n",
      "4:73  namespaces.shop.allow[0].http  can't be seen in what leaves for a DNS name, which is encrypted; remove it",
    ],
    [
      "requests by UDP",
      "namespaces: { shop: { allow: [{ to: { cidr: 10.9.0.0/24, port: 1, protocol: UDP }, http: [{ method: GET }] }] } }\n",
      "4:84  namespaces.shop.allow[0].http  is for TCP only; write protocol: TCP, or remove it",
    ],
  ])("refuse %s", (_name, yaml, line) => {
    expect(problems(yaml)).toEqual([`envs/dev/us-east-1.yaml:${line}`]);
  });

  test("refuse a range of pods under Cilium, which no range matches", () => {
    const overlay = "cni: { kind: cilium-overlay, podCidr: 100.64.0.0/11 }\n";

    expect(
      problems("namespaces: { shop: { allow: [{ to: { cidr: 100.64.1.0/24, port: 1 } }] } }\n", overlay),
    ).toEqual(
      at(
        5,
        "45  namespaces.shop.allow[0].to.cidr: 100.64.1.0/24  is in the pods' range 100.64.0.0/11, and Cilium knows pods by namespace and labels only; write namespace",
      ),
    );
  });

  test("refuse public load balancers in a network without public subnets", () => {
    const isolated =
      "  egress: { kind: none }\n  endpoints: { set: isolated }\nimages: { mirror: 111122223333.dkr.ecr.us-east-1.amazonaws.com }\n";

    expect(
      problems("namespaces: { shop: { allow: [{ from: { loadBalancer: public, port: 1 } }] } }\n", isolated),
    ).toEqual(
      at(
        7,
        "55  namespaces.shop.allow[0].from.loadBalancer: public  has no subnets here: the network has none that are public; write internal",
      ),
    );
  });
});

describe("with the VPC CNI", () => {
  test.each<[string, string, string]>([
    [
      "a DNS name",
      "namespaces: { shop: { allow: [{ to: { fqdn: api.stripe.com, port: 443 } }] } }\n",
      "45  namespaces.shop.allow[0].to.fqdn: api.stripe.com  needs Cilium: Kubernetes policies don't know names; write cidr, or choose a cilium kind of cni",
    ],
    [
      "requests",
      "namespaces: { shop: { allow: [{ from: { cidr: 10.9.0.0/24, port: 80 }, http: [{ method: GET }] }] } }\n",
      "72  namespaces.shop.allow[0].http  needs Cilium: Kubernetes policies don't see requests; remove it, or choose a cilium kind of cni",
    ],
  ])("refuses %s", (_name, yaml, line) => {
    expect(problems(yaml, VPC_CNI)).toEqual(at(5, line));
  });

  describe("whose policy agent is off", () => {
    const off = "cni: { kind: vpc-cni, networkPolicy: false }\n";

    test("refuses a closed namespace", () => {
      expect(problems("namespaces: { shop: {} }\n", off)).toEqual(
        at(
          5,
          "15  namespaces.shop  is closed by default, and nothing enforces it: cni.networkPolicy is off; turn it on, or write defaultDeny: { enabled: false, reason: ... }",
        ),
      );
    });

    test("refuses closed namespaces for themselves, not for what they don't allow each other", () => {
      const shop = "shop: { allow: [{ to: { namespace: edge, port: 80 } }] }";

      expect(problems(`namespaces: { ${shop}, edge: {} }\n`, off)).toEqual([
        expect.stringContaining("namespaces.shop  is closed by default, and nothing enforces it"),
        expect.stringContaining("namespaces.edge  is closed by default, and nothing enforces it"),
      ]);
    });

    test("refuses isolated pods, and takes a namespace that is open", () => {
      const open = "policies: { defaultDeny: { enabled: false, reason: for a short test } }\n";

      expect(problems("namespaces: { shop: { isolate: { app: [a] } } }\n", off + open)).toEqual(
        at(
          6,
          "23  namespaces.shop.isolate  isolates pods, and nothing enforces it: cni.networkPolicy is off; turn it on, or remove it",
        ),
      );
      expect(problems("namespaces: { shop: {} }\n", off + open)).toEqual([]);
    });
  });
});
