import type { Verdict } from "../../reachability/hop";
import { anyPods } from "../../reachability/needs/made-by-teams";
import type { NeedEnd } from "../../reachability/needs/need";
import { portsBehind } from "../../reachability/needs/services";
import { type JudgedNeed, judgeNeed } from "../../reachability/path/judge-needs";
import type { ReachWorld } from "../../reachability/path/reach-world";
import { at, items, text, toNumber } from "../../values/value";
import type { Attempt } from "./probe-script";

/** What a pod of a namespace tries, and what the proof says of it. */
export interface Expected {
  readonly attempt: Attempt;
  readonly verdict: Verdict;
  /** Where the proof says that it ends. */
  readonly why: string;
}

/** Of many Services these first ones are tried. */
const MOST_SERVICES = 20;

/** What a pod without labels of its own tries from a namespace: what its pods need, Services of every namespace, the API server, the internet. */
export function attemptsFrom(
  namespace: string,
  namespaces: readonly string[],
  world: ReachWorld,
  judged: readonly JudgedNeed[],
): Expected[] {
  const from = anyPods(namespace);
  const expected = (attempt: Attempt, to: NeedEnd, port: number): Expected => {
    const { verdict, end } = judgeNeed(world, {
      ...{ kind: "declared call", from, to, port, protocol: "TCP" },
      why: "verify tries it",
      source: "",
    });
    return { attempt, verdict, why: end?.says ?? "" };
  };
  const names = judged.flatMap(({ need }) =>
    need.from.kind === "pods" &&
    need.from.pods.namespace === namespace &&
    need.to.kind === "name" &&
    need.port > 0
      ? [expected({ host: need.to.name, port: need.port }, need.to, need.port)]
      : [],
  );
  const services = world.cluster.services
    .flatMap((service) => {
      const own = text(at(service, "metadata", "namespace")) || "default";
      if (!namespaces.includes(own)) return [];
      return items(at(service, "spec", "ports")).flatMap((port) => {
        const [backend] = portsBehind(world.cluster, service, (each) => each === port);
        const [podPort] = backend?.ports ?? [];
        const number = toNumber(at(port, "port"));
        if (backend === undefined || podPort === undefined || number === undefined) return [];
        const host = `${text(at(service, "metadata", "name"))}.${own}.svc.cluster.local`;
        return [expected({ host, port: number }, { kind: "pods", pods: backend.pods }, podPort)];
      });
    })
    .slice(0, MOST_SERVICES);
  const all = [
    expected({ host: "kubernetes.default.svc.cluster.local", port: 443 }, { kind: "api-server" }, 443),
    // IANA keeps it for examples; it answers.
    expected({ host: "example.com", port: 443 }, { kind: "name", name: "example.com" }, 443),
    ...names,
    ...services,
  ];
  const once = new Map(all.map((each) => [`${each.attempt.host}:${each.attempt.port ?? ""}`, each]));
  return [...once.values()].filter(({ attempt }) => /^[\w.-]+$/.test(attempt.host));
}
