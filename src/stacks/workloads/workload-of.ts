import { present } from "../../text/errors";
import type { ServiceSettings } from "../../model/settings";
import { DEFAULT_REPLICAS } from "../../facts/defaults";
import type { Target } from "../../model/target";
import { drainSecondsOf } from "../../model/load-balanced";
import { inTarget, metricsOf, probePort, pulledImage, serviceOf, tracingOf } from "../../model/workloads";
import { partitionOf } from "../../facts/regions";
import { collectorHost, OTLP_PORTS } from "../../components/opentelemetry-operator/otel-collector";
import { triggersOf } from "./triggers-of";
import { mountedSecretStatements } from "../../modules/workloads/secrets";
import type { Permission, ServiceKind, Workload, WorkloadPort } from "../../modules/workloads/workload";

/** Storage class of the volumes of stateful services. */
export const WORKLOAD_STORAGE_CLASS = "workloads-gp3";

/** A service as its target has it: what the config leaves open is decided by the target. */
export function workloadOf(name: string, workload: ServiceSettings, target: Target): Workload {
  const { config, region } = target;
  const { namespace, controller, version, command, args, environment, scaling, storage } = workload;
  const { horizontal, vertical } = scaling;
  const metrics = metricsOf(workload, config);
  const tracing = tracingOf(workload, config);
  const { memoryLimitMiB = workload.resources.memoryMiB, ...resources } = workload.resources;
  const { app = name } = workload;
  return {
    name,
    app,
    namespace,
    image: pulledImage(workload, config, region),
    controller,
    ...(version !== undefined && { version }),
    ports: portsOf(workload),
    ...(horizontal === undefined && { replicas: workload.replicas ?? DEFAULT_REPLICAS }),
    resources: { ...resources, memoryLimitMiB },
    ...(command && { command }),
    ...(args && { args }),
    environment,
    ...(horizontal && { horizontal: { ...horizontal, triggers: triggersOf(horizontal, target) } }),
    ...(vertical && { vertical }),
    service: serviceKindOf(workload, target),
    secrets: Object.entries(workload.secrets).map(([secret, each]) => ({ name: secret, ...each })),
    ...(workload.securityGroups && { securityGroupIds: workload.securityGroups }),
    volumes: Object.entries(storage).map(([volume, each]) => ({ name: volume, ...each })),
    storageClass: WORKLOAD_STORAGE_CLASS,
    ...(metrics && { metrics }),
    ...(tracing && {
      tracing: {
        endpoint: `http://${collectorHost(tracing.collectorNamespace)}:${OTLP_PORTS.grpc}`,
        sampleRatio: tracing.sampleRatio,
      },
    }),
    probes: { ...workload.probes, port: portNamed(probePort(workload), workload) },
    shutdown: { ...workload.shutdown, drainSeconds: drainSecondsOf(name, workload, config) },
    placement: workload.placement,
    place: { partition: partitionOf(region), region, accountId: config.account.id },
  };
}

/** Ports with their defaults filled in. */
export function portsOf({ ports }: Pick<ServiceSettings, "ports">): WorkloadPort[] {
  return Object.entries(ports).map(([name, { port, targetPort = port, protocol }]) => ({
    name,
    port,
    targetPort,
    protocol,
  }));
}

/** A check refuses services whose port is not there. */
function portNamed(name: string | undefined, workload: ServiceSettings): WorkloadPort {
  return present(
    portsOf(workload).find((each) => each.name === name),
    `the port for probes, ${name},`,
  );
}

function serviceKindOf(workload: ServiceSettings, { loadBalancerTargets }: Target): ServiceKind {
  const service = serviceOf(workload);
  if (service.kind !== "nlb") return service;
  return {
    kind: "nlb",
    scheme: service.internetFacing ? "internet-facing" : "internal",
    targetType: loadBalancerTargets,
  };
}

/** What the service may do in AWS: what its config lists, and what its mounted secrets take. */
export function permissionsOf(
  { identity }: ServiceSettings,
  workload: Pick<Workload, "secrets" | "place">,
  { config, region }: Target,
): Permission[] {
  const declared = (identity?.statements ?? []).map(({ name, actions, resources }) => ({
    sid: name,
    actions,
    resources: resources.map((each) => inTarget(each, config, region)),
  }));
  return [...declared, ...mountedSecretStatements(workload)];
}
