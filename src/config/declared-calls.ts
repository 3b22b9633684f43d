import type { TargetConfig } from "./schema/target";
import { workloadsOf } from "./workloads";

export interface DeclaredCall {
  /** Namespace that is called. */
  readonly namespace: string;
  readonly from: readonly string[];
  readonly ports: readonly number[];
}

/** Calls between namespaces that services declare as dependencies. */
export function declaredCalls(config: Pick<TargetConfig, "workloads">): DeclaredCall[] {
  const all = workloadsOf(config);
  return Object.values(all).flatMap(({ namespace: from, dependencies }) =>
    dependencies.flatMap(({ workload = "", namespace: named }): DeclaredCall[] => {
      const namespace = named ?? all[workload]?.namespace;
      return namespace === undefined || namespace === from ? [] : [{ namespace, from: [from], ports: [] }];
    }),
  );
}
