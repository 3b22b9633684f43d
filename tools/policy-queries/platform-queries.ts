import { policyEnforcer } from "../../src/model/namespaces";
import { subnetsOf } from "../../src/model/subnets";
import type { Target } from "../../src/model/target";
import { openTelemetryPorts, type PlatformPorts, platformPorts } from "../../src/facts/platform-ports";
import { addressAt } from "../../src/ip-capacity/cidr";
import { networkOf } from "./baseline-queries";
import { bystander, type OracleQuery } from "./queries";

/** A port that no part of the platform listens on. */
const OTHER_PORT = 31337;

/** The platform's own namespaces: who calls their webhooks, what Prometheus reads, what nobody else may. */
export function platformQueries(target: Target): OracleQuery[] {
  const { config } = target;
  if (policyEnforcer(config) === undefined) return [];
  return closedNamespaces(target).flatMap(([namespace, ports]) => queriesOf(namespace, ports, target));
}

function closedNamespaces({ config }: Target): [string, PlatformPorts][] {
  const { gitops, ingress, secrets, keda, observability, backup } = config;
  const used: Readonly<Record<keyof typeof platformPorts, unknown>> = {
    argocd: gitops?.argocd,
    "argo-rollouts": gitops?.rollouts,
    "cert-manager": ingress?.certificates,
    "external-dns": ingress?.dns,
    "external-secrets": secrets !== undefined && secrets.delivery !== "csi",
    keda,
    monitoring: observability?.prometheus,
    velero: backup,
  };
  const names = Object.keys(platformPorts) as (keyof typeof platformPorts)[];
  const collector = observability?.openTelemetry?.namespace;
  return [
    ...names
      .filter((name) => Boolean(used[name]))
      .map((name): [string, PlatformPorts] => [name, platformPorts[name]]),
    ...(collector === undefined ? [] : [[collector, openTelemetryPorts] as [string, PlatformPorts]]),
  ];
}

function queriesOf(namespace: string, { open, metrics }: PlatformPorts, target: Target): OracleQuery[] {
  const { config } = target;
  const network = networkOf(config);
  const pod = bystander(namespace);
  const [subnet] = subnetsOf(config.network).get("controlPlane")?.values() ?? [];
  const address = subnet && addressAt(subnet, 5);
  const controlPlane =
    address !== undefined && network === "cilium" ? { entity: "kube-apiserver", ip: address } : address;
  const ask = (
    name: string,
    from: OracleQuery["from"],
    port: number,
    expect: "allowed" | "denied",
  ): OracleQuery => ({
    name: `${namespace}: ${name}`,
    from,
    to: pod,
    port,
    expect: { [network]: expect },
  });
  const stranger = bystander("some-other");
  return [
    ...open.flatMap((port) =>
      controlPlane === undefined ? [] : [ask("the control plane calls it", controlPlane, port, "allowed")],
    ),
    ...metrics.map((port) => ask("Prometheus reads it", "prometheus", port, "allowed")),
    ...metrics
      .filter((port) => !open.includes(port))
      .map((port) => ask("nobody else reads its metrics", stranger, port, "denied")),
    ask("its own pods reach each other", pod, OTHER_PORT, "allowed"),
    ask("no other port is open", stranger, OTHER_PORT, "denied"),
  ];
}
