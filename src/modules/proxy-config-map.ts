import type { Manifest } from "./manifest";
import { type ProxyEnvironment, proxyVariables } from "./network/proxy-environment";

export const PROXY_CONFIG_MAP = "egress-proxy";

/** A ConfigMap that pods take their proxy from: `envFrom: [{ configMapRef: { name: egress-proxy } }]`. */
export function proxyConfigMap(namespace: string, environment: ProxyEnvironment): Manifest {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: PROXY_CONFIG_MAP, namespace },
    data: proxyVariables(environment),
  };
}
