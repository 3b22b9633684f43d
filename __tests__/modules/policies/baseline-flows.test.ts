import {
  baselineFlows,
  type BaselineInput,
  type IdentityMode,
} from "../../../src/modules/policies/baseline-flows";
import type { FlowPeer } from "../../../src/modules/policies/network-flows";

const input: BaselineInput = {
  namespace: "shop",
  enforcer: "kubernetes",
  family: "ipv4",
  identity: "pod-identity",
  sts: { names: ["sts.us-east-1.amazonaws.com"], cidrs: ["10.0.0.0/22", "10.0.4.0/22"] },
  monitoringNamespace: "monitoring",
  metricsPorts: [],
  dnsProxy: false,
};
const sidecars = { mode: "sidecar", controlPlaneNamespace: "istio-system" } as const;
const ambient = { mode: "ambient", controlPlaneNamespace: "istio-system" } as const;
const flows = (over: Partial<BaselineInput> = {}) => baselineFlows({ ...input, ...over });

const cidr = (text: string): FlowPeer => ({ kind: "cidr", cidr: text });
const fqdn = (name: string): FlowPeer => ({ kind: "fqdn", name });
const tcp = (port: number) => [{ port, protocol: "TCP" }];

describe("AWS credentials", () => {
  test.each<[IdentityMode, string, Partial<BaselineInput>, FlowPeer[], number]>([
    ["pod-identity", "the agent's address", {}, [cidr("169.254.170.23/32")], 80],
    ["pod-identity", "its IPv6 address", { family: "ipv6" }, [cidr("fd00:ec2::23/128")], 80],
    // cilium/cilium#34387: no CIDR matches what listens on the node.
    [
      "pod-identity",
      "the node, under Cilium",
      { enforcer: "cilium" },
      [{ kind: "entity", entity: "host" }],
      80,
    ],
    ["irsa", "the addresses of the STS endpoint", {}, [cidr("10.0.0.0/22"), cidr("10.0.4.0/22")], 443],
    [
      "irsa",
      "the name of STS, under Cilium",
      { enforcer: "cilium" },
      [fqdn("sts.us-east-1.amazonaws.com")],
      443,
    ],
  ])("%s: %s", (identity, _name, over, peers, port) => {
    expect(flows({ identity, ...over })["allow-aws-identity"]).toEqual([
      { direction: "egress", peers, ports: tcp(port) },
    ]);
  });

  test("none: nothing", () => {
    expect(flows({ identity: "none" })).not.toHaveProperty("allow-aws-identity");
  });
});

describe("DNS", () => {
  const peers = (over: Partial<BaselineInput> = {}) => flows(over)["allow-dns"]?.[0]?.peers;

  test("CoreDNS and the cache in front of it, by UDP and TCP", () => {
    const [flow] = flows()["allow-dns"] ?? [];

    expect(flow?.ports).toEqual([
      { port: 53, protocol: "UDP" },
      { port: 53, protocol: "TCP" },
    ]);
    expect(flow?.peers).toEqual([
      { kind: "pods", namespace: "kube-system", labels: { "k8s-app": "kube-dns" } },
      { kind: "pods", namespace: "kube-system", labels: { "k8s-app": "node-local-dns" } },
      cidr("169.254.20.10/32"),
    ]);
  });

  test("under Cilium the cache is a pod, and in IPv6 it has no such address", () => {
    expect(peers({ enforcer: "cilium" })).not.toContainEqual(cidr("169.254.20.10/32"));
    expect(peers({ family: "ipv6" })).not.toContainEqual(cidr("169.254.20.10/32"));
  });

  test("goes through the proxy only where names are peers", () => {
    expect(flows({ enforcer: "cilium", dnsProxy: true })["allow-dns"]).toMatchObject([{ dnsProxy: true }]);
    expect(flows({ enforcer: "cilium" })["allow-dns"]?.[0]).not.toHaveProperty("dnsProxy");
  });
});

