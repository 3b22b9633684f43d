import { formatCidr } from "../ip-capacity/cidr";
import { joinsMesh } from "./mesh";
import { stsHost } from "./namespaces";
import type { TargetConfig } from "./schema/target";
import { workloadsOf } from "./workloads";

export interface DeclaredCall {
  /** Namespace that is called. */
  readonly namespace: string;
  readonly from: readonly string[];
  readonly ports: readonly number[];
}

/** A call that leaves the cluster. */
export interface OutsideCall {
  /** Namespace of the callers. */
  readonly namespace: string;
  /** DNS name, `*.` in front for all of its names, or an IPv4 range. */
  readonly to: string;
  readonly port: number;
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

/** TCP calls to servers outside that pods of the mesh declare: dependencies of services, and what namespaces allow. */
export function outsideCalls(
  config: Pick<TargetConfig, "mesh" | "namespaces" | "workloads">,
  region: string,
): OutsideCall[] {
  const inMesh = Object.entries(config.namespaces).filter(([, { labels }]) => joinsMesh(config.mesh, labels));
  return inMesh.flatMap(([namespace, { identity, allow }]) => {
    const dependencies = Object.values(workloadsOf(config)).flatMap((workload) =>
      workload.namespace === namespace ? workload.dependencies : [],
    );
    const calls = [...allow.flatMap(({ to }) => to ?? []), ...dependencies].flatMap(
      ({ cidr, fqdn, port, protocol }) => {
        const to = cidr ? formatCidr(cidr) : fqdn;
        return to === undefined || port === undefined || protocol !== "TCP" ? [] : [{ namespace, to, port }];
      },
    );
    return identity === "irsa" ? [...calls, { namespace, to: stsHost(region), port: 443 }] : calls;
  });
}
