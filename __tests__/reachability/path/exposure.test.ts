import type { Resource } from "../../../src/guardrails/resource";
import {
  changeText,
  fromInternet,
  pathChanges,
  towardsInternet,
} from "../../../src/reachability/path/exposure";
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

test("without a mesh, what policies no longer close is told, and what they close again", () => {
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

test("nothing has a public address, so that nothing is called from the internet but behind a load balancer", () => {
  expect(open(fromInternet(reachOf(prod).world))).toEqual([]);
});

test("a call that nobody opens any more is told as closed", () => {
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
