import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { formatCidr } from "../../ip-capacity/cidr";
import {
  carriedBy,
  type IngressGateway as IngressGatewaySettings,
  ingressGatewaysOf,
} from "../../model/ingress-gateways";
import { meshNetwork } from "../../model/mesh";
import { namespaceCalls, outsideCalls } from "../../model/mesh-calls";
import { meshPeerCidrs } from "../../model/mesh-peers";
import type { IstioSettings, MeshAuthoritySettings } from "../../model/settings";
import type { Target } from "../../model/target";
import { MeshCa, StoredMeshCa } from "../../modules/mesh/mesh-ca";
import { type Installing, settingsOf } from "../installing";
import { collectorHost } from "../opentelemetry-operator/otel-collector";
import { namespaceAccess } from "./install-access";
import { loadBalancerSubnets } from "../aws-load-balancer-controller/install";
import type { IngressGatewayProps } from "./ingress-gateway-props";
import { Istio, type IstioProps } from "./istio";

/** Istio, and what signs the identities of its workloads. */
export function installIstio(stack: Installing): Istio {
  const { scope, target, clusterName, ipv6, mirror } = stack;
  const { config, region, release } = target;
  const mesh = settingsOf(target.mesh.istio, target);
  const { certificateAuthority: ca } = mesh;
  const outbound = mesh.kind === "istio" ? mesh.outbound.mode : "registry-only";
  return new Istio(scope, "istio", {
    charts: release.charts,
    ambient: mesh.kind === "istio-ambient",
    meshId: mesh.id,
    trustDomain: mesh.trustDomain,
    clusterName,
    network: meshNetwork(target, mesh),
    replicas: mesh.controlPlane.replicas,
    accessLogs: mesh.accessLogs,
    outbound,
    failover: mesh.kind === "istio" ? mesh.failover : {},
    peerCidrs: meshPeerCidrs(target),
    mtls: mesh.mtls.mode,
    defaultDeny: mesh.defaultDeny.enabled,
    allow: mesh.allow,
    ingressGateways: ingressGatewaysOf(mesh).map((gateway) => gatewayProps(gateway, stack)),
    ...scopeAndTracing(mesh, target),
    namespaceCalls: namespaceCalls(config),
    namespaces: Object.keys(config.namespaces),
    access: namespaceAccess({ target, ipv6 }),
    ...(mesh.kind === "istio" &&
      outbound === "registry-only" && { outsideCalls: outsideCalls(config, region) }),
    eastWest:
      mesh.kind === "istio" && mesh.eastWestGateway.scheme === "internet-facing"
        ? { scheme: "internet-facing", callers: mesh.eastWestGateway.cidrs.map(formatCidr) }
        : { scheme: "internal", callers: meshPeerCidrs(target) },
    ...(mesh.controlPlane.canary && { canaryVersion: mesh.controlPlane.canary.version }),
    ...(mesh.kind === "istio-ambient" && { waypoints: mesh.waypoints }),
    ...(ca && { addCa: authorityOf(ca, mesh.trustDomain, stack) }),
    ...mirror,
  });
}

/** An ingress gateway with the names that it answers to. */
function gatewayProps(gateway: IngressGatewaySettings, stack: Installing): IngressGatewayProps {
  const { config } = stack.target;
  const { key, name, replicas, scheme, front, callers } = gateway;
  const carried = carriedBy(gateway, config).map(([, each]) => each);
  // The first one's were never named, so that its load balancer stays with those that it was made with.
  const isNamed = key !== undefined || scheme === "public";
  return {
    name,
    replicas,
    scheme,
    ...(callers.kind === "ranges" && { callers: callers.cidrs.map(formatCidr) }),
    hosts: carried.flatMap(({ hosts }) => hosts),
    front:
      front.kind === "alb"
        ? { kind: "alb", encrypted: carried.some(({ tls }) => tls.kind === "secret") }
        : {
            ...front,
            // Of the Gateway API external-dns reads the routes.
            hasRecords: config.traffic?.api === "istio" && config.ingress?.dns !== undefined,
            ...(isNamed && { subnetIds: loadBalancerSubnets(stack)[scheme] }),
          },
  };
}

function scopeAndTracing(
  mesh: IstioSettings,
  { config }: Target,
): Pick<IstioProps, "tracing" | "sidecarsKnow"> {
  const { openTelemetry } = config.observability ?? {};
  const collector = openTelemetry && collectorHost(openTelemetry.namespace);
  return {
    ...(mesh.tracing && collector !== undefined && { tracing: { ...mesh.tracing, collector } }),
    ...(mesh.kind === "istio" &&
      mesh.sidecarScope.mode === "called" && {
        sidecarsKnow: openTelemetry ? [`${openTelemetry.namespace}/${collector}`] : [],
      }),
  };
}

function authorityOf(
  ca: MeshAuthoritySettings,
  trustDomain: string,
  { target, clusterName, mirror, need }: Installing,
): (scope: Construct, dependsOn: ITerraformDependable[]) => ITerraformDependable {
  if (ca.kind === "secrets-manager") {
    const { store, name: secretName } = ca.secret;
    return (scope, dependsOn) => new StoredMeshCa(scope, "ca", { store, secretName, dependsOn }).ready;
  }
  // What an association of Pod Identity takes to be effective.
  need("time");
  return (scope, dependsOn) =>
    new MeshCa(scope, "ca", {
      chart: target.release.charts["aws-privateca-issuer"],
      clusterName,
      trustDomain,
      arn: ca.arn,
      days: ca.days,
      dependsOn,
      ...mirror,
    }).ready;
}
