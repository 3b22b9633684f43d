import type { IngressGatewayConfig } from "../config/schema/ingress-gateway";
import type { IstioGateway } from "../config/schema/traffic-gateway";
import type { IstioConfig } from "../config/schema/mesh";
import type { TargetConfig } from "../config/schema/target";
import { ingressGatewayName } from "../facts/istio-gateways";
import { istioOf } from "./mesh";
import { gatewaysOf } from "./traffic";

/** An ingress gateway of Istio's mesh. */
export interface IngressGateway extends IngressGatewayConfig {
  /** In mesh.ingressGateways; undefined: it is that of mesh.ingressGateway. */
  readonly key?: string;
  /** Of its release, Service and service account. */
  readonly name: string;
  /** Where the configuration has it. */
  readonly path: readonly string[];
}

/** All ingress gateways: that of mesh.ingressGateway first. */
export function ingressGatewaysOf(mesh: IstioConfig | undefined): readonly IngressGateway[] {
  if (mesh === undefined) return [];
  const { ingressGateway: first, ingressGateways: further } = mesh;
  return [
    ...(first ? [{ ...first, name: ingressGatewayName(), path: ["mesh", "ingressGateway"] }] : []),
    ...Object.entries(further)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, gateway]) => ({
        ...gateway,
        key,
        name: ingressGatewayName(key),
        path: ["mesh", "ingressGateways", key],
      })),
  ];
}

/** Which of them carries a gateway of `traffic` out: the one that it names, or else the first. */
export function carrierOf(
  { mesh }: Pick<TargetConfig, "mesh">,
  { ingressGateway: named }: Pick<IstioGateway, "ingressGateway">,
): IngressGateway | undefined {
  const all = ingressGatewaysOf(istioOf(mesh));
  return named === undefined ? all[0] : all.find(({ key }) => key === named);
}

/** Gateways of `traffic` that an ingress gateway carries out, by name. */
export function carriedBy(
  { name }: IngressGateway,
  config: Pick<TargetConfig, "mesh" | "traffic">,
): [string, IstioGateway][] {
  return Object.entries(gatewaysOf(config.traffic)).flatMap(([each, gateway]): [string, IstioGateway][] =>
    gateway.by === "istio" && carrierOf(config, gateway)?.name === name ? [[each, gateway]] : [],
  );
}
