import { type FlowEnd } from "../../model/flows";
import type { ServiceSettings } from "../../model/settings";
import { isClosed } from "../../model/namespaces";
import type { Target } from "../../model/target";
import { metricsOf, podPorts, serviceOf, tracingOf } from "../../model/workloads";
import { MONITORING_NAMESPACE } from "../../components/kube-prometheus-stack/record";
import { OTLP_PORTS } from "../../components/opentelemetry-operator/otel-collector";
import { type Flow, tcp } from "../../modules/policies/network-flows";
import type { WorkloadFlows } from "../../modules/workloads/network-policies";
import { type CallContext, callerPeers, callFlow } from "../../wiring/call-flows";
import { meshMembership } from "../mesh/mesh-membership";
import { routeFlows } from "./routed-services";

/** What a service calls and who calls it; undefined where its namespace is open, so that nothing has to be allowed. */
export function workloadFlows(
  name: string,
  workload: ServiceSettings,
  context: CallContext,
): WorkloadFlows | undefined {
  const { target } = context;
  const { config } = target;
  const namespace = config.namespaces[workload.namespace];
  const enforcer = target.policyEnforcer;
  if (namespace === undefined || enforcer === undefined || !isClosed(target, workload.namespace))
    return undefined;
  const { called, calling } = callsOf(name, target.flows);
  return {
    enforcer,
    flows: [
      ...called.map((call) => callFlow(call, "called", context)),
      ...routeFlows(name, workload, context),
      ...balancerFlows(workload, context),
      ...metricsFlows(workload, target),
      ...calling.map((call) => callFlow(call, "caller", context)),
      ...tracingFlows(workload, target),
    ],
    ambient: meshMembership(target, workload.namespace, namespace.labels)?.mode === "ambient",
    isolated: namespace.isolate,
  };
}

type Calls = Target["flows"];

interface CallsOfService {
  readonly called: Calls[number][];
  readonly calling: Calls[number][];
}

const byService = new WeakMap<Calls, ReadonlyMap<string, CallsOfService>>();

/** Calls to a service and of it; found once for all services of a target. */
function callsOf(name: string, calls: Calls): CallsOfService {
  const known = byService.get(calls) ?? callsByService(calls);
  byService.set(calls, known);
  return known.get(name) ?? { called: [], calling: [] };
}

function callsByService(calls: Calls): ReadonlyMap<string, CallsOfService> {
  const found = new Map<string, CallsOfService>();
  const add = (end: FlowEnd, side: keyof CallsOfService, call: Calls[number]): void => {
    if (end.kind !== "pods" || end.workload === undefined) return;
    const own = found.get(end.workload) ?? { called: [], calling: [] };
    found.set(end.workload, own);
    own[side].push(call);
  };
  for (const call of calls) {
    add(call.called, "called", call);
    add(call.caller, "calling", call);
  }
  return found;
}

/** The service's own load balancer. */
function balancerFlows(workload: ServiceSettings, context: CallContext): Flow[] {
  const service = serviceOf(workload);
  if (service.kind !== "nlb") return [];
  const scheme = service.internetFacing ? "public" : "internal";
  return [
    {
      direction: "ingress",
      peers: callerPeers({ kind: "load-balancer", scheme }, context),
      ports: tcp(...podPorts(workload)),
    },
  ];
}

/** Prometheus, where it reads the container itself: agents of sidecars it reads in the whole namespace. A version is read with its service. */
function metricsFlows(workload: ServiceSettings, { config }: Target): Flow[] {
  const metrics = metricsOf(workload, config);
  if (metrics?.from !== "container" || workload.app !== undefined) return [];
  return [
    {
      direction: "ingress",
      peers: [{ kind: "pods", namespace: MONITORING_NAMESPACE }],
      ports: tcp(...podPorts(workload, [metrics.port])),
    },
  ];
}

function tracingFlows(workload: ServiceSettings, { config }: Target): Flow[] {
  const tracing = tracingOf(workload, config);
  if (tracing === undefined) return [];
  return [
    {
      direction: "egress",
      peers: [{ kind: "pods", namespace: tracing.collectorNamespace }],
      ports: tcp(OTLP_PORTS.grpc),
    },
  ];
}
