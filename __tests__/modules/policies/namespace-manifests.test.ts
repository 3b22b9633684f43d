import { namespaceLabels } from "../../../src/modules/policies/namespace-labels";
import { namespaceManifests, type NamespaceRules } from "../../../src/modules/policies/namespace-manifests";
import { type Flow, tcp } from "../../../src/modules/policies/network-flows";

const baseline = {
  family: "ipv4",
  identity: "pod-identity",
  sts: { names: ["sts.us-east-1.amazonaws.com"], cidrs: ["10.0.0.0/22"] },
  monitoringNamespace: "monitoring",
  metricsPorts: [9090],
} as const;
const closed = { baseline, allow: [] };
const manifests = (over: Partial<NamespaceRules> = {}) =>
  namespaceManifests("shop", { isolated: {}, enforcer: "kubernetes", closed, ...over });

const DENY = {
  spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"], ingress: [], egress: [] },
};

test("a closed namespace denies both directions and allows what every pod needs", () => {
  const all = manifests();

  expect(all["default-deny"]).toMatchObject(DENY);
  expect(Object.keys(all)).toEqual([
    ...["allow-aws-identity", "allow-dns", "allow-metrics", "allow-same-namespace", "default-deny"],
  ]);
});

test("an open namespace has no policy: one that allows would close it", () => {
  expect(manifests({ closed: undefined })).toEqual({});
});

describe("isolated pods, by Kubernetes' policy and by Cilium's", () => {
  const isolated = { app: { values: ["default"], probes: false } };

  test("Kubernetes: a policy that allows nothing", () => {
    const { "deny-app-default": deny } = manifests({ isolated, closed: undefined });

    expect(deny).toMatchObject({
      kind: "NetworkPolicy",
      spec: { ...DENY.spec, podSelector: { matchLabels: { app: "default" } } },
    });
  });

  test("Cilium: an explicit deny besides", () => {
    const all = manifests({ isolated, closed: undefined, enforcer: "cilium" });

    expect(Object.keys(all)).toEqual(["deny-app-default", "deny-app-default-cilium"]);
    expect(all["deny-app-default-cilium"]).toMatchObject({
      kind: "CiliumNetworkPolicy",
      spec: {
        endpointSelector: { matchLabels: { app: "default" } },
        ingressDeny: [{ fromEntities: ["all"] }],
        egressDeny: [{ toEntities: ["all"] }],
      },
    });
  });

  // cilium/cilium 1.19, pkg/policy/api/entity.go: `all` and `cluster` take the own node in, and so kubelet.
  test("Cilium: with probes the deny names everybody but the own node", () => {
    const probed = { app: { values: ["default"], probes: true } };
    const all = manifests({ isolated: probed, closed: undefined, enforcer: "cilium" });

    const { ingressDeny, egressDeny } = all["deny-app-default-cilium"]?.spec as Record<string, object[]>;
    expect(ingressDeny).toEqual([
      { fromEntities: ["world", "remote-node", "ingress", "health", "init", "unmanaged"] },
      {
        fromEndpoints: [
          {
            matchExpressions: [
              { key: "k8s:io.kubernetes.pod.namespace", operator: "Exists" },
              // pkg/k8s/apis/cilium.io/utils: a selector that names no cluster means the own one (policyDefaultLocalCluster).
              { key: "k8s:io.cilium.k8s.policy.cluster", operator: "Exists" },
            ],
          },
        ],
      },
    ]);
    expect(egressDeny).toEqual([{ toEntities: ["all"] }]);
  });

  test.each(["kubernetes", "cilium"] as const)("%s: values whose names would be the same", (enforcer) => {
    const values = ["A", "a", "a-cilium", "a.cilium", "a"];
    const all = manifests({ isolated: { app: { values, probes: false } }, closed: undefined, enforcer });

    const denied = Object.values(all).flatMap(({ kind, spec }) =>
      kind === "NetworkPolicy" ? [(spec as { podSelector: unknown }).podSelector] : [],
    );
    expect(denied).toHaveLength(4);
    for (const value of values) expect(denied).toContainEqual({ matchLabels: { app: value } });
    const names = Object.values(all).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(new Set(names).size).toBe(enforcer === "cilium" ? 8 : 4);
  });

  test("no allowance reaches them, since policies of Kubernetes only add", () => {
    const flow: Flow = { direction: "egress", peers: [{ kind: "cidr", cidr: "10.9.0.0/24" }], ports: tcp(1) };
    const allow = [{ name: "to-db", pods: { app: "backend" }, flow }];
    const all = manifests({
      isolated: { stage: { values: ["b", "a"], probes: true }, ...isolated },
      closed: { baseline, allow },
    });
    const notIn = [
      { key: "app", operator: "NotIn", values: ["default"] },
      { key: "stage", operator: "NotIn", values: ["a", "b"] },
    ];

    const allowing = Object.entries(all).filter(([name]) => /^(allow|to)-/.test(name));
    expect(allowing).toHaveLength(5);
    for (const [, manifest] of allowing)
      expect(manifest).toMatchObject({ spec: { podSelector: { matchExpressions: notIn } } });
    expect(all["to-db"]).toMatchObject({ spec: { podSelector: { matchLabels: { app: "backend" } } } });
  });
});

