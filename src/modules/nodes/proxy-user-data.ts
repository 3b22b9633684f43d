import { type ProxyEnvironment, proxyVariables } from "../network/proxy-environment";
import type { EksManagedNodeGroupCloudinitPreNodeadm } from "../registry/eks-managed-node-group";

/**
 * Units of AL2023 that call other hosts. nodeadm runs twice, and its first run, nodeadm-config, is before the scripts of
 * user data: only a boothook comes earlier (awslabs/amazon-eks-ami#2128).
 */
const UNITS = ["nodeadm-config", "nodeadm-run", "containerd", "kubelet"];

/** AL2023: a boothook that gives the node's services their proxy by systemd drop-ins. */
export function al2023Proxy(environment: ProxyEnvironment): EksManagedNodeGroupCloudinitPreNodeadm[] {
  const variables = Object.entries(proxyVariables(environment));
  const content = [
    "#!/bin/bash",
    "set -eu",
    `for unit in ${UNITS.join(" ")}; do`,
    "  mkdir -p /etc/systemd/system/$unit.service.d",
    "  cat > /etc/systemd/system/$unit.service.d/10-proxy.conf <<'CONF'",
    "[Service]",
    ...variables.map(([name, value]) => `Environment="${name}=${value}"`),
    "CONF",
    "done",
    "systemctl daemon-reload",
    "",
  ].join("\n");
  return [{ content_type: 'text/cloud-boothook; charset="us-ascii"', content }];
}

/** Bottlerocket: its one proxy setting, which containerd and kubelet get (Bottlerocket documentation, settings.network). */
export function bottlerocketProxy({ httpsProxy, noProxy }: ProxyEnvironment): string {
  return [
    "[settings.network]",
    `"https-proxy" = ${JSON.stringify(httpsProxy)}`,
    `"no-proxy" = ${JSON.stringify(noProxy)}`,
    "",
  ].join("\n");
}
