import { isClosed, policyEnforcer } from "../config/namespaces";
import type { DependencyConfig } from "../config/schema/workloads/dependencies";
import type { WorkloadConfig } from "../config/schema/workloads/workloads";
import type { Target } from "../config/target";
import { serviceOf, tracingOf, workloadsOf } from "../config/workloads";
import { OTLP_PORTS } from "../modules/observability/otel-collector";
import { type Flow, type FlowPort, tcp } from "../modules/policies/network-flows";
import { ruleSelector, serviceSelector } from "../modules/workloads/workload";
import type { WorkloadFlows } from "../modules/workloads/network-policies";
import { meshMembership } from "./mesh-membership";
import { calledPeers, callingPeers, type Ipv6Ranges } from "./namespace-rules";
import { routeFlows } from "./routed-services";
import { portsOf } from "./workload-of";

export interface FlowContext {
  readonly target: Target;
  readonly ipv6: () => Ipv6Ranges;
}

/** What a service calls and who calls it; undefined where its namespace is open, so that nothing has to be allowed. */
export function workloadFlows(
  name: string,
  workload: WorkloadConfig,
  context: FlowContext,
): WorkloadFlows | undefined {
  const { target } = context;
  const { config } = target;
  const namespace = config.namespaces[workload.namespace];
  const enforcer = policyEnforcer(config);
  if (namespace === undefined || enforcer === undefined || !isClosed(config, workload.namespace))
    return undefined;
  return {
    enforcer,
    flows: [...callers(name, workload, context), ...calls(workload, target)],
    ambient: meshMembership(target, workload.namespace, namespace.labels)?.mode === "ambient",
  };
}

function targetPorts(workload: WorkloadConfig, names?: readonly string[]): FlowPort[] {
  const ports = portsOf(workload).filter(({ name }) => names?.includes(name) ?? true);
  return tcp(...ports.map(({ targetPort }) => targetPort));
}

/** Services that depend on this one, its load balancer, and who else is named. */
function callers(name: string, workload: WorkloadConfig, context: FlowContext): Flow[] {
  const ingress = (peers: Flow["peers"], ports?: readonly string[]): Flow => ({
    direction: "ingress",
    peers,
    ports: targetPorts(workload, ports),
  });
  const service = serviceOf(workload);
  return [
    ...Object.entries(workloadsOf(context.target.config)).flatMap(
      ([other, { app = other, namespace, dependencies }]) =>
        dependencies
          .filter((each) => each.workload === name)
          .map(({ ports }) =>
            ingress([{ kind: "pods", namespace, labels: ruleSelector({ name: other, app }) }], ports),
          ),
    ),
    ...routeFlows(name, workload, context),
    ...workload.callers.map(({ ports, ...peer }) => ingress(callingPeers(peer, context), ports)),
    ...(service.kind === "nlb"
      ? [ingress(callingPeers({ loadBalancer: service.internetFacing ? "public" : "internal" }, context))]
      : []),
  ];
}

function calls(workload: WorkloadConfig, target: Target): Flow[] {
  const { config } = target;
  const tracing = tracingOf(workload, config);
  return [
    ...workload.dependencies.flatMap((each) => call(each, target)),
    ...(tracing
      ? [
          {
            direction: "egress" as const,
            peers: [{ kind: "pods" as const, namespace: tracing.collectorNamespace }],
            ports: tcp(OTLP_PORTS.grpc),
          },
        ]
      : []),
  ];
}

function call({ workload, ports, port, protocol, ...peer }: DependencyConfig, target: Target): Flow[] {
  if (workload === undefined)
    return port === undefined
      ? []
      : [{ direction: "egress", peers: calledPeers(peer, { target }), ports: [{ port, protocol }] }];
  const called = workloadsOf(target.config)[workload];
  if (called === undefined) return [];
  return [
    {
      direction: "egress",
      peers: [{ kind: "pods", namespace: called.namespace, labels: serviceSelector({ app: workload }) }],
      ports: targetPorts(called, ports),
    },
  ];
}
