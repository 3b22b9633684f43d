import type { RoutedWorkload } from "./routed-workload";
import { gatewayImplementation, usesIstioGateway } from "../../model/traffic";
import type { Target } from "../../model/target";
import type { Finding, TargetCheck } from "../finding";
import { backendFindings } from "./route-backends";
import { rateLimitFindings } from "./rate-limit";
import { routeFeatureFindings } from "./route-features";
import { serviceIngressFindings } from "./service-ingress";
import { tcpFindings } from "./tcp-traffic";

/** Routes of services, against what the target's API can do. */
export const serviceTrafficCheck: TargetCheck = (target): Finding[] =>
  Object.entries(target.workloads).flatMap(([name, workload]) => {
    const { traffic } = workload;
    if (traffic === undefined) return [];
    const path = ["workloads", name, "traffic"];
    if (target.config.traffic === undefined) {
      const message =
        "needs an API for routes; write traffic: { api: istio }, gateway-api or alb-ingress in the target";
      return [{ path, message, related: [["traffic"]] }];
    }
    const routed = { name, workload, traffic, target };
    return [
      ...tcpFindings(routed),
      ...rateLimitFindings(routed),
      ...wayInFindings(routed),
      ...versionFindings(routed),
      ...serviceIngressFindings(routed),
      ...routeFeatureFindings(routed),
      ...backendFindings(routed),
    ].map((each) => ({ ...each, path: [...path, ...each.path] }));
  });

/** Hosts, gateways and callers in the cluster. */
function wayInFindings(routed: RoutedWorkload): Finding[] {
  const { workload, traffic, target } = routed;
  const { hosts, gateway } = traffic;
  const { config } = target;
  const findings = inClusterFindings(routed);
  if (config.traffic?.api === "alb-ingress") {
    if (gateway !== undefined)
      findings.push({
        path: ["gateway"],
        message: "belongs to Istio and the Gateway API: an Ingress has no gateway; remove it",
      });
    return findings;
  }
  if (gateway === undefined) {
    if (hosts.length > 0)
      findings.push({
        path: ["hosts"],
        message: "are reached by a gateway; write gateway: <one of traffic.gateways>",
      });
    return findings;
  }
  const gateways = target.gateways;
  const found = gateways[gateway];
  if (found === undefined) {
    const known = Object.keys(gateways).sort().join(", ") || "none";
    return [
      ...findings,
      {
        path: ["gateway"],
        message: `is not a gateway of the target; traffic.gateways has ${known}`,
        related: [["traffic"]],
      },
    ];
  }
  if (!found.namespaces.includes(workload.namespace)) {
    const message = `does not lead to namespace ${workload.namespace}; add it to traffic.gateways.${gateway}.namespaces`;
    findings.push({ path: ["gateway"], message, related: [["traffic", "gateways", gateway, "namespaces"]] });
  }
  if (hosts.length === 0)
    findings.push({ path: ["gateway"], message: "leads to services by names; write hosts: [<name>]" });
  hosts.forEach((host, index) => {
    if (found.hosts.some((each) => covers(each, host))) return;
    const message = `is not a host of ${gateway}, which answers to ${found.hosts.join(", ")}; write one of them, or add it there`;
    findings.push({ path: ["hosts", index], message, related: [["traffic", "gateways", gateway, "hosts"]] });
  });
  return findings;
}

/** `*.example.com` covers `api.example.com` and `a.b.example.com`, as Istio and the Gateway API both say. */
function covers(pattern: string, host: string): boolean {
  return pattern === host || (pattern.startsWith("*.") && host.endsWith(pattern.slice(1)));
}

function inClusterFindings({ traffic, target: { config } }: RoutedWorkload): Finding[] {
  const { inCluster, gateway } = traffic;
  const isAlb = config.traffic?.api === "alb-ingress";
  const wanted = inCluster ?? (gateway === undefined && !isAlb);
  const at = inCluster === undefined ? [] : ["inCluster"];
  if (!wanted) {
    if (inCluster !== false || gateway !== undefined || isAlb) return [];
    return [{ path: at, message: "leaves the routes without a caller; write gateway, or remove it" }];
  }
  if (isAlb || gatewayImplementation(config.traffic) === "aws") {
    const message = isAlb
      ? "has no effect with an ALB, which callers in the cluster don't pass; remove it"
      : "has callers in the cluster only, and AWS's load balancers serve none of those; write gateway";
    return [{ path: at, message }];
  }
  const { mesh } = config;
  if (mesh?.kind === "istio-ambient" && gatewayImplementation(config.traffic) !== "cilium") {
    const message =
      "has routes for callers in the cluster, which a waypoint would have to carry out in ambient mode, and they are not written for one; write gateway and hosts, or mesh.kind: istio";
    return [{ path: at, message, related: [["mesh", "kind"]] }];
  }
  return [];
}

/** Subsets, their shares, and what Argo Rollouts does of it. */
function versionFindings(routed: RoutedWorkload): Finding[] {
  const { workload, traffic, target } = routed;
  const { subsets, split, canary, destination } = traffic;
  const findings = emptySubsetFindings(routed);
  const rollout = workload.controller === "rollout";
  for (const name of Object.keys(split ?? {})) {
    if (name in subsets || rollout) continue;
    findings.push({
      path: ["split", name],
      message: `is not a subset; write subsets.${name}: { <label>: <value> }`,
    });
  }
  if (rollout && split !== undefined)
    findings.push({
      path: ["split"],
      message: "is what Argo Rollouts does with controller: rollout; remove it",
    });
  for (const name of ["stable", "canary"].filter((each) => rollout && each in subsets)) {
    findings.push({ path: ["subsets", name], message: "is created with controller: rollout; remove it" });
  }
  if (!rollout && canary !== undefined)
    findings.push({ path: ["canary"], message: "works with controller: rollout only; write that, or split" });
  if (destination !== undefined && !hasIstioCallers(target)) {
    const message =
      "is carried out by Istio's proxies, and this target's routes don't pass any; write traffic.api: istio and mesh, or remove it";
    findings.push({ path: ["destination"], message, related: [["traffic"]] });
  }
  return findings;
}

/** A share of requests for a version that nobody runs would be errors. */
function emptySubsetFindings({ name, traffic, target }: RoutedWorkload): Finding[] {
  if (Object.keys(traffic.subsets).length === 0) return [];
  const versions = versionsByApp(target.workloads).get(name) ?? [];
  return Object.entries(traffic.subsets).flatMap(([subset, { version }]) => {
    if (version === undefined || versions.includes(version)) return [];
    const known = [...versions].sort().join(", ") || "none";
    const message = `has no pods: version ${version} runs nowhere, and ${name} has ${known}; add a workload with app: ${name} and version: ${version}`;
    return [{ path: ["subsets", subset], message }];
  });
}

const versionsKnown = new WeakMap<Target["workloads"], ReadonlyMap<string, readonly string[]>>();

/** Versions that run of each application; found once for all services. */
function versionsByApp(workloads: Target["workloads"]): ReadonlyMap<string, readonly string[]> {
  const known = versionsKnown.get(workloads);
  if (known !== undefined) return known;
  const versions = new Map<string, string[]>();
  for (const [name, { app = name, version }] of Object.entries(workloads))
    if (version !== undefined) versions.set(app, [...(versions.get(app) ?? []), version]);
  versionsKnown.set(workloads, versions);
  return versions;
}

/** Whether proxies of Istio call services: its gateway, or sidecars. */
function hasIstioCallers({ config, mesh }: Target): boolean {
  return mesh.istio !== undefined && usesIstioGateway(config.traffic);
}
