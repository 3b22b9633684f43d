import type { ConfigPath } from "../../config/read/source-node";
import { isHiddenFromPrometheus, serviceOf, strangersMeet } from "../../model/workloads";
import type { Finding } from "../finding";
import { storedSecretFindings } from "../secrets/stored-secrets";
import type { CheckedWorkload } from "./checked-workload";

/** What a service asks of the platform that the target has not. */
export function featureFindings(each: CheckedWorkload): Finding[] {
  return [
    ...controllerFindings(each),
    ...portFindings(each),
    ...serviceFindings(each),
    ...secretFindings(each),
    ...identityFindings(each),
    ...observabilityFindings(each),
  ];
}

function controllerFindings({ target, workload, path }: CheckedWorkload): Finding[] {
  const { gitops, cni } = target.config;
  const { controller, storage, securityGroups } = workload;
  const findings: Finding[] = [];
  if (controller === "rollout" && gitops?.rollouts !== true) {
    findings.push({
      path: [...path, "controller"],
      message: "needs Argo Rollouts; write gitops.rollouts: true, or controller: deployment",
      related: [["gitops"]],
    });
  }
  if (controller !== "stateful-set" && Object.keys(storage).length > 0) {
    const message = `is for stateful-sets only, and this is a ${controller}; write controller: stateful-set, or remove it`;
    findings.push({ path: [...path, "storage"], message, related: [[...path, "controller"]] });
  }
  if (securityGroups !== undefined && cni.securityGroupsForPods === undefined) {
    findings.push({
      path: [...path, "securityGroups"],
      message:
        "need security groups for pods; write cni.securityGroupsForPods: {} with cni.kind vpc-cni or cilium-chaining, or remove them",
      related: [["cni"]],
    });
  }
  return findings;
}

function portFindings({ workload, path }: CheckedWorkload): Finding[] {
  const { ports, probes, metrics } = workload;
  const names = Object.keys(ports);
  const findings: Finding[] = [];
  if (probes.port !== undefined && !(probes.port in ports)) {
    const message = `is not in ports; write one of ${names.join(", ")}`;
    findings.push({ path: [...path, "probes", "port"], message, related: [[...path, "ports"]] });
  }
  if (typeof metrics === "object" && ports[metrics.port]?.protocol !== "http") {
    const http = names.filter((name) => ports[name]?.protocol === "http");
    const message = `is not a port of http; ${http.length > 0 ? `write one of ${http.join(", ")}` : "add one to ports"}`;
    findings.push({ path: [...path, "metrics", "port"], message, related: [[...path, "ports"]] });
  }
  return findings;
}

function serviceFindings({ target, workload, path }: CheckedWorkload): Finding[] {
  const { ingress } = target.config;
  const service = serviceOf(workload);
  const at: ConfigPath = [...path, "service"];
  if (service.kind === "node-port") {
    return Object.keys(service.nodePorts)
      .filter((name) => !(name in workload.ports))
      .map((name) => ({
        path: [...at, "nodePorts", name],
        message: `is not in ports; write one of ${Object.keys(workload.ports).join(", ")}`,
        related: [[...path, "ports"]],
      }));
  }
  if (service.kind !== "nlb") return [];
  if (ingress === undefined) {
    const message = "needs the AWS Load Balancer Controller; write ingress: {}, or another kind";
    return [{ path: [...at, "kind"], message, related: [["ingress"]] }];
  }
  const refused = strangersMeet(workload.namespace, target.config);
  if (refused !== undefined) {
    const message = `leads to pods that are in the mesh, which ${refused}, and the load balancer has no identity in it; write another kind, or take namespace ${workload.namespace} out of the mesh`;
    return [{ path: [...at, "kind"], message, related: [["mesh"]] }];
  }
  if (service.internetFacing === undefined) return [];
  if (!ingress.loadBalancers.publicNamespaces.includes(workload.namespace)) {
    return [
      {
        path: [...at, "internetFacing"],
        message: `is not for namespace ${workload.namespace}; add it to ingress.loadBalancers.publicNamespaces, or remove it`,
        related: [["ingress"]],
      },
    ];
  }
  if (target.subnets.has("public")) return [];
  const message = "has no subnets here: the network has none that are public; remove it";
  return [{ path: [...at, "internetFacing"], message, related: [["network", "subnets"]] }];
}

function secretFindings({ target, workload, path }: CheckedWorkload): Finding[] {
  const { config } = target;
  return Object.entries(workload.secrets).flatMap(([name, secret]): Finding[] => {
    const at = [...path, "secrets", name];
    if (secret.kind === "mounted") {
      if (config.secrets !== undefined && config.secrets.delivery !== "external-secrets") return [];
      const message = "needs the Secrets Store CSI driver; write secrets: { delivery: both }";
      return [{ path: [...at, "kind"], message, related: [["secrets"]] }];
    }
    const keys = Object.entries(secret.keys);
    const { store } = secret;
    const found = keys.flatMap(([key, { name: remote }]) =>
      storedSecretFindings(config, [...at, "keys", key], { store, name: remote }, workload.namespace),
    );
    // What is wrong with the store is wrong for each key.
    const ofStore = found.find((each) => each.path.at(-1) === "store");
    return [
      ...(ofStore ? [{ ...ofStore, path: [...at, "store"] }] : []),
      ...found.filter((each) => each.path.at(-1) !== "store"),
    ];
  });
}

/** The role comes by Pod Identity, whose agent a closed namespace lets through only where it says so. */
function identityFindings({ target, workload, path }: CheckedWorkload): Finding[] {
  const mode = target.config.namespaces[workload.namespace]?.identity;
  const mounted = Object.keys(workload.secrets).find((name) => workload.secrets[name]?.kind === "mounted");
  const key = workload.identity ? ["identity"] : mounted === undefined ? undefined : ["secrets", mounted];
  if (key === undefined || mode === undefined || mode === "pod-identity") return [];
  return [
    {
      path: [...path, ...key],
      message: `needs Pod Identity, and namespaces.${workload.namespace}.identity is ${mode}; write pod-identity there`,
      related: [["namespaces", workload.namespace, "identity"]],
    },
  ];
}

function observabilityFindings({ target, workload, path }: CheckedWorkload): Finding[] {
  const { observability } = target.config;
  const related: ConfigPath[] = [["observability"]];
  const findings: Finding[] = [];
  if (typeof workload.metrics === "object" && observability?.prometheus === undefined) {
    const message = "needs Prometheus; write observability.prometheus: {}, or remove it";
    findings.push({ path: [...path, "metrics"], message, related });
  }
  if (typeof workload.metrics === "object" && isHiddenFromPrometheus(workload.namespace, target.config)) {
    const message =
      "can't be read: pods of an ambient mesh take only calls of the mesh, and Prometheus has no identity in it; remove it, or take the namespace out of the mesh";
    findings.push({ path: [...path, "metrics"], message, related: [["mesh"]] });
  }
  if (typeof workload.tracing === "object" && observability?.openTelemetry === undefined) {
    const message =
      "needs the collector; write observability.openTelemetry: { traces: { kind: xray } }, or remove it";
    findings.push({ path: [...path, "tracing"], message, related });
  }
  return findings;
}
