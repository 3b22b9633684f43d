import type { TargetSections } from "../../config/schema/sections";
import type { DefinitionsRecord } from "../component";
import { pins } from "./pins";

/** Where gateways are that no component has a namespace of its own for. */
export const GATEWAYS_NAMESPACE = "gateways";

/** Whether the Gateway API's definitions have to be there, and which key asks for them. */
export function gatewayApiKey({
  cni,
  traffic,
}: Pick<TargetSections, "cni" | "traffic">): string[] | undefined {
  if ("gatewayApi" in cni && cni.gatewayApi.enabled) return ["cni", "gatewayApi", "enabled"];
  return traffic?.api === "gateway-api" ? ["traffic", "api"] : undefined;
}

export const gatewayApi: DefinitionsRecord<"gateway-api"> = {
  kind: "definitions",
  name: "gateway-api",
  title: "Gateway API",
  stack: "cni",
  isUsed: (config) => gatewayApiKey(config) !== undefined,
  settings: ["traffic"],
  docs: "docs/traffic.md",
  pins,
  namespaces: { [GATEWAYS_NAMESPACE]: "not closed" },
  crds: {
    "gateway.networking.k8s.io": [
      "BackendTLSPolicy",
      "GRPCRoute",
      "Gateway",
      "GatewayClass",
      "HTTPRoute",
      "ReferenceGrant",
    ],
  },
  upgrade: {
    phase: "CRDs",
    restarts: "nothing",
    notes: [
      {
        since: "1.4",
        says: "a GRPCRoute without spec is refused, and allowCredentials of the experimental CORS filter is true or false and no longer a list of one",
        source: "kubernetes-sigs/gateway-api CHANGELOG/1.4-CHANGELOG.md, v1.4.0-rc.1",
      },
    ],
  },
};
