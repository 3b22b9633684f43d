import { flowPolicyManifests } from "../../../src/modules/policies/flow-policies";
import { type Flow, tcp } from "../../../src/modules/policies/network-flows";

const policy = (...flows: Flow[]) => ({
  name: "to-db",
  namespace: "shop",
  pods: { matchLabels: { app: "backend" } },
  flows,
});

const toDatabase: Flow = {
  direction: "egress",
  peers: [{ kind: "cidr", cidr: "10.20.0.0/24" }],
  ports: tcp(3306),
};
const fromEdge: Flow = {
  direction: "ingress",
  peers: [{ kind: "pods", namespace: "edge", labels: { app: "gateway" } }],
  ports: tcp(8080),
};
const toStripe: Flow = {
  direction: "egress",
  peers: [{ kind: "fqdn", name: "api.stripe.com" }],
  ports: tcp(443),
};

test("pods, ranges and ports are a NetworkPolicy of Kubernetes, under Cilium too", () => {
  const expected = {
    "to-db": {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "to-db", namespace: "shop" },
      spec: {
        podSelector: { matchLabels: { app: "backend" } },
        policyTypes: ["Ingress", "Egress"],
        ingress: [
          {
            from: [
              {
                namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "edge" } },
                podSelector: { matchLabels: { app: "gateway" } },
              },
            ],
            ports: [{ protocol: "TCP", port: 8080 }],
          },
        ],
        egress: [{ to: [{ ipBlock: { cidr: "10.20.0.0/24" } }], ports: [{ protocol: "TCP", port: 3306 }] }],
      },
    },
  };

  expect(flowPolicyManifests(policy(toDatabase, fromEdge), "kubernetes")).toEqual(expected);
  expect(flowPolicyManifests(policy(toDatabase, fromEdge), "cilium")).toEqual(expected);
});

test("a policy closes only the directions that it has flows of", () => {
  const manifest = flowPolicyManifests(policy(toDatabase), "kubernetes")["to-db"];

  expect(manifest).toHaveProperty("spec.policyTypes", ["Egress"]);
  expect(manifest).not.toHaveProperty("spec.ingress");
});

test("the own namespace needs no selector of namespaces", () => {
  const own: Flow = { direction: "ingress", peers: [{ kind: "pods", namespace: "shop" }], ports: "all" };

  expect(flowPolicyManifests(policy(own), "kubernetes")["to-db"]).toHaveProperty("spec.ingress", [
    { from: [{ podSelector: {} }] },
  ]);
});

test("names, entities and requests are a CiliumNetworkPolicy beside it", () => {
  const toNode: Flow = { direction: "egress", peers: [{ kind: "entity", entity: "host" }], ports: tcp(80) };
  const http = [{ method: "GET", path: "/v1/.*" }, { path: "/healthz([?].*)?" }];
  const all = Object.values(
    flowPolicyManifests(policy(toDatabase, toStripe, toNode, { ...fromEdge, http }), "cilium"),
  );

  expect(all.map(({ kind }) => kind)).toEqual(["NetworkPolicy", "CiliumNetworkPolicy"]);
  expect(all[1]).toEqual({
    apiVersion: "cilium.io/v2",
    kind: "CiliumNetworkPolicy",
    metadata: { name: "to-db", namespace: "shop" },
    spec: {
      endpointSelector: { matchLabels: { app: "backend" } },
      ingress: [
        {
          fromEndpoints: [{ matchLabels: { "k8s:io.kubernetes.pod.namespace": "edge", app: "gateway" } }],
          toPorts: [{ ports: [{ port: "8080", protocol: "TCP" }], rules: { http } }],
        },
      ],
      egress: [
        {
          toFQDNs: [{ matchName: "api.stripe.com" }],
          toPorts: [{ ports: [{ port: "443", protocol: "TCP" }] }],
        },
        { toEntities: ["host"], toPorts: [{ ports: [{ port: "80", protocol: "TCP" }] }] },
      ],
    },
  });
});

test("a name with a star is a pattern", () => {
  const flow: Flow = { ...toStripe, peers: [{ kind: "fqdn", name: "*.stripe.com" }] };

  expect(flowPolicyManifests(policy(flow), "cilium")["to-db-cilium"]).toMatchObject({
    spec: { egress: [{ toFQDNs: [{ matchPattern: "*.stripe.com" }] }] },
  });
});

test("lookups through the proxy have a rule for names, or Cilium would learn no address", () => {
  const dns: Flow = {
    direction: "egress",
    peers: [{ kind: "pods", namespace: "kube-system", labels: { "k8s-app": "kube-dns" } }],
    ports: [{ port: 53, protocol: "UDP" }],
    dnsProxy: true,
  };

  expect(flowPolicyManifests(policy(dns), "cilium")).toMatchObject({
    "to-db-cilium": { spec: { egress: [{ toPorts: [{ rules: { dns: [{ matchPattern: "*" }] } }] }] } },
  });
});

test("a range can leave a part out, in both APIs", () => {
  const peers = [{ kind: "cidr", cidr: "0.0.0.0/0", except: ["169.254.0.0/16"] }] as const;
  const wide: Flow = { ...toDatabase, peers };
  const { "to-db": common } = flowPolicyManifests(policy(wide), "cilium");
  const { "to-db-cilium": own } = flowPolicyManifests(policy({ ...wide, http: [{}] }), "cilium");
  const range = { cidr: "0.0.0.0/0", except: ["169.254.0.0/16"] };

  expect(common).toMatchObject({ spec: { egress: [{ to: [{ ipBlock: range }] }] } });
  expect(own).toMatchObject({ spec: { egress: [{ toCIDRSet: [range] }] } });
});

test("what only Cilium can say is not a silent gap where another enforces", () => {
  expect(() => flowPolicyManifests(policy(toStripe), "kubernetes")).toThrow(
    "shop/to-db has a flow that only Cilium can allow",
  );
});
