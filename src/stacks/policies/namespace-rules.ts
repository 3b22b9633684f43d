import { Fn } from "cdktf";
import type { DeclaredFlow } from "../../model/flows";
import { type ResolvedNamespace, stsHost } from "../../model/namespaces";
import { MONITORING_NAMESPACE } from "../../components/kube-prometheus-stack/record";
import { addressAt } from "../../ip-capacity/cidr";
import type { NamedFlow, NamespaceRules } from "../../modules/policies/namespace-manifests";
import type { MeshMembership } from "../../modules/policies/mesh-flows";
import { callFlow, type CallContext, tierCidrs } from "../../wiring/call-flows";

export interface NamespaceContext extends CallContext {
  /** Absent: the namespace is in no mesh. */
  readonly mesh?: MeshMembership;
}

/** What holds in a namespace, from its config. */
export function namespaceRules(
  name: string,
  config: ResolvedNamespace,
  context: NamespaceContext,
): NamespaceRules {
  const { target, mesh } = context;
  const { quota, limits, isolate, identity, apiServer, metricsPorts } = config;
  const { region } = target;
  const enforcer = target.policyEnforcer;
  return {
    ...(quota && { quota }),
    ...(limits && { limits }),
    isolated: isolate,
    enforcer: enforcer ?? "kubernetes",
    // Without an enforcer a check refuses to close a namespace that is declared.
    ...(config.closed && {
      closed: {
        baseline: {
          family: target.family,
          identity,
          sts: { names: [stsHost(region)], cidrs: stsCidrs(context) },
          ...(apiServer && { apiServerCidrs: apiServerCidrs(context) }),
          monitoringNamespace: MONITORING_NAMESPACE,
          metricsPorts,
          collectorNamespace: target.config.observability?.openTelemetry?.namespace,
          ...(mesh && { mesh }),
        },
        allow: target.flows.flatMap((each) => namedFlows(name, each, context)),
        hasWorkloads: Object.values(target.workloads).some(({ namespace }) => namespace === name),
      },
    }),
  };
}

/** Where STS has its endpoint. Of an IPv6 cluster, whose pods see other addresses, nobody but AWS knows them. */
function stsCidrs(context: NamespaceContext): string[] {
  const { target, ipv6 } = context;
  if (target.family === "ipv6") return [ipv6().vpc];
  return Object.values(target.config.network.endpoints.stsAddresses ?? {}).map((address) => `${address}/32`);
}

/** The service `kubernetes` has the first address of the services' range, and the control plane's interfaces behind it. */
function apiServerCidrs(context: NamespaceContext): string[] {
  const { target, ipv6 } = context;
  const service =
    target.family === "ipv6"
      ? `${Fn.cidrhost(ipv6().services, 1)}/128`
      : `${addressAt(target.config.cluster.serviceCidr, 1)}/32`;
  return [service, ...tierCidrs(context, "controlPlane")];
}

/** The part of a declared call that is the namespace's own to let through: as its caller, as what is called, or neither. */
function namedFlows(namespace: string, call: DeclaredFlow, context: NamespaceContext): NamedFlow[] {
  const { declared, caller, called } = call;
  switch (declared.by) {
    case "workload":
      return [];
    case "namespace": {
      if (declared.namespace !== namespace) return [];
      const own = declared.side === "caller" ? caller : called;
      const pods = own.kind === "pods" ? own.pods : undefined;
      return [{ name: declared.rule, ...(pods && { pods }), flow: callFlow(call, declared.side, context) }];
    }
    case "mesh": {
      if (caller.kind !== "pods" || called.kind !== "pods" || caller.namespace === called.namespace)
        return [];
      const name = `mesh-${declared.rule}`;
      return [
        ...(caller.namespace === namespace
          ? [{ name: `${name}-to-${called.namespace}`, flow: callFlow(call, "caller", context) }]
          : []),
        ...(called.namespace === namespace
          ? [
              {
                name: `${name}-from-${caller.namespace}`,
                ofWorkloads: true,
                flow: callFlow(call, "called", context),
              },
            ]
          : []),
      ];
    }
  }
}
