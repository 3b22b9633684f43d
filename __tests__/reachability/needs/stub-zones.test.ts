import type { Resource } from "../../../src/guardrails/resource";
import { decidePath } from "../../../src/reachability/path/decide-path";
import { endOf } from "../../../src/reachability/hop";
import { aTarget } from "../../support/fixtures";
import { ended, reachOf, unmet } from "../support";

const SERVER = "10.200.0.2";
const target = aTarget(`network:
  vpcCidr: 10.1.0.0/16
  dns: { coreDns: { stubZones: { internal.corp: [${SERVER}], aws.corp: [10.1.0.2] } } }
  connections: { onPremises: { cidrs: [10.200.0.0/14], via: tgw-0123456789abcdef0 } }
cni: { kind: cilium-eni }
`);
const toServers = (change?: Parameters<typeof reachOf>[1]) =>
  reachOf(target, change).judged.filter(({ need }) => need.why.includes("for names of"));
const withoutRoutes = (all: readonly Resource[]) =>
  all.filter(
    ({ type, attributes }) => type !== "aws_route" || attributes.destination_cidr_block !== "10.200.0.0/14",
  );
const closed: Resource = {
  type: "k8s:NetworkPolicy",
  address: "added",
  stack: "test",
  source: "input",
  attributes: {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { namespace: "kube-system", name: "closed" },
    spec: { podSelector: { matchLabels: { "k8s-app": "kube-dns" } }, policyTypes: ["Egress"] },
  },
};

test("CoreDNS needs the servers of its stub zones, by UDP and TCP", () => {
  expect(
    toServers()
      .map(({ need }) => `${need.protocol} ${need.why}`)
      .sort(),
  ).toEqual(
    ["TCP", "UDP"].flatMap((protocol) =>
      [`10.1.0.2 for names of aws.corp`, `${SERVER} for names of internal.corp`].map(
        (each) => `${protocol} kube-system/coredns asks ${each}`,
      ),
    ),
  );
  expect(unmet(toServers())).toEqual([]);
});

/** Where a call of some pod by a name ends. */
function call(name: string, change: (all: readonly Resource[]) => readonly Resource[]): string {
  const { world } = reachOf(target, change);
  const [pods] = world.cluster.pods.filter((each) => each.hostNetwork !== true && !world.dns.includes(each));
  if (pods === undefined) throw new Error("no pods");
  const end = endOf(
    decidePath(world, {
      kind: "declared call",
      from: { kind: "pods", pods },
      to: { kind: "name", name },
      port: 443,
      protocol: "TCP",
      why: "",
      source: "",
    }),
  );
  return end === undefined ? "allowed" : `${end.verdict} at ${end.at}: ${end.says}`;
}

test.each([
  ["a policy", (all: readonly Resource[]) => [...all, closed], "policy of the sender"],
  ["the routes", withoutRoutes, "route out"],
])("names of a stub zone end where CoreDNS does not get to its servers: %s", (_, change, at) => {
  expect(ended(toServers(change)).filter((each) => each.includes(SERVER))).toContainEqual(
    expect.stringMatching(new RegExp(`^DNS: kube-system/coredns to ${SERVER}/32, UDP 53 denied at ${at}`)),
  );
  expect(call("api.internal.corp", change)).toMatch(
    /^denied at name resolution: kube-system\/coredns asks 10\.200\.0\.2 for api\.internal\.corp, and /,
  );
});

test("what a server on premises answers is not known, and the VPC's resolver is asked as for other names", () => {
  const open = (all: readonly Resource[]) => all;

  expect(call("api.internal.corp", open)).toBe(
    "undecided at name resolution: 10.200.0.2 answer for api.internal.corp, and its address is not in the stacks",
  );
  expect(call("db.aws.corp", open)).toMatch(/no private zone and no rule for it is in the stacks/);
});
