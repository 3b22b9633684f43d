import { compareVersions, minorsBetween } from "../../text/versions";
import type { IstioConfig } from "../../config/schema/mesh";
import type { Target } from "../../model/target";
import type { Finding } from "../finding";
import { strangerFindings } from "../namespaces/strangers";

/** What single options of Istio need of the rest of the target. */
export function istioOptionFindings(target: Target, mesh: IstioConfig): Finding[] {
  const { config, release } = target;
  return [
    ...(mesh.tracing !== undefined && config.observability?.openTelemetry === undefined
      ? [
          {
            path: ["mesh", "tracing"],
            message:
              "has no collector to send to; write observability.openTelemetry: { traces } too, or remove it",
            related: [["observability"]],
          },
        ]
      : []),
    ...allowedFindings(target, mesh),
    ...canaryFindings(mesh, release.charts.istiod.version),
    ...(mesh.kind === "istio-ambient" ? waypointFindings(mesh, config) : []),
  ];
}

/** Both ends of a way that is open are namespaces that are there, and the caller is known to the mesh. */
function allowedFindings(target: Target, { allow }: IstioConfig): Finding[] {
  const known = (name: string) =>
    name in target.config.namespaces || target.platformNamespaces.includes(name);
  return Object.entries(allow).flatMap(([name, { namespace, from }]) => {
    const path = ["mesh", "allow", name];
    const ends = [
      { at: [...path, "namespace"], end: namespace },
      ...from.map((end, index) => ({ at: [...path, "from", index], end })),
    ];
    return [
      ...(isGenerated(target, namespace, name)
        ? [
            {
              path,
              message: `may be the name of an AuthorizationPolicy that the platform makes in ${namespace}; write another name`,
              related: [["workloads"]],
            },
          ]
        : []),
      ...ends
        .filter(({ end }) => !known(end))
        .map(({ at }) => ({
          path: at,
          message: "is not declared; write it under namespaces",
          related: [["namespaces"]],
        })),
      ...from.flatMap((caller, index) =>
        strangerFindings(target, [namespace, caller], [...path, "from", index]),
      ),
    ];
  });
}

/** Names of generated rules: of declared calls (mesh-access.ts), and of services (mesh-authorization.ts, gateway-allow.ts). */
function isGenerated({ workloads }: Target, namespace: string, name: string): boolean {
  const services = Object.entries(workloads);
  const isHere = (workload: string) => workloads[workload]?.namespace === namespace;
  return (
    name.startsWith("declared-") ||
    services.some(
      ([service, { traffic }]) =>
        (isHere(service) && name === `${service}-callers`) ||
        (traffic !== undefined &&
          ((isHere(service) && name === `${service}-gateway`) ||
            services.some(([to]) => isHere(to) && name === `${service}-to-${to}-gateway`))),
    )
  );
}

/** A canary is the next version: upgrades go one minor at a time (Istio, "Canary upgrades"). */
function canaryFindings({ controlPlane: { canary } }: IstioConfig, version: string): Finding[] {
  if (canary === undefined) return [];
  const path = ["mesh", "controlPlane", "canary", "version"];
  if (compareVersions(canary.version, version) <= 0)
    return [
      {
        path,
        message: `is not later than ${version}, which the release has; remove canary, or write a later one`,
      },
    ];
  if (minorsBetween(version, canary.version) > 1)
    return [
      { path, message: `is more than one minor after ${version}, which the release has; take one at a time` },
    ];
  return [];
}

/** A waypoint calls pods by its own identity, and no policy that is made here closes it to others (istio/istio#54696). */
function waypointFindings(
  { waypoints, defaultDeny }: Extract<IstioConfig, { kind: "istio-ambient" }>,
  { cni, namespaces }: Target["config"],
): Finding[] {
  const path = ["mesh", "waypoints"];
  const hasKinds = "gatewayApi" in cni && cni.gatewayApi.enabled;
  return [
    ...(waypoints.length > 0 && !hasKinds
      ? [
          {
            path,
            message:
              "are Gateways, a kind that the cluster does not have; write cni.gatewayApi: { enabled: true } too",
            related: [["cni", "gatewayApi"]],
          },
        ]
      : []),
    ...(waypoints.length > 0 && defaultDeny.enabled
      ? [
          {
            path,
            message:
              "would undo default deny: pods see the waypoint in place of its callers, so allow refuses all of them, or none; write defaultDeny: { enabled: false, reason } and policies of your own for both, or remove it",
            related: [["mesh", "defaultDeny"]],
          },
        ]
      : []),
    ...waypoints.flatMap((name, index): Finding[] =>
      namespaces[name]?.labels["istio.io/use-waypoint"] === "waypoint"
        ? []
        : [
            {
              path: [...path, index],
              message: `is not used by anything; write namespaces.${name}.labels: { istio.io/use-waypoint: waypoint } too`,
              related: [["namespaces"]],
            },
          ],
    ),
  ];
}
