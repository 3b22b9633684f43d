import { INGRESS_NAMESPACE } from "../../facts/istio-gateways";
import { carriedBy, type IngressGateway } from "../../model/ingress-gateways";
import { usesIstioGateway } from "../../model/traffic";
import type { Target } from "../../model/target";
import type { Finding } from "../finding";

/** An ingress gateway of Istio, and the load balancer in front of it. */
export function ingressGatewayFindings(target: Target, gateway: IngressGateway): Finding[] {
  if (target.config.ingress === undefined) {
    const message =
      "needs the AWS Load Balancer Controller for its load balancer; write ingress: {} too, or remove it";
    return [{ path: gateway.path, message, related: [["ingress"]] }];
  }
  return [...publicFindings(target, gateway), ...balancerFindings(target, gateway)];
}

/** Who may face the internet is said in one place for all load balancers, and who may call is said by each. */
function publicFindings({ config }: Target, { path, scheme, front, callers }: IngressGateway): Finding[] {
  if (scheme === "internal") {
    if (callers.kind !== "anyone") return [];
    const message =
      "is for public load balancers: an internal one has no callers from the internet; remove it";
    return [{ path: [...path, "callers"], message }];
  }
  const { publicNamespaces = [], wafAclArn } = config.ingress?.loadBalancers ?? {};
  const at = [...path, "scheme"];
  const guarded = callers.kind !== "unsaid" || (front.kind === "alb" && wafAclArn !== undefined);
  return [
    ...worldFindings(path, callers),
    ...(config.network.egress.kind === "none"
      ? [
          {
            path: at,
            message: "needs public subnets, and egress: none leaves no way to the internet; write internal",
            related: [["network", "egress"]],
          },
        ]
      : []),
    ...(publicNamespaces.includes(INGRESS_NAMESPACE)
      ? []
      : [
          {
            path: at,
            message: `faces the internet, which namespace ${INGRESS_NAMESPACE} may not; write internal, or add the namespace to ingress.loadBalancers.publicNamespaces`,
            related: [["ingress", "loadBalancers"]],
          },
        ]),
    ...(guarded
      ? []
      : [
          {
            path: at,
            message:
              front.kind === "alb"
                ? "has no web ACL and names no range that may call it; write ingress.loadBalancers.wafAclArn, callers: [<range>], or callers: { anyone: true, reason }"
                : "names no range that may call it, and an NLB takes no web ACL; write callers: [<range>], or loadBalancer: alb with ingress.loadBalancers.wafAclArn, or callers: { anyone: true, reason }",
          },
        ]),
  ];
}

/** Ranges that no single network has: everybody is said with a reason. */
function worldFindings(path: IngressGateway["path"], callers: IngressGateway["callers"]): Finding[] {
  if (callers.kind !== "ranges") return [];
  const message =
    "is the internet, or much of it; write ranges of /8 or narrower, or { anyone: true, reason }";
  return callers.cidrs.flatMap(({ prefix }, index): Finding[] =>
    prefix >= WIDEST_NETWORK ? [] : [{ path: [...path, "callers", index], message }],
  );
}

/** IANA gave no network more than a /8. */
const WIDEST_NETWORK = 8;

/** What an ALB in front of the gateway asks for. */
function balancerFindings({ config, loadBalancerTargets }: Target, gateway: IngressGateway): Finding[] {
  const { path, front, key } = gateway;
  if (front.kind === "nlb") return [];
  const carried = carriedBy(gateway, config);
  const [first, ...others] = carried.map(([name]) => name);
  const name = key === undefined ? "" : `, ingressGateway: ${key}`;
  return [
    ...carried.flatMap(([name, { tls }]) =>
      tls.kind === "passthrough"
        ? [
            {
              path: ["traffic", "gateways", name, "tls"],
              message: "passes TLS on, and the ALB in front ends it; write { secret }, or loadBalancer: nlb",
              related: [path],
            },
          ]
        : [],
    ),
    ...(loadBalancerTargets === "instance"
      ? [
          {
            path: [...path, "loadBalancer"],
            message:
              "has pods as targets, and load balancers reach no pod of an overlay; use another cni.kind",
            related: [["cni", "kind"]],
          },
        ]
      : []),
    ...(config.traffic?.api === "gateway-api" && config.ingress?.dns !== undefined
      ? [
          {
            path: [...path, "loadBalancer"],
            message:
              "would have two records: external-dns gives the names of routes the gateway's address in the cluster, and the ALB's its own; write traffic.api: istio, or nlb",
            related: [["traffic"], ["ingress", "dns"]],
          },
        ]
      : []),
    ...(first === undefined
      ? [
          {
            path: [...path, "loadBalancer"],
            message: usesIstioGateway(config.traffic)
              ? `leads nowhere: the ALB's names are those of a gateway, and none is carried out here; write traffic.gateways: { <name>: { hosts, namespaces, tls${name} } }`
              : "leads nowhere: the ALB's names are those of traffic.gateways, which Istio has with traffic.api: istio only; write nlb, or that API",
            related: [["traffic"]],
          },
        ]
      : []),
    // Envoy tells them apart by the server name of a connection, and an ALB opens connections without one.
    ...others.map((other) => ({
      path: ["traffic", "gateways", other],
      message: `would be the second gateway behind one ALB, which names no server to the gateways it calls; add its hosts and namespaces to ${String(first)}, or carry it out by another of mesh.ingressGateways`,
      related: [path],
    })),
  ];
}
