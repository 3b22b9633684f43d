import { decideFlow, type Flow, type Verdict } from "../../../src/reachability/policy/decide";
import type { Peer } from "../../../src/reachability/policy/peers";
import { api, ciliumPolicy, networkPolicy, pods, vault, web, worldOf } from "./worlds";

const flow = (from: Peer, to: Peer, port = 8080, more: Partial<Flow> = {}): Flow => ({
  from,
  to,
  port,
  transport: "TCP",
  ...more,
});
const outside = (address: string): Peer => ({ kind: "address", address });
const host: Peer = { kind: "entity", entity: "host" };
const all = { endpointSelector: {} };
const closed = networkPolicy({ podSelector: {}, policyTypes: ["Ingress", "Egress"] }, "shop");

// Cilium v1.19.6: pkg/policy (repository.go, l4.go, mapstate.go), pkg/policy/api and pkg/k8s. tools/policy-agreement/compare.ts asks that code.
describe("policies of Cilium", () => {
  test.each<[string, object[], Flow, Verdict]>([
    ["nothing selects the pods", [], flow(web, api), "allowed"],
    ["a namespace is closed", [closed], flow(web, api), "denied"],
    ["the node of the pods", [closed], flow(host, web), "allowed"],
    [
      "the node of pods that deny it",
      [ciliumPolicy({ ...all, ingressDeny: [{ fromEntities: ["all"] }] })],
      flow(host, web),
      "denied",
    ],
    ["another node", [closed], flow({ kind: "entity", entity: "remote-node" }, web), "denied"],
    [
      "pods on the host network, which are a node",
      [ciliumPolicy({ ...all, ingress: [{ fromEndpoints: [{}] }] }, "shop")],
      flow(pods("shop/agent", "agent", { hostNetwork: true }), web),
      "denied",
    ],
    [
      "a deny beside an allow",
      [
        ciliumPolicy({
          ...all,
          egress: [{ toEntities: ["all"] }],
          egressDeny: [{ toCIDR: ["169.254.169.254"] }],
        }),
      ],
      flow(web, outside("169.254.169.254")),
      "denied",
    ],
    [
      "a rule with neither peers nor ports",
      [ciliumPolicy({ ...all, ingress: [{}] }, "shop")],
      flow(web, api),
      "denied",
    ],
    [
      "a rule with ports alone",
      [ciliumPolicy({ ...all, ingress: [{ toPorts: [{ ports: [{ port: "8080" }] }] }] }, "shop")],
      flow(outside("8.8.8.8"), api),
      "allowed",
    ],
    [
      "no peers at all",
      [ciliumPolicy({ ...all, ingress: [{ fromEndpoints: [] }] }, "shop")],
      flow(web, api),
      "denied",
    ],
    [
      "a rule that closes nothing",
      [
        ciliumPolicy({
          ...all,
          egressDeny: [{ toCIDR: ["10.0.0.0/8"] }],
          enableDefaultDeny: { egress: false },
        }),
      ],
      flow(web, outside("8.8.8.8")),
      "allowed",
    ],
    [
      "pods of another namespace under an empty selector",
      [ciliumPolicy({ ...all, ingress: [{ fromEndpoints: [{}] }] }, "shop")],
      flow(vault, web),
      "denied",
    ],
    [
      "pods of a namespace that a selector names",
      [
        ciliumPolicy(
          {
            ...all,
            ingress: [{ fromEndpoints: [{ matchLabels: { "k8s:io.kubernetes.pod.namespace": "bank" } }] }],
          },
          "shop",
        ),
      ],
      flow(vault, web),
      "allowed",
    ],
    [
      "pods of another cluster",
      [ciliumPolicy({ ...all, ingress: [{ fromEndpoints: [{ matchLabels: { app: "web" } }] }] }, "shop")],
      flow({ ...web, cluster: "west" }, api),
      "denied",
    ],
    [
      "a label that is no part of identities",
      [
        ciliumPolicy(
          { ...all, ingress: [{ fromEndpoints: [{ matchLabels: { "pod-template-hash": "abc" } }] }] },
          "shop",
        ),
      ],
      flow({ ...web, labels: { "pod-template-hash": "abc" } }, api),
      "denied",
    ],
    [
      "ranges, which reach no pods",
      [ciliumPolicy({ ...all, egress: [{ toCIDR: ["0.0.0.0/0"] }] }, "shop")],
      flow(web, vault),
      "denied",
    ],
    [
      "a hole in a range",
      [
        ciliumPolicy(
          { ...all, egress: [{ toCIDRSet: [{ cidr: "10.0.0.0/8", except: ["10.9.0.0/16"] }] }] },
          "shop",
        ),
      ],
      flow(web, outside("10.9.1.1")),
      "denied",
    ],
    [
      "a port of a range",
      [
        ciliumPolicy(
          { ...all, egress: [{ toPorts: [{ ports: [{ port: "9000", endPort: 9500 }] }] }] },
          "shop",
        ),
      ],
      flow(web, vault, 9443),
      "allowed",
    ],
    [
      "a range of ports whose end only Terraform knows",
      [
        ciliumPolicy(
          { ...all, egress: [{ toPorts: [{ ports: [{ port: "9000", endPort: "${local.end}" }] }] }] },
          "shop",
        ),
      ],
      flow(web, vault, 9443),
      "undecided",
    ],
    [
      "a port by its name",
      [
        ciliumPolicy(
          { ...all, ingress: [{ toPorts: [{ ports: [{ port: "rest", protocol: "TCP" }] }] }] },
          "shop",
        ),
      ],
      flow(web, api, 9000),
      "allowed",
    ],
    [
      "a name of a port that the pod lacks",
      [
        ciliumPolicy(
          { ...all, ingress: [{ toPorts: [{ ports: [{ port: "rest", protocol: "TCP" }] }] }] },
          "shop",
        ),
      ],
      flow(api, web, 9000),
      "denied",
    ],
    [
      "the API server by its entity",
      [ciliumPolicy({ ...all, egress: [{ toEntities: ["kube-apiserver"] }] }, "shop")],
      flow(web, { kind: "entity", entity: "kube-apiserver" }, 443),
      "allowed",
    ],
    [
      "labels of namespaces in a NetworkPolicy",
      [
        networkPolicy(
          {
            podSelector: {},
            ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: "bank" } } }] }],
          },
          "shop",
        ),
      ],
      flow(vault, web),
      "allowed",
    ],
    [
      "the namespace that its own selector names is not the policy's",
      [
        ciliumPolicy(
          { endpointSelector: { matchLabels: { "k8s:io.kubernetes.pod.namespace": "bank" } }, ingress: [{}] },
          "shop",
        ),
      ],
      flow(vault, web),
      "denied",
    ],
  ])("%s", (_, objects, asked, verdict) => {
    expect(decideFlow(worldOf(objects), asked).verdict).toBe(verdict);
  });

  test("Kubernetes alone looks at no direction that policyTypes leave out; Cilium does", () => {
    const policy = networkPolicy(
      { podSelector: {}, policyTypes: ["Ingress"], egress: [{ to: [{ podSelector: {} }] }] },
      "shop",
    );

    expect(decideFlow(worldOf([policy]), flow(web, outside("8.8.8.8"))).egress.verdict).toBe("denied");
    expect(
      decideFlow(worldOf([policy], { kind: "kubernetes" }), flow(web, outside("8.8.8.8"))).egress.verdict,
    ).toBe("allowed");
  });

  test("the policies that decide are named", () => {
    const allow = ciliumPolicy(
      {
        ...all,
        egress: [
          { toEndpoints: [{ matchLabels: { app: "api" } }], toPorts: [{ ports: [{ port: "9000" }] }] },
        ],
      },
      "shop",
    );
    const world = worldOf([allow]);

    expect(decideFlow(world, flow(web, api, 9000)).egress.by).toEqual(["CiliumNetworkPolicy shop/it"]);
    expect(decideFlow(world, flow(web, api, 9001)).egress).toMatchObject({
      verdict: "denied",
      closedBy: ["CiliumNetworkPolicy shop/it"],
      near: ["CiliumNetworkPolicy shop/it"],
    });
  });
});
