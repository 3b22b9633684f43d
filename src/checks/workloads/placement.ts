import { allowedRegistries } from "../../model/namespaces";
import type { ConfigPath } from "../../config/read/source-node";
import { pulledImage } from "../../model/workloads";
import type { Finding } from "../finding";
import type { CheckedWorkload } from "./checked-workload";
import { nodeFindings } from "./nodes";

/** Namespace, image, resources, nodes: whether the pods would be taken at all. */
export function placeFindings(each: CheckedWorkload): Finding[] {
  const { target, workload, path } = each;
  const { namespaces } = target.config;
  if (!(workload.namespace in namespaces)) {
    const known = Object.keys(namespaces).sort();
    const remedy =
      known.length > 0 ? `declare it there, or write one of ${known.join(", ")}` : "declare it there";
    const message = `is not in namespaces; ${remedy}`;
    return [{ path: [...path, "namespace"], message, related: [["namespaces"]] }];
  }
  return [...imageFindings(each), ...resourceFindings(each), ...nodeFindings(each), ...versionFindings(each)];
}

function imageFindings({ target, workload, path }: CheckedWorkload): Finding[] {
  const { config, region } = target;
  const policies = target.policies;
  if (policies === undefined || policies.admission.imageRegistries.action !== "deny") return [];
  if (workload.namespace in policies.exemptNamespaces) return [];
  const image = pulledImage(workload, config, region);
  const registries = allowedRegistries(config, policies, region);
  if (registries.some((each) => image.startsWith(`${each}/`))) return [];
  return [
    {
      path: [...path, "image"],
      value: image,
      message: `is not from an allowed registry (${registries.join(", ")}); push it there, or add to policies.allowedRegistries`,
      related: [["policies"], ["images"]],
    },
  ];
}

function resourceFindings({ target, workload, path }: CheckedWorkload): Finding[] {
  const { cpus, memoryMiB, memoryLimitMiB } = workload.resources;
  const max = target.config.namespaces[workload.namespace]?.limits?.max;
  const at = (key: string): ConfigPath => [...path, "resources", key];
  const bounds = [
    ["memoryMiB", memoryMiB, "memoryLimitMiB", memoryLimitMiB],
    ["cpus", cpus, `limits.max.cpus of namespace ${workload.namespace}`, max?.cpus],
    ["memoryMiB", memoryMiB, `limits.max.memoryMiB of namespace ${workload.namespace}`, max?.memoryMiB],
    [
      "memoryLimitMiB",
      memoryLimitMiB,
      `limits.max.memoryMiB of namespace ${workload.namespace}`,
      max?.memoryMiB,
    ],
  ] as const;
  return bounds.flatMap(([key, value, what, most]): Finding[] =>
    value === undefined || most === undefined || value <= most
      ? []
      : [
          {
            path: at(key),
            message: `is more than ${what}: ${most}; write at most ${most}`,
            related: [at("memoryLimitMiB"), ["namespaces", workload.namespace]],
          },
        ],
  );
}

/** A version of another service stands behind its address, so it must be where that is and answer as that does. */
function versionFindings({ target, name, workload, path }: CheckedWorkload): Finding[] {
  const { app } = workload;
  if (app === undefined) return [];
  const service = target.workloads[app];
  const at = [...path, "app"];
  if (service === undefined || service.app !== undefined || app === name) {
    return [
      { path: at, message: "is not a service that has versions; write the name of another of workloads" },
    ];
  }
  const related: ConfigPath[] = [["workloads", app]];
  const findings: Finding[] = [];
  if (service.namespace !== workload.namespace) {
    const message = `is in namespace ${service.namespace}, and so must be its versions; write namespace: ${service.namespace}`;
    findings.push({ path: at, message, related });
  }
  const lacking = Object.keys(service.ports).filter((port) => !(port in workload.ports));
  if (lacking.length > 0) {
    const message = `has ports that this version lacks: ${lacking.join(", ")}; add them to ports`;
    findings.push({ path: at, message, related });
  }
  const moved = Object.entries(service.ports).filter(([port, theirs]) => {
    const own = workload.ports[port];
    return own !== undefined && podPort(own) !== podPort(theirs);
  });
  if (moved.length > 0) {
    const theirs = moved.map(([port, each]) => `${port} ${podPort(each)}`).join(", ");
    const message = `has its pods at other ports than this version: ${theirs}; write the same targetPort, for policies let callers through to those`;
    findings.push({ path: at, message, related });
  }
  const [misplaced] = (["service", "traffic", "metrics", "peers"] as const).filter(
    (key) => workload[key] !== undefined,
  );
  const key = misplaced ?? (workload.callers.length > 0 ? "callers" : undefined);
  if (key !== undefined) {
    const message = `is the service's, and this is a version of it; write it at workloads.${app}.${key}`;
    findings.push({ path: [...path, key], message, related });
  }
  return findings;
}

const podPort = ({ port, targetPort = port }: CheckedWorkload["workload"]["ports"][string]): number =>
  targetPort;
