import { DEREGISTRATION_DELAY, deregistrationDelaySeconds } from "../../facts/load-balancer-drain";
import type { ChartValues } from "../chart-values";
import type { Manifest } from "../manifest";
import { WORKLOAD_LABEL } from "../policies/labels";
import { objectLabels, serviceSelector, type Workload, type WorkloadPort } from "./workload";

const HEAD = { apiVersion: "v1", kind: "Service" } as const;
const NLB = "service.beta.kubernetes.io/aws-load-balancer-";

/** Class by which the AWS Load Balancer Controller takes a service, and the cloud provider leaves it alone. */
const NLB_CLASS = "service.k8s.aws/nlb";

type Served = Pick<
  Workload,
  "name" | "app" | "namespace" | "controller" | "ports" | "service" | "probes" | "shutdown"
>;

/** The headless service that gives the pods of a stateful set their names. */
export function governingService({ name, service }: Pick<Workload, "name" | "service">): string {
  return service.kind === "headless" ? name : `${name}-headless`;
}

/** The service, and for a stateful set that is reached otherwise the one of its pods' names. A version has none. */
export function serviceManifests(workload: Served): Record<string, Manifest> {
  if (workload.app !== workload.name) return {};
  const governing = governingService(workload);
  return {
    service: service(workload),
    ...(workload.controller === "stateful-set" &&
      governing !== workload.name && {
        "service-headless": headless(governing, workload, { [WORKLOAD_LABEL]: workload.name }),
      }),
  };
}

function service(workload: Served): Manifest {
  const { name, namespace, service: how, ports } = workload;
  const metadata = { name, namespace, labels: objectLabels(workload) };
  const selector = serviceSelector(workload);
  switch (how.kind) {
    case "headless":
      return headless(name, workload);
    case "cluster-ip":
      return { ...HEAD, metadata, spec: { type: "ClusterIP", selector, ports: ports.map(servicePort) } };
    case "node-port":
      return {
        ...HEAD,
        metadata,
        spec: {
          type: "NodePort",
          selector,
          ports: ports.map((port) => {
            const nodePort = how.nodePorts[port.name];
            return { ...servicePort(port), ...(nodePort !== undefined && { nodePort }) };
          }),
        },
      };
    case "nlb":
      return {
        ...HEAD,
        metadata: {
          ...metadata,
          annotations: {
            [`${NLB}type`]: "external",
            [`${NLB}nlb-target-type`]: how.targetType,
            [`${NLB}scheme`]: how.scheme,
            ...healthCheck(workload, how.targetType),
            // Nodes are targets that stay when a pod ends.
            ...(how.targetType === "ip" && {
              [`${NLB}target-group-attributes`]: `${DEREGISTRATION_DELAY}=${deregistrationDelaySeconds(workload.shutdown.drainSeconds)}`,
            }),
          },
        },
        spec: { type: "LoadBalancer", loadBalancerClass: NLB_CLASS, selector, ports: ports.map(servicePort) },
      };
  }
}

/** Pods are asked by their own readiness; nodes only by whether they take connections. */
function healthCheck(
  { probes }: Pick<Workload, "probes">,
  targetType: "ip" | "instance",
): Record<string, string> {
  const { port, ready } = probes;
  if (targetType === "instance" || port.protocol !== "http") return { [`${NLB}healthcheck-protocol`]: "TCP" };
  return {
    [`${NLB}healthcheck-protocol`]: "HTTP",
    [`${NLB}healthcheck-port`]: String(port.targetPort),
    [`${NLB}healthcheck-path`]: ready,
  };
}

/** One beside another service has other labels: a monitor would read each pod through both. */
function headless(name: string, workload: Served, labels = objectLabels(workload)): Manifest {
  const { namespace, controller, ports } = workload;
  return {
    ...HEAD,
    metadata: { name, namespace, labels },
    spec: {
      clusterIP: "None",
      selector: serviceSelector(workload),
      ports: ports.map(servicePort),
      // Members of a set find each other before any of them is ready.
      ...(controller === "stateful-set" && { publishNotReadyAddresses: true }),
    },
  };
}

/** Pods are reached by the name of their port, whatever its number is in a version. */
export function servicePort({ name, port, protocol }: WorkloadPort): ChartValues {
  return { name, port, targetPort: name, protocol: "TCP", appProtocol: protocol };
}
