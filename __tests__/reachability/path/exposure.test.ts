import type { Resource } from "../../../src/guardrails/resource";
import {
  changeText,
  fromInternet,
  pathChanges,
  towardsInternet,
} from "../../../src/reachability/path/exposure";
import { openGroups } from "../../../src/reachability/path/open-text";
import { openWays, waysToInternet } from "../../../src/reachability/path/open-ways";
import { wayName } from "../../../src/reachability/path/text";
import { objectOf, reachOf, sample, without } from "../support";

const prod = sample("prod/us-east-1");

/** Nobody of a closed namespace reaches the internet unless that is declared. */
test("services of closed namespaces do not reach the internet, and without network policies the mesh closes it still", () => {
  const before = reachOf(prod).world;
  const after = reachOf(prod, withoutAll(/^(Cilium)?NetworkPolicy payments\//)).world;
  const changes = pathChanges(before, after).map(changeText);

  expect(open(towardsInternet(before))).not.toContain("payments/orders");
  // The mesh is the second of two locks: its sidecars know no such host, and take no such caller.
  expect(changes).toEqual([]);
});

test("without a mesh, reports what policies no longer close, and what they close again", () => {
  const noMesh = (all: readonly Resource[]) =>
    all.filter(({ type, attributes }) => type !== "helm_release" || attributes.chart !== "istiod");
  const before = reachOf(prod, noMesh).world;
  const after = reachOf(prod, (all) => withoutAll(/NetworkPolicy payments\//)(noMesh(all))).world;

  expect(pathChanges(before, before)).toEqual([]);
  expect(pathChanges(before, after).map(changeText)).toContain(
    "payments/orders can now reach the internet, TCP 443",
  );
  expect(pathChanges(after, before).map(changeText)).toContain(
    "payments/orders can no longer reach the internet, TCP 443",
  );
});

test("nothing has a public address, so the internet reaches nothing except through a load balancer", () => {
  expect(open(fromInternet(reachOf(prod).world))).toEqual([]);
});

test("one zone that leads there is enough, where who may call the internet is asked", () => {
  const natOf = (zone: string) => new RegExp(`^aws_route .*private-nat-us-east-1[${zone}]$`);
  const withoutNat = (zones: string) => (all: readonly Resource[]) =>
    all.filter(({ type, address }) => !natOf(zones).test(`${type} ${address}`));
  const may = (zones: string) => open(towardsInternet(reachOf(prod, withoutNat(zones)).world));

  expect(may("ab")).toEqual(expect.arrayContaining(["kube-system/karpenter", "nodes"]));
  expect(may("abc")).toEqual([]);
});

test("pods that no manifest has may call it as their namespace's policies let them", () => {
  const may = open(towardsInternet(reachOf(prod).world));

  expect(may).toEqual(expect.arrayContaining(["default/*", "kube-system/*", "argocd/*"]));
  expect(may).not.toEqual(expect.arrayContaining(["payments/*"]));
  expect(may).not.toEqual(expect.arrayContaining(["edge/*"]));
});

test("behind a proxy nobody knows what it lets through, and without one or a route nobody gets there", () => {
  const verdictsOf = (name: string) => [
    ...new Set(towardsInternet(reachOf(sample(name)).world).map(({ verdict }) => verdict)),
  ];

  expect(verdictsOf("regulated-proxy/us-east-1")).toEqual(["undecided"]);
  expect(verdictsOf("autoscaling-overlay/us-east-1")).toEqual(["denied"]);
});

test("whoever may call only some names of the internet is in the list with these; names of endpoints are not in it", () => {
  const { world, judged } = reachOf(sample("policies/us-east-1"));
  const ways = openWays(waysToInternet(world, judged), () => undefined);

  expect(ways.flows.filter(({ from }) => from.startsWith("shop/")).map(wayName)).toEqual([
    "shop/* to api.stripe.com, TCP 443",
  ]);
  expect(openGroups(ways.flows, "to").map(({ head, lines }) => [head, lines.length])).toEqual([
    ["allowed to internet, TCP 443", 2],
    ["allowed to api.stripe.com, TCP 443", 1],
  ]);
});

test("a call that nobody opens any more is reported as closed", () => {
  const before = reachOf(prod).world;
  const after = reachOf(prod, without("NetworkPolicy payments/ledger-callers")).world;

  expect(pathChanges(before, after).map(changeText)).toContain(
    "payments/orders can no longer reach payments/ledger, TCP 50051",
  );
});

function open(judged: ReturnType<typeof towardsInternet>): string[] {
  return judged.flatMap(({ verdict, need }) =>
    verdict === "denied" ? [] : need.from.kind === "pods" ? [need.from.pods.name] : [need.from.kind],
  );
}

function withoutAll(pattern: RegExp): (all: readonly Resource[]) => readonly Resource[] {
  return (all) => all.filter((each) => !pattern.test(objectOf(each)));
}
