import type { z } from "zod";

/** A gateway of `traffic`, with what only goes with who carries it out. */
export type Gateway = IstioGateway | CiliumGateway | AwsGateway;

interface Common {
  readonly hosts: readonly string[];
  /** Namespaces whose services it leads to. */
  readonly namespaces: readonly string[];
}

export type SecretTls = { readonly kind: "secret"; readonly secret: string; readonly certManager: boolean };
export type ClearTextTls = { readonly kind: "none"; readonly reason: string };

/** By an ingress gateway of the mesh, whose load balancer it has. */
export interface IstioGateway extends Common {
  readonly by: "istio";
  readonly tls: SecretTls | ClearTextTls | { readonly kind: "passthrough" };
  /** Which of mesh.ingressGateways; undefined: mesh.ingressGateway, or the only one there is. */
  readonly ingressGateway?: string | undefined;
}

/** By Cilium's Envoy, behind a load balancer of its own. */
export interface CiliumGateway extends Common {
  readonly by: "cilium";
  readonly tls: SecretTls | ClearTextTls;
  readonly scheme: "internal" | "public";
}

/** By an ALB, with certificates of ACM. */
export interface AwsGateway extends Common {
  readonly by: "aws";
  readonly scheme: "internal" | "public";
}

/** As a config writes one of the Gateway API, whoever carries it out. */
interface GivenGateway extends Common {
  readonly tls?: SecretTls | ClearTextTls | undefined;
  readonly scheme?: "internal" | "public" | undefined;
  readonly ingressGateway?: string | undefined;
}

/** A gateway of the Gateway API by who carries it out. Undefined where that lacks something, which has become an issue then. */
export function gatewayBy(
  by: Gateway["by"],
  { hosts, namespaces, tls, scheme, ingressGateway }: GivenGateway,
  path: readonly string[],
  context: z.RefinementCtx,
): Gateway | undefined {
  const issue = (key: readonly string[], message: string) =>
    context.addIssue({ code: "custom", path: [...path, ...key], message });
  const common = { hosts, namespaces };
  if (by !== "istio" && ingressGateway !== undefined)
    issue(["ingressGateway"], "has no effect: only gateways of Istio are carried out by one; remove it");
  if (by === "aws") {
    if (tls !== undefined)
      issue(
        ["tls"],
        "is a secret, and an ALB takes certificates of ACM; remove it, and write ingress.loadBalancers.certificateArns",
      );
    return { by, ...common, scheme: scheme ?? "internal" };
  }
  if (by === "istio" && scheme !== undefined)
    issue(
      ["scheme"],
      "does not apply to this gateway: its load balancer is that of mesh.ingressGateway or of mesh.ingressGateways, where its scheme is; remove it",
    );
  if (tls === undefined) {
    issue([], "has no tls; write tls: { secret: <name> }, or { none: true, reason }");
    return undefined;
  }
  return by === "istio"
    ? { by, ...common, tls, ingressGateway }
    : { by, ...common, tls, scheme: scheme ?? "internal" };
}