describe("beside declared services", () => {
  const flow: Flow = {
    direction: "egress",
    peers: [{ kind: "cidr", cidr: "10.9.0.0/24" }],
    ports: tcp(3306),
  };
  const allow = [
    { name: "to-db", flow },
    { name: "to-db-of-app-backend", pods: { app: "backend" }, flow },
    { name: "mesh-edge", ofWorkloads: true, flow },
  ];
  const all = manifests({ closed: { baseline, allow, hasWorkloads: true } });
  const selects = (name: string) => (all[name]?.spec as { podSelector: unknown }).podSelector;
  const others = { matchExpressions: [{ key: "octarine/workload", operator: "DoesNotExist" }] };

  test("what is open for the namespace is not for services, which say themselves whom they call", () => {
    for (const name of ["to-db", "allow-same-namespace", "allow-metrics"])
      expect(selects(name)).toEqual(others);
  });

  test("what names pods is for them, and what every pod needs is for services, too", () => {
    expect(selects("to-db-of-app-backend")).toEqual({ matchLabels: { app: "backend" } });
    for (const name of ["mesh-edge", "allow-dns", "allow-aws-identity"]) expect(selects(name)).toEqual({});
  });
});

describe("requests under Cilium, whose Envoy matches the path with its query string", () => {
  const pathOf = (path: string) => {
    const flow: Flow = {
      direction: "ingress",
      peers: [{ kind: "pods", namespace: "edge" }],
      ports: tcp(8080),
      http: [{ path }],
    };
    const all = manifests({ enforcer: "cilium", closed: { baseline, allow: [{ name: "from-edge", flow }] } });
    const [rule] = /"path":"((?:[^"\\]|\\.)*)"/.exec(JSON.stringify(all)) ?? [];
    return (JSON.parse(`{${rule ?? ""}}`) as { path: string }).path;
  };

  test.each([
    ["/v1/orders", ["/v1/orders", "/v1/orders?dry=1"], ["/v1/orders/7", "/v1/orders7?a"]],
    ["/v1/orders$", ["/v1/orders", "/v1/orders?dry=1"], ["/v1/orders/7"]],
    ["/a|/b/.*", ["/a", "/a?x=1", "/b/c", "/b/c?x=1"], ["/c", "/ab"]],
    ["/v1/.*", ["/v1/", "/v1/x?y=1"], ["/v2/"]],
    ["/v1/orders\\?dry=1", ["/v1/orders?dry=1"], ["/v1/orders", "/v1/orders?dry=2"]],
    ["/v1/[a-z]+", ["/v1/abc", "/v1/abc?d"], ["/v1/abc/d"]],
  ])("%s", (path, taken, refused) => {
    const whole = new RegExp(`^(?:${pathOf(path)})$`);

    for (const each of taken) expect(each).toMatch(whole);
    for (const each of refused) expect(each).not.toMatch(whole);
  });

  test("an expression that takes any query already stays as it is written", () => {
    expect(pathOf("/v1/.*")).toBe("/v1/.*");
  });
});

