import { endName } from "../../../src/reachability/needs/need";
import { askedEnd, type endForms } from "../../../src/reachability/path/asked-end";
import { judgeNeed } from "../../../src/reachability/path/judge-needs";
import { reachOf, sample } from "../support";

/** One of each form, in a sample that has it: the end as it is named, and what it says of a call by nodes. */
const EXAMPLES: Readonly<
  Record<keyof typeof endForms, readonly [target: string, written: string, name: string]>
> = {
  "namespace/workload": ["prod/us-east-1", "payments/orders", "payments/orders"],
  "namespace/*": ["prod/us-east-1", "payments/*", "payments/*"],
  "namespace/label=value": ["prod/us-east-1", "edge/app=front", "edge/app=front"],
  "service-account:NAMESPACE/NAME": [
    "prod/us-east-1",
    "service-account:cert-manager/cert-manager",
    "cert-manager/cert-manager",
  ],
  nodes: ["prod/us-east-1", "nodes", "nodes"],
  "nodes:GROUP": ["prod/us-east-1", "nodes:general", "nodes of general"],
  kubelet: ["prod/us-east-1", "kubelet", "kubelet"],
  "pod-identity-agent": ["prod/us-east-1", "pod-identity-agent", "Pod Identity agent"],
  "api-server": ["prod/us-east-1", "api-server", "API server"],
  "nodes@TARGET": ["prod/us-east-1", "nodes@prod/us-west-2", "nodes of prod-us-west-2"],
  "api-server@TARGET": ["prod/us-east-1", "api-server@prod/us-west-2", "API server of prod-us-west-2"],
  "load-balancer:public": ["prod/us-east-1", "load-balancer:public", "public load balancers"],
  "load-balancer:internal": ["prod/us-east-1", "load-balancer:internal", "internal load balancers"],
  "endpoint:SERVICE": ["prod/us-east-1", "endpoint:ecr.api", "endpoint of ecr.api"],
  "resolver-endpoint:inbound": [
    "network-operations/us-east-1",
    "resolver-endpoint:inbound",
    "inbound resolver endpoint",
  ],
  "resolver-endpoint:outbound": [
    "network-operations/us-east-1",
    "resolver-endpoint:outbound",
    "outbound resolver endpoint",
  ],
  resolver: ["prod/us-east-1", "resolver", "VPC resolver"],
  imds: ["prod/us-east-1", "imds", "instance metadata"],
  time: ["prod/us-east-1", "time", "time service"],
  proxy: ["regulated-proxy/us-east-1", "proxy", "proxy"],
  "fqdn:NAME": ["prod/us-east-1", "fqdn:sts.us-east-1.amazonaws.com", "sts.us-east-1.amazonaws.com"],
  "cidr:RANGE": ["prod/us-east-1", "cidr:10.201.20.0/24", "10.201.20.0/24"],
  internet: ["prod/us-east-1", "internet", "internet"],
};

const worlds = new Map<string, ReturnType<typeof reachOf>["world"]>();
function worldOf(target: string) {
  const world = worlds.get(target) ?? reachOf(sample(target)).world;
  worlds.set(target, world);
  return world;
}

const way = (target: string, from: string, to: string, port: number) => {
  const world = worldOf(target);
  const [one] = askedEnd(from, world)?.ends ?? [];
  const [other] = askedEnd(to, world)?.ends ?? [];
  if (one === undefined || other === undefined) throw new Error(`${from} or ${to} is nobody`);
  return judgeNeed(world, {
    kind: "declared call",
    from: one,
    to: other,
    port,
    protocol: port === 53 ? "UDP" : "TCP",
    why: "asked",
    source: "",
  });
};

test.each(Object.entries(EXAMPLES))(
  "%s is an end, and nothing crashes on its way",
  (_, [target, written, name]) => {
    const asked = askedEnd(`${written}:443`, worldOf(target));

    expect(asked?.port).toBe(443);
    expect([...new Set(asked?.ends.map(endName))]).toEqual([name]);
    expect(
      way(target, "nodes", written, 443).hops.length + way(target, written, "nodes", 443).hops.length,
    ).toBeGreaterThanOrEqual(0);
  },
);

test.each([
  ["prod/us-east-1", "nodes:generl", ["system", "main", "general"]],
  ["prod/us-east-1", "endpoint:ecr", expect.arrayContaining(["ecr.api", "ecr.dkr"])],
  ["prod/us-east-1", "nodes@prod/eu-west-9", ["prod-us-west-2"]],
  ["prod/us-east-1", "service-account:payments/nobodys-team/x", undefined],
])("of %s, %s is nobody, and those that are there are named", (target, written, names: unknown) => {
  const asked = askedEnd(written, worldOf(target));

  expect(asked?.ends ?? []).toEqual([]);
  expect(asked?.instead?.names).toEqual(names);
});

const verdict = (...asked: Parameters<typeof way>) => {
  const { verdict: said, end } = way(...asked);
  return `${said}${end === undefined ? "" : ` at ${end.at}`}`;
};

test.each([
  ["nodes", "imds", 80, "allowed"],
  // EC2 User Guide, "Configure the instance metadata options": an answer that may take one hop ends at the node.
  ["payments/*", "imds", 80, "denied at policy of the sender"],
  ["kube-system/karpenter", "imds", 80, "denied at route out"],
  ["nodes", "resolver", 53, "allowed"],
  ["nodes", "time", 123, "allowed"],
  ["nodes", "endpoint:sts", 443, "allowed"],
  ["nodes", "endpoint:sts", 80, "denied at security group of the receiver"],
  ["nodes:general", "api-server", 443, "allowed"],
  ["nodes@prod/us-west-2", "istio-system/istio-eastwestgateway", 15443, "allowed"],
])("%s to %s, port %i, of prod/us-east-1 is %s", (from, to, port, expected) => {
  expect(verdict("prod/us-east-1", from, to, port)).toBe(expected);
});

test("queries of other networks reach the resolver's inbound endpoint where its group lets them in", () => {
  const found = verdict("network-operations/us-east-1", "cidr:10.200.0.2", "resolver-endpoint:inbound", 53);

  expect(found).toBe("undecided at transit gateway");
  expect(verdict("network-operations/us-east-1", "cidr:10.200.0.2", "resolver-endpoint:inbound", 443)).toBe(
    "denied at security group of the receiver",
  );
});

test("where a proxy is that goes by a name is not known", () => {
  expect(verdict("regulated-proxy/us-east-1", "nodes", "proxy", 3128)).toBe("undecided at source address");
});
