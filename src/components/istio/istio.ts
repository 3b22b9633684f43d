import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { CANARY_TAG } from "../../facts/istio-labels";
import { READINESS_GATE_LABEL } from "../../facts/load-balancer-drain";
import { type ChartRef, HelmRelease } from "../../modules/helm-release";
import { ManifestRelease } from "../../modules/manifest-release";
import type { Manifest } from "../../modules/manifest";
import { EastWestGateway } from "./east-west-gateway";
import { INGRESS_NAMESPACE } from "../../facts/istio-gateways";
import { addIngressGateway } from "./ingress-gateway";
import type { IngressGatewayProps } from "./ingress-gateway-props";
import {
  istioBaseValues,
  istioCniValues,
  ISTIO_NAMESPACE,
  type IstiodSettings,
  istiodValues,
  knowsProxySeccomp,
  ztunnelValues,
} from "./istio-values";
import { CA_SECRET } from "../../modules/mesh/mesh-ca";
import { type OutsideCall, outsideServices } from "../../modules/mesh/outside-services";
import { type ScopedCall, sidecarScopes } from "../../modules/mesh/sidecar-scope";
import { meshTelemetry } from "../../modules/mesh/tracing";
import { waypoint } from "../../modules/mesh/waypoint";
import {
  type AllowedCall,
  allowPolicy,
  type MeshPolicySettings,
  meshPolicies,
} from "../../modules/mesh/mesh-policies";

export type IstioCharts = Readonly<
  Record<"istio-base" | "istiod" | "istio-cni" | "ztunnel" | "istio-gateway", ChartRef>
>;

export interface IstioProps
  extends
    Omit<IstiodSettings, "caSecret" | "multiCluster" | "revision" | "proxySeccomp">,
    Pick<MeshPolicySettings, "mtls" | "defaultDeny"> {
  readonly charts: IstioCharts;
  /** IPv4 ranges of the VPCs of other clusters in the mesh; none: it is the only one. */
  readonly peerCidrs: readonly string[];
  /** Calls of whole namespaces, by name. */
  readonly allow: Readonly<Record<string, AllowedCall>>;
  /** Makes what signs the cluster's CA: after the namespace, before istiod. */
  readonly addCa?: (scope: Construct, dependsOn: ITerraformDependable[]) => ITerraformDependable;
  /** @default none */
  readonly ingressGateways?: readonly IngressGatewayProps[];
  /** How peers reach the east-west gateway. */
  readonly eastWest: { readonly scheme: "internal" | "internet-facing"; readonly callers: readonly string[] };
  /** Services that every sidecar knows beside its own and those it may call; left out: sidecars know all. */
  readonly sidecarsKnow?: readonly string[];
  /** Calls between namespaces, which sidecars know. */
  readonly namespaceCalls?: readonly ScopedCall[];
  /** Namespaces that are there before Istio. */
  readonly namespaces?: readonly string[];
  /** Rules of namespaces for their callers, by namespace and key. */
  readonly access?: Readonly<Record<string, Readonly<Record<string, Manifest>>>>;
  /** Calls out of the cluster that sidecars let through where `outbound` lets no others. */
  readonly outsideCalls?: readonly OutsideCall[];
  /** Version of a second istiod, which namespaces ask for by `istio.io/rev: canary`. */
  readonly canaryVersion?: string;
  /** Namespaces of an ambient mesh with a waypoint. */
  readonly waypoints?: readonly string[];
  readonly dependsOn?: ITerraformDependable[];
}

/** Istio in one cluster: kinds, control plane, CNI plugin, data plane, gateway, and the rules of the whole mesh. */
export class Istio extends Construct {
  /** What needs Istio's kinds, its webhooks and its proxies depends on it. */
  readonly ready: ITerraformDependable[];
  /** Of the control plane. */
  readonly release: ITerraformDependable;