describe("under Cilium", () => {
  const dns = (rules: Partial<NamespaceRules>) =>
    Object.keys(manifests({ enforcer: "cilium", ...rules })).filter((name) => name.startsWith("allow-dns"));

  test("lookups pass the proxy once a name is a peer", () => {
    const flow: Flow = {
      direction: "egress",
      peers: [{ kind: "fqdn", name: "a.example.com" }],
      ports: tcp(443),
    };
    const allow = [{ name: "to-a", flow }];

    expect(dns({})).toEqual(["allow-dns"]);
    expect(dns({ closed: { baseline, allow } })).toEqual(["allow-dns-cilium"]);
    expect(dns({ closed: { baseline: { ...baseline, identity: "irsa" }, allow: [] } })).toEqual([
      "allow-dns-cilium",
    ]);
  });
});

test("in an ambient mesh pods are reached by HBONE, too", () => {
  const flow: Flow = { direction: "ingress", peers: [{ kind: "pods", namespace: "edge" }], ports: tcp(8080) };
  const mesh = { mode: "ambient", controlPlaneNamespace: "istio-system" } as const;
  const all = manifests({
    closed: { baseline: { ...baseline, mesh }, allow: [{ name: "from-edge", flow }] },
  });

  expect(all["from-edge"]).toMatchObject({
    spec: { ingress: [{ ports: [{ port: 8080 }, { port: 15008 }] }] },
  });
});

test("quota and limits in units of Kubernetes", () => {
  const { quota, "container-limits": limits } = manifests({
    quota: { cpus: 2.5, memoryGiB: 8, storageGiB: 100, pods: 20, loadBalancers: 0 },
    limits: {
      defaultRequest: { cpus: 0.1, memoryMiB: 128 },
      defaultLimit: { memoryMiB: 256 },
      max: { cpus: 4 },
    },
  });

  expect(quota).toHaveProperty("spec.hard", {
    "requests.cpu": "2500m",
    "requests.memory": "8Gi",
    "requests.storage": "100Gi",
    pods: "20",
    "services.loadbalancers": "0",
  });
  expect(limits).toHaveProperty("spec.limits", [
    {
      type: "Container",
      defaultRequest: { cpu: "100m", memory: "128Mi" },
      default: { memory: "256Mi" },
      max: { cpu: "4" },
    },
  ]);
});

test("the order of what is listed means nothing", () => {
  const flow = (cidr: string): Flow => ({
    direction: "egress",
    peers: [{ kind: "cidr", cidr }],
    ports: tcp(1),
  });
  const allow = [
    { name: "to-a", flow: flow("10.0.0.0/24") },
    { name: "to-b", flow: flow("10.0.1.0/24") },
  ];
  const text = (listed: typeof allow) => JSON.stringify(manifests({ closed: { baseline, allow: listed } }));

  expect(text(allow.toReversed())).toBe(text(allow));
});

test("labels enforce a level, and warn of all that is above restricted", () => {
  const labels = {
    podSecurity: "baseline",
    kubernetesVersion: "1.35",
    team: "shop",
    labels: { a: "b" },
  } as const;

  expect(namespaceLabels(labels)).toEqual({
    a: "b",
    "octarine/team": "shop",
    "pod-security.kubernetes.io/enforce": "baseline",
    "pod-security.kubernetes.io/enforce-version": "v1.35",
    "pod-security.kubernetes.io/audit": "restricted",
    "pod-security.kubernetes.io/audit-version": "v1.35",
    "pod-security.kubernetes.io/warn": "restricted",
    "pod-security.kubernetes.io/warn-version": "v1.35",
  });
});
