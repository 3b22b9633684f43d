import { decideFlow, type Flow, type Verdict } from "../../../src/reachability/policy/decide";
import type { Peer } from "../../../src/reachability/policy/peers";
import { api, ciliumPolicy, coreDns, vault, web, worldOf } from "./worlds";

const flow = (from: Peer, to: Peer, port = 8080, more: Partial<Flow> = {}): Flow => ({
  from,
  to,
  port,
  transport: "TCP",
  ...more,
});
const outside = (address: string): Peer => ({ kind: "address", address });
const all = { endpointSelector: {} };

describe("rules by name", () => {
  const toName = { toFQDNs: [{ matchPattern: "*.example.com" }] };
  const lookups = {
    toEndpoints: [{ matchLabels: { "k8s:io.kubernetes.pod.namespace": "kube-system" } }],
    toPorts: [
      { ports: [{ port: "53", protocol: "ANY" }], rules: { dns: [{ matchPattern: "**.example.com" }] } },
    ],
  };
  const name = (text: string): Peer => ({ kind: "name", name: text });

  test.each<[string, object[], string, Verdict]>([
    ["hold where the lookup passes the DNS proxy", [toName, lookups], "api.example.com", "allowed"],
    ["take one label for a star", [toName, lookups], "a.b.example.com", "denied"],
    [
      "hold not without the DNS proxy",
      [toName, { ...lookups, toPorts: [{ ports: [{ port: "53", protocol: "ANY" }] }] }],
      "api.example.com",
      "denied",
    ],
    [
      "leave open what a range may say of the address",
      [{ toCIDR: ["203.0.113.0/24"] }],
      "api.example.com",
      "undecided",
    ],
  ])("%s", (_, egress, to, verdict) => {
    const world = worldOf([ciliumPolicy({ ...all, egress }, "shop")]);

    expect(decideFlow(world, flow(web, name(to), 443)).egress.verdict).toBe(verdict);
  });

  test("lookups that the DNS proxy does not take are refused", () => {
    const world = worldOf([ciliumPolicy({ ...all, egress: [lookups] }, "shop")]);

    expect(decideFlow(world, flow(web, coreDns, 53, { lookup: "evil.test" })).verdict).toBe("denied");
    expect(decideFlow(world, flow(web, coreDns, 53, { lookup: "a.b.example.com" })).verdict).toBe("allowed");
  });
});

test("requests are limited to those that a rule names, unless another rule takes all", () => {
  const limited = {
    fromEndpoints: [{}],
    toPorts: [
      { ports: [{ port: "9000", protocol: "TCP" }], rules: { http: [{ method: "GET", path: "/v1/.*" }] } },
    ],
  };
  const post = { method: "POST", path: "/v1/x", host: "api", headers: {} };
  const asked = flow(web, api, 9000, { request: post });

  expect(
    decideFlow(worldOf([ciliumPolicy({ ...all, ingress: [limited] }, "shop")]), asked).ingress,
  ).toMatchObject({ verdict: "denied", limitedTo: ["http: GET /v1/.*"] });
  expect(
    decideFlow(
      worldOf([ciliumPolicy({ ...all, ingress: [limited, { fromEndpoints: [{}] }] }, "shop")]),
      asked,
    ).ingress.verdict,
  ).toBe("allowed");
});

describe("what is not known before apply", () => {
  const unknown = ciliumPolicy({ ...all, egress: [{ toCIDR: ["${data.aws_vpc.it.cidr_block}"] }] }, "shop");

  test("is undecided where it matters, and not where it does not", () => {
    const open = ciliumPolicy(
      { ...all, egress: [{ toCIDR: ["${data.aws_vpc.it.cidr_block}"] }, { toEntities: ["world"] }] },
      "shop",
    );

    expect(decideFlow(worldOf([unknown]), flow(web, outside("10.0.0.1"))).verdict).toBe("undecided");
    expect(decideFlow(worldOf([open]), flow(web, outside("10.0.0.1"))).verdict).toBe("allowed");
    expect(decideFlow(worldOf([unknown]), flow(vault, outside("10.0.0.1"))).verdict).toBe("allowed");
  });

  test("makes all of its namespace undecided where a whole policy is unknown", () => {
    const policy = ciliumPolicy(
      { endpointSelector: { matchLabels: "${local.labels}" }, egress: [{}] },
      "shop",
    );

    expect(decideFlow(worldOf([policy]), flow(web, vault)).verdict).toBe("undecided");
  });
});

test("a policy that Cilium refuses counts for nothing, and is named", () => {
  const world = worldOf([
    ciliumPolicy({ ...all, egress: [{ toCIDR: ["10.0.0.0/8"], toEntities: ["world"] }] }, "shop"),
  ]);

  expect(world.policies.refused).toEqual([
    {
      policy: "CiliumNetworkPolicy shop/it",
      namespace: "shop",
      why: "it combines kinds of peers in one rule",
    },
  ]);
  expect(decideFlow(world, flow(web, vault)).verdict).toBe("allowed");
});

test("rules that hand the same peers and port to two proxies leave the pods without a policy to say", () => {
  const http = { toPorts: [{ ports: [{ port: "53", protocol: "TCP" }], rules: { http: [{}] } }] };
  const dns = {
    toPorts: [{ ports: [{ port: "53", protocol: "TCP" }], rules: { dns: [{ matchPattern: "*" }] } }],
  };

  expect(
    decideFlow(worldOf([ciliumPolicy({ ...all, egress: [http, dns] }, "shop")]), flow(web, vault, 9)).egress,
  ).toMatchObject({
    verdict: "undecided",
    why: "Cilium can't merge rules of dns and http for the same peers and ports",
  });
});
