import type { ServiceTraffic } from "../../config/schema/workloads/traffic";
import type { WorkloadConfig } from "../../config/schema/workloads/workloads";
import type { Finding } from "../finding";
import type { RoutedWorkload } from "./routed-workload";

type Backend = ServiceTraffic["routes"][number]["to"][number];

/** Services, ports and subsets that routes lead to. */
export function backendFindings(routed: RoutedWorkload): Finding[] {
  return routed.traffic.routes.flatMap(({ to }, index) =>
    to.flatMap((backend, at) => {
      const path = ["routes", index, "to", at];
      return oneBackend(backend, routed).map((each) => ({ ...each, path: [...path, ...each.path] }));
    }),
  );
}

function oneBackend(
  backend: Backend,
  { name, workload, target: { config, workloads } }: RoutedWorkload,
): Finding[] {
  const service = backend.service ?? name;
  const namespace = backend.namespace ?? workload.namespace;
  if (namespace !== workload.namespace && config.traffic?.api === "alb-ingress") {
    const message = `is another namespace, and an Ingress leads only to services of its own, ${workload.namespace}; remove it`;
    return [{ path: ["namespace"], message }];
  }
  const known = findWorkload(service, namespace, workloads);
  if (known === undefined) {
    if (backend.port !== undefined) return [];
    const elsewhere = workloads[service]?.namespace;
    const remedy =
      elsewhere === undefined ? "write port" : `write namespace: ${elsewhere}, where one is, or port`;
    const message = `leads to ${service} in ${namespace}, which is not in workloads, so its ports are not known; ${remedy}`;
    return [{ path: [], message }];
  }
  return [...portFindings(backend, service, known), ...subsetFindings(backend, service, known)];
}

function findWorkload(
  name: string,
  namespace: string,
  all: Readonly<Record<string, WorkloadConfig>>,
): WorkloadConfig | undefined {
  const found = all[name];
  return found?.namespace === namespace ? found : undefined;
}

function portFindings({ port }: Backend, service: string, { ports }: WorkloadConfig): Finding[] {
  const all = Object.values(ports);
  if (port === undefined) {
    if (all.some(({ protocol }) => protocol !== "tcp")) return [];
    return [{ path: [], message: `leads to ${service}, whose ports are all TCP; write another service` }];
  }
  const found = all.find((each) => each.port === port);
  if (found !== undefined && found.protocol !== "tcp") return [];
  const usable = all.filter(({ protocol }) => protocol !== "tcp").map((each) => each.port);
  const message = `is not a port of ${service} for requests; it has ${usable.join(", ") || "none"}`;
  return [{ path: ["port"], message }];
}

function subsetFindings(
  { subset }: Backend,
  service: string,
  { traffic, controller }: WorkloadConfig,
): Finding[] {
  if (subset === undefined) return [];
  const made = controller === "rollout" ? ["stable", "canary"] : [];
  const subsets = [...Object.keys(traffic?.subsets ?? {}), ...made];
  if (subsets.includes(subset)) return [];
  const message = `is not a subset of ${service}; it has ${subsets.join(", ") || "none"}: write workloads.${service}.traffic.subsets`;
  return [{ path: ["subset"], message }];
}