  constructor(scope: Construct, id: string, props: IstioProps) {
    super(scope, id);
    const { charts, ambient, addCa, peerCidrs, ingressGateways = [], dependsOn = [] } = props;
    const namespace = ISTIO_NAMESPACE;

    const namespaces = new ManifestRelease(this, "istio-namespaces", {
      namespace: "kube-system",
      manifests: {
        system: {
          apiVersion: "v1",
          kind: "Namespace",
          metadata: {
            name: ISTIO_NAMESPACE,
            // Where its services are, for proxies of other networks.
            labels: {
              "topology.istio.io/network": props.network,
              ...podSecurity("privileged"),
              // The east-west gateway is in it.
              ...(peerCidrs.length > 0 && READINESS_GATE_LABEL),
            },
          },
        },
        ...(ingressGateways.length > 0 && {
          ingress: {
            apiVersion: "v1",
            kind: "Namespace",
            metadata: {
              name: INGRESS_NAMESPACE,
              labels: { ...podSecurity("baseline"), ...READINESS_GATE_LABEL },
            },
          },
        }),
      },
      dependsOn,
    }).release;
    const ca = addCa?.(this, [namespaces]);
    const { canaryVersion } = props;
    const newest = (chart: ChartRef) => ({
      ...chart,
      ...(canaryVersion !== undefined && { version: canaryVersion }),
    });
    const base = new HelmRelease(this, "istio-base", {
      // Kinds first: an older istiod knows how to live with later ones.
      chart: newest(charts["istio-base"]),
      namespace,
      values: istioBaseValues(props),
      dependsOn: [namespaces],
    }).release;
    const settings = {
      ...props,
      multiCluster: peerCidrs.length > 0,
      ...(ca && { caSecret: CA_SECRET }),
    };
    const istiod = new HelmRelease(this, "istiod", {
      chart: charts.istiod,
      namespace,
      values: istiodValues({ ...settings, proxySeccomp: knowsProxySeccomp(charts.istiod.version) }),
      dependsOn: [base, ...(ca ? [ca] : [])],
    }).release;
    if (canaryVersion !== undefined) {
      new HelmRelease(this, "istiod-canary", {
        chart: newest(charts.istiod),
        namespace,
        values: istiodValues({
          ...settings,
          proxySeccomp: knowsProxySeccomp(canaryVersion),
          revision: { name: canaryVersion.replaceAll(".", "-"), tag: CANARY_TAG },
        }),
        // One writes its webhooks after the other.
        dependsOn: [istiod],
      });
    }
    const cni = new HelmRelease(this, "istio-cni", {
      chart: charts["istio-cni"],
      namespace,
      values: istioCniValues(props),
      dependsOn: [istiod],
    }).release;
    const ztunnel = ambient
      ? new HelmRelease(this, "ztunnel", {
          chart: charts.ztunnel,
          namespace,
          values: ztunnelValues(props),
          dependsOn: [cni],
        }).release
      : undefined;
    this.release = istiod;
    this.ready = [istiod, ztunnel ?? cni];

    for (const gateway of ingressGateways)
      addIngressGateway(this, gateway, { chart: charts["istio-gateway"], dependsOn: this.ready });
    this.addPolicies(props);
    if (peerCidrs.length > 0) {
      new EastWestGateway(this, "east-west", {
        chart: charts["istio-gateway"],
        network: props.network,
        ...props.eastWest,
        defaultDeny: props.defaultDeny,
        dependsOn: this.ready,
      });
    }
    for (const name of [...(props.waypoints ?? [])].sort()) {
      new ManifestRelease(this, `waypoint-${name}`, {
        namespace: name,
        manifests: { waypoint: waypoint(name) },
        dependsOn: this.ready,
      });
    }
  }

  private addPolicies(props: IstioProps): void {
    const { allow, tracing, sidecarsKnow, namespaceCalls: calls = [] } = props;
    const { [ISTIO_NAMESPACE]: everywhere, ...scopes } =
      sidecarsKnow === undefined ? {} : sidecarScopes({ calls, always: sidecarsKnow });
    // Before the one for the whole mesh, under which their proxies would know their own namespace only.
    const sidecars = Object.entries(scopes).map(
      ([namespace, scope]) =>
        new ManifestRelease(this, `sidecars-${namespace}`, {
          // Out of the team's reach. Where nobody has made the namespace, a release in it does.
          namespace: props.namespaces?.includes(namespace) ? ISTIO_NAMESPACE : namespace,
          manifests: { sidecars: scope },
          dependsOn: this.ready,
        }).release,
    );
    const { release } = new ManifestRelease(this, "mesh-policies", {
      namespace: ISTIO_NAMESPACE,
      manifests: {
        ...meshPolicies({ ...props, ingressGateways: (props.ingressGateways ?? []).map(({ name }) => name) }),
        ...(tracing && { telemetry: meshTelemetry(tracing, ISTIO_NAMESPACE) }),
        ...(everywhere && { sidecars: everywhere }),
      },
      dependsOn: [...this.ready, ...sidecars],
    });
    for (const [namespace, manifests] of Object.entries(outsideServices(props.outsideCalls ?? []))) {
      // The release stays out of the team's reach.
      new ManifestRelease(this, `outside-${namespace}`, {
        namespace: ISTIO_NAMESPACE,
        manifests,
        dependsOn: [release],
      });
    }
    for (const [namespace, manifests] of Object.entries(props.access ?? {})) {
      new ManifestRelease(this, `access-${namespace}`, {
        namespace: ISTIO_NAMESPACE,
        manifests,
        dependsOn: [release],
      });
    }
    const names = Object.keys(allow).sort();
    for (const namespace of [...new Set(Object.values(allow).map((call) => call.namespace))].sort()) {
      // A release in the namespace itself makes it, where nobody has yet.
      new ManifestRelease(this, `allow-${namespace}`, {
        namespace,
        manifests: Object.fromEntries(
          names.flatMap((name) => {
            const call = allow[name];
            return call?.namespace === namespace ? [[name, allowPolicy(name, call)]] : [];
          }),
        ),
        dependsOn: [release],
      });
    }
  }
}

/** istio-cni and ztunnel work on the node's own network; gateways do not. */
function podSecurity(level: "privileged" | "baseline"): Record<string, string> {
  return { "pod-security.kubernetes.io/enforce": level };
}
