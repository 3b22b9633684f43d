import { GATEWAYS_NAMESPACE } from "../components/gateway-api/record";
import { INGRESS_NAMESPACE } from "../facts/istio-gateways";
import type { TrafficConfig } from "../config/schema/traffic";
import type { Gateway } from "../config/schema/traffic-gateway";
import type { TargetConfig } from "../config/schema/target";

type Traffic = TrafficConfig | undefined;

/** Who carries the Gateway API out; undefined: it is not the target's choice. */
export function gatewayImplementation(traffic: Traffic): "istio" | "cilium" | "aws" | undefined {
  return traffic?.api === "gateway-api" ? traffic.implementation : undefined;
}

/** Whether Istio's ingress gateway carries out the target's gateways. */
export function usesIstioGateway(traffic: Traffic): boolean {
  return traffic?.api === "istio" || gatewayImplementation(traffic) === "istio";
}

const NONE = Object.freeze({});

/** The target's gateways by name. An Ingress has none. */
export function gatewaysOf(traffic: Traffic): Readonly<Record<string, Gateway>> {
  return traffic === undefined || traffic.api === "alb-ingress" ? NONE : traffic.gateways;
}

/** Namespace of gateways and their secrets. Istio's Envoy reads secrets of its own namespace only. */
export function gatewayNamespace(traffic: Traffic): string {
  return usesIstioGateway(traffic) ? INGRESS_NAMESPACE : GATEWAYS_NAMESPACE;
}

/** What load balancers send requests to: they reach no address of an overlay. */
export function loadBalancerTargets({ kind }: TargetConfig["cni"]): "ip" | "instance" {
  return kind === "cilium-overlay" ? "instance" : "ip";
}
