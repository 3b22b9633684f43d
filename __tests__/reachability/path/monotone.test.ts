import fc from "fast-check";
import { fromJson } from "../../../src/guardrails/read/expression";
import type { Resource } from "../../../src/guardrails/resource";
import { needName } from "../../../src/reachability/needs/need";
import { reachOf, sample } from "../support";

const prod = sample("prod/us-east-1");
const namespaces = ["payments", "edge", "monitoring", "cert-manager", "kube-system", "keda"];
const labels = fc.constantFrom<Record<string, string>>(
  {},
  { app: "orders" },
  { app: "ledger" },
  { "k8s-app": "kube-dns" },
);
const peer = fc.record({
  namespaceSelector: fc.constantFrom(
    {},
    ...namespaces.map((name) => ({ matchLabels: { "kubernetes.io/metadata.name": name } })),
  ),
  podSelector: labels.map((matchLabels) => ({ matchLabels })),
});
const ports = fc.constantFrom([], [{ protocol: "TCP", port: 8080 }], [{ protocol: "UDP", port: 53 }]);
const direction = fc.constantFrom("ingress", "egress" as const);

function object(manifest: object): Resource {
  const attributes = fromJson(manifest) as Resource["attributes"];
  return { type: "k8s:CiliumNetworkPolicy", address: "added", stack: "test", source: "input", attributes };
}

const verdicts = (added?: Resource): Map<string, string> =>
  new Map(
    reachOf(prod, (all) => (added === undefined ? all : [...all, added])).judged.map(({ need, verdict }) => [
      `${need.kind} ${needName(need)}`,
      verdict,
    ]),
  );

const RANK: Readonly<Record<string, number>> = { denied: 0, undecided: 1, allowed: 2 };

/** Needs whose verdict is worse, or better, than before. */
function moved(before: Map<string, string>, after: Map<string, string>, by: 1 | -1): string[] {
  return [...before].flatMap(([need, was]) => {
    const is = after.get(need) ?? was;
    return Math.sign((RANK[is] ?? 0) - (RANK[was] ?? 0)) === by ? [`${need}: ${was}, then ${is}`] : [];
  });
}

describe("over all needs of a target", () => {
  const before = verdicts();

  test("a policy that only allows, and closes nothing, never closes a path", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...namespaces),
        labels,
        direction,
        peer,
        ports,
        (namespace, own, way, other, some) => {
          const ends =
            way === "ingress" ? { fromEndpoints: [selectorOf(other)] } : { toEndpoints: [selectorOf(other)] };
          const added = object({
            apiVersion: "cilium.io/v2",
            kind: "CiliumNetworkPolicy",
            metadata: { namespace, name: "added" },
            spec: {
              endpointSelector: { matchLabels: own },
              enableDefaultDeny: { ingress: false, egress: false },
              [way]: [
                {
                  ...ends,
                  ...(some.length > 0 && {
                    toPorts: [{ ports: some.map((each) => ({ ...each, port: String(each.port) })) }],
                  }),
                },
              ],
            },
          });

          expect(moved(before, verdicts(added), -1)).toEqual([]);
        },
      ),
      { numRuns: 25, seed: 7 },
    );
  });

  test("a policy that only denies never opens a path", () => {
    fc.assert(
      fc.property(fc.constantFrom(...namespaces), labels, direction, peer, (namespace, own, way, other) => {
        const ends =
          way === "ingress" ? { fromEndpoints: [selectorOf(other)] } : { toEndpoints: [selectorOf(other)] };
        const added = object({
          apiVersion: "cilium.io/v2",
          kind: "CiliumNetworkPolicy",
          metadata: { namespace, name: "added" },
          spec: {
            endpointSelector: { matchLabels: own },
            [way === "ingress" ? "ingressDeny" : "egressDeny"]: [ends],
          },
        });

        expect(moved(before, verdicts(added), 1)).toEqual([]);
      }),
      { numRuns: 25, seed: 7 },
    );
  });
});

interface Selected {
  readonly namespaceSelector: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly podSelector: { readonly matchLabels: Readonly<Record<string, string>> };
}

function selectorOf({ namespaceSelector, podSelector }: Selected): object {
  const name = namespaceSelector.matchLabels?.["kubernetes.io/metadata.name"];
  return {
    matchLabels: {
      ...podSelector.matchLabels,
      ...(name !== undefined && { "k8s:io.kubernetes.pod.namespace": name }),
    },
  };
}
