import { GATEWAYS_NAMESPACE } from "../../components/gateway-api/record";
import { listed } from "../../text/listed";
import { ingressGatewaysOf } from "../../model/ingress-gateways";
import type { Gateway } from "../../config/schema/traffic-gateway";
import { gatewayImplementation, usesIstioGateway } from "../../model/traffic";
import type { Target } from "../../model/target";
import type { Finding, FleetCheck, TargetCheck } from "../finding";

/** What the API that a target chose takes, and its gateways. */
export const trafficCheck: TargetCheck = (target): Finding[] => {
  const { traffic } = target.config;
  if (traffic === undefined) return [];
  return [...carrierFindings(target), ...gatewayFindings(target)];
};

/** Who carries the routes out. */
function carrierFindings(target: Target): Finding[] {
  const { traffic, cni, ingress } = target.config;
  const mesh = target.mesh.istio;
  const implementation = gatewayImplementation(traffic);
  const path = implementation === undefined ? ["traffic", "api"] : ["traffic", "implementation"];
  const gateways = Object.keys(target.gateways).length > 0;
  if (usesIstioGateway(traffic)) {
    if (mesh === undefined)
      return [{ path, message: "needs Istio; write mesh: { kind: istio, id, trustDomain } too" }];
    if (gateways && ingressGatewaysOf(mesh).length === 0) {
      const message =
        "are carried out by Istio's ingress gateway, and there is none; write mesh.ingressGateway: {} too";
      return [{ path: ["traffic", "gateways"], message, related: [["mesh"]] }];
    }
    return [];
  }
  if (implementation === "cilium") {
    if (!("gatewayApi" in cni)) {
      const message = `is not possible with cni.kind ${cni.kind}: Cilium has gateways only where it takes kube-proxy's place; write istio, or cni.kind: cilium-eni`;
      return [{ path, message, related: [["cni", "kind"]] }];
    }
    if (!cni.gatewayApi.enabled)
      return [{ path, message: "needs Cilium's gateways; write cni.gatewayApi: { enabled: true } too" }];
  }
  if (ingress === undefined && (gateways || implementation === undefined)) {
    const message =
      "needs the AWS Load Balancer Controller, which makes the load balancers; write ingress: {} too";
    return [{ path, message, related: [["ingress"]] }];
  }
  return [];
}

function gatewayFindings(target: Target): Finding[] {
  const owners = new Map<string, string>();
  return Object.entries(target.gateways).flatMap(([name, gateway]) => {
    const path = ["traffic", "gateways", name];
    const taken = gateway.hosts.flatMap((host, index): Finding[] => {
      const owner = owners.get(host);
      owners.set(host, owner ?? name);
      if (owner === undefined) return [];
      const message = `is also a name of ${owner}, and a request has one way in; write it in one of them`;
      return [{ path: [...path, "hosts", index], message, related: [["traffic", "gateways", owner]] }];
    });
    return [
      ...taken,
      ...carriedFindings(gateway, path, target),
      ...encryptionFindings(gateway, path, target),
      ...schemeFindings(gateway, path, target),
    ];
  });
}

/** Which of Istio's ingress gateways carries it out. */
function carriedFindings(gateway: Gateway, path: string[], { mesh }: Target): Finding[] {
  if (gateway.by !== "istio") return [];
  const { ingressGateway: named } = gateway;
  const all = ingressGatewaysOf(mesh.istio);
  const names = all.flatMap(({ key }) => key ?? []);
  if (named !== undefined && !names.includes(named)) {
    const known = names.length > 0 ? `it has ${names.join(", ")}` : "it has none";
    const message = `refers to "${named}", which mesh.ingressGateways does not have; ${known}`;
    return [{ path: [...path, "ingressGateway"], message, related: [["mesh"]] }];
  }
  if (named !== undefined || all.length < 2 || all[0]?.key === undefined) return [];
  const message = `could be carried out by ${listed(names, "or")}; write ingressGateway: <name>`;
  return [{ path, message, related: [["mesh", "ingressGateways"]] }];
}

function encryptionFindings(gateway: Gateway, path: string[], { config: { ingress } }: Target): Finding[] {
  if (gateway.by === "aws") return [];
  const { tls } = gateway;
  if (tls.kind !== "secret" || !tls.certManager || ingress?.certificates !== undefined) return [];
  const message = "needs cert-manager; write ingress.certificates: { email } too, or remove it";
  return [{ path: [...path, "tls", "certManager"], message, related: [["ingress"]] }];
}

function schemeFindings(gateway: Gateway, path: string[], { config }: Target): Finding[] {
  if (gateway.by === "istio") return [];
  const { network, ingress } = config;
  const { scheme } = gateway;
  if (scheme !== "public") return [];
  const at = [...path, "scheme"];
  if (network.egress.kind === "none") {
    const message = "needs public subnets, and egress: none leaves no way to the internet; write internal";
    return [{ path: at, message, related: [["network", "egress"]] }];
  }
  // Who may face the internet is said in one place for all load balancers.
  if (ingress?.loadBalancers.publicNamespaces.includes(GATEWAYS_NAMESPACE)) return [];
  const message = `faces the internet, which namespace ${GATEWAYS_NAMESPACE} may not; write internal, or add the namespace to ingress.loadBalancers.publicNamespaces`;
  return [{ path: at, message, related: [["ingress", "loadBalancers"]] }];
}

/** The rule by which a fleet that moves from one API to the other is let through for a while. */
const ONE_API = "TRAFFIC-ONE-API";

/** One API in all targets: teams learn one, and a service moves between clusters as it is. */
export const oneTrafficApiCheck: FleetCheck = ({ targets }) => {
  const first = targets.find(({ config }) => config.traffic !== undefined);
  const choice = first?.config.traffic?.api;
  if (first === undefined || choice === undefined) return [];
  return targets.flatMap((target) => {
    const { traffic } = target.config;
    if (traffic === undefined || traffic.api === choice) return [];
    const message = `is ${choice} in ${first.name}, and all targets have the same; write that, or waive ${ONE_API} while they move`;
    return [{ target, finding: { path: ["traffic", "api"], value: traffic.api, message, rule: ONE_API } }];
  });
};
