import type { ProxyEnvironment } from "../../modules/network/proxy-environment";
import { al2023Proxy, bottlerocketProxy } from "../../modules/nodes/proxy-user-data";

const BOUNDARY = "octarine";

/**
 * User data of a class whose nodes reach the internet by a proxy. Karpenter puts its own NodeConfig, or its own
 * settings, behind it: an archive keeps its parts and their types (aws/karpenter-provider-aws
 * pkg/providers/amifamily/bootstrap/nodeadm.go), TOML is merged.
 */
export function proxyUserData(ami: "al2023" | "bottlerocket", proxy: ProxyEnvironment): string {
  if (ami === "bottlerocket") return bottlerocketProxy(proxy);
  return [
    "MIME-Version: 1.0",
    `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
    "",
    ...al2023Proxy(proxy).flatMap(({ content, content_type }) => [
      `--${BOUNDARY}`,
      `Content-Type: ${content_type ?? "text/x-shellscript"}`,
      "",
      content,
    ]),
    `--${BOUNDARY}--`,
    "",
  ].join("\n");
}
