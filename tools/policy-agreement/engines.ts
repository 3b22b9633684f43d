import type { PolicyEngine } from "../../src/reachability/policy/rules";
import type { Random } from "./random";

/** An engine, and the values of Cilium's chart that set it so; none where Cilium is not there. */
export interface RandomEngine {
  readonly engine: PolicyEngine;
  readonly values?: Readonly<Record<string, unknown>>;
}

export function randomEngine(random: Random): RandomEngine {
  const base = {
    clusterName: "default",
    ipv4: true,
    ipv6: false,
    enforcement: "default",
    rangesTakeNodes: false,
    anyCluster: false,
  } as const;
  if (random.chance(15)) return { engine: { ...base, kind: "kubernetes" } };
  const engine: PolicyEngine = {
    ...base,
    kind: "cilium",
    ipv6: random.chance(15),
    enforcement: random.chance(85) ? "default" : random.pick(["always", "never"]),
    rangesTakeNodes: random.chance(10),
    anyCluster: random.chance(10),
  };
  return {
    engine,
    values: {
      cluster: { name: engine.clusterName },
      ipv4: { enabled: engine.ipv4 },
      ipv6: { enabled: engine.ipv6 },
      policyEnforcementMode: engine.enforcement,
      ...(engine.rangesTakeNodes && { policyCIDRMatchMode: ["nodes"] }),
      ...(engine.anyCluster && { clustermesh: { policyDefaultLocalCluster: false } }),
    },
  };
}