test("the own namespace, both ways and all ports", () => {
  const peers = [{ kind: "pods", namespace: "shop" }];

  expect(flows()["allow-same-namespace"]).toEqual([
    { direction: "ingress", peers, ports: "all" },
    { direction: "egress", peers, ports: "all" },
  ]);
});

describe("Prometheus", () => {
  const scrape = (...ports: number[]) => ({
    direction: "ingress",
    peers: [{ kind: "pods", namespace: "monitoring" }],
    ports: ports.flatMap(tcp),
  });

  test("reads pods on the ports that are named, and on no other", () => {
    expect(flows()).not.toHaveProperty("allow-metrics");
    expect(flows({ metricsPorts: [9090, 8080, 9090] })["allow-metrics"]).toEqual([scrape(8080, 9090)]);
  });

  test("reads agents of sidecars, which have the metrics of both containers", () => {
    expect(flows()).not.toHaveProperty("allow-monitoring");
    expect(flows({ mesh: sidecars })["allow-monitoring"]).toEqual([scrape(15020)]);
    expect(flows({ mesh: ambient })).not.toHaveProperty("allow-monitoring");
  });

  test("reads agents of waypoints and of sidecars beside ambient pods", () => {
    expect(flows({ mesh: { ...ambient, hasProxies: true } })["allow-monitoring"]).toEqual([scrape(15020)]);
  });
});

test("where there is a collector, it takes traces", () => {
  expect(flows({ collectorNamespace: "opentelemetry" })["allow-monitoring"]).toEqual([
    {
      direction: "egress",
      peers: [{ kind: "pods", namespace: "opentelemetry" }],
      ports: [...tcp(4317), ...tcp(4318)],
    },
  ]);
});

describe("the API server", () => {
  const apiServerCidrs = ["172.20.0.1/32", "10.0.240.0/28"];

  test("is closed unless declared", () => {
    expect(flows()).not.toHaveProperty("allow-api-server");
  });

  test("is its service and the control plane's interfaces", () => {
    expect(flows({ apiServerCidrs })["allow-api-server"]).toEqual([
      { direction: "egress", peers: apiServerCidrs.map(cidr), ports: tcp(443) },
    ]);
  });

  test("is an entity under Cilium", () => {
    expect(flows({ enforcer: "cilium", apiServerCidrs })["allow-api-server"]).toEqual([
      { direction: "egress", peers: [{ kind: "entity", entity: "kube-apiserver" }], ports: tcp(443) },
    ]);
  });
});

describe("a mesh", () => {
  const toIstiod = {
    direction: "egress",
    peers: [{ kind: "pods", namespace: "istio-system", labels: { app: "istiod" } }],
    ports: tcp(15012),
  };

  test("no mesh, no flows", () => {
    expect(flows()).not.toHaveProperty("allow-mesh");
  });

  test("sidecars ask istiod and call peers' gateways; who calls in is declared", () => {
    expect(flows({ mesh: sidecars })["allow-mesh"]).toEqual([toIstiod]);
    expect(flows({ mesh: { ...sidecars, peerCidrs: ["10.1.0.0/16"] } })["allow-mesh"]).toEqual([
      toIstiod,
      { direction: "egress", peers: [cidr("10.1.0.0/16")], ports: tcp(15443) },
    ]);
  });

  // Istio, "Ambient and Kubernetes NetworkPolicy".
  test.each([
    ["ipv4", "169.254.7.127/32"],
    ["ipv6", "fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128"],
  ] as const)(
    "ambient pods of %s ask nobody, and are probed from the mesh's own address",
    (family, source) => {
      expect(flows({ mesh: ambient, family })["allow-mesh"]).toEqual([
        { direction: "ingress", peers: [cidr(source)], ports: "all" },
      ]);
    },
  );

  test("proxies among ambient pods ask istiod", () => {
    expect(flows({ mesh: { ...ambient, hasProxies: true } })["allow-mesh"]).toContainEqual(toIstiod);
    expect(flows({ mesh: { ...ambient, hasProxies: false } })["allow-mesh"]).not.toContainEqual(toIstiod);
  });
});
