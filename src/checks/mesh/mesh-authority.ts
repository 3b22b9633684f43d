import type { AuthorityConfig } from "../../config/schema/mesh-authority";
import type { TargetConfig } from "../../config/schema/target";
import type { Finding } from "../finding";
import { storedSecretFindings } from "../secrets/stored-secrets";

const PATH = ["mesh", "certificateAuthority"];

/** What a CA needs of the target. The stored one is handed over in the namespace given. */
export function authorityFindings(
  config: TargetConfig,
  authority: AuthorityConfig | undefined,
  namespace: string,
): Finding[] {
  if (authority === undefined) return [];
  if (authority.kind === "secrets-manager")
    return storedSecretFindings(config, [...PATH, "secret"], authority.secret, namespace);
  const { network, ingress } = config;
  return [
    ...(ingress?.certificates === undefined
      ? [
          {
            path: PATH,
            message:
              "needs cert-manager, which makes the cluster's key; write ingress.certificates: { email } too",
            related: [["ingress"]],
          },
        ]
      : []),
    ...(network.egress.kind === "none" && !network.endpoints.additional.includes("acm-pca")
      ? [
          {
            path: PATH,
            message:
              "is not reached without egress; write acm-pca in network.endpoints.additional, and a CA of this region",
            related: [["network", "endpoints", "additional"]],
          },
        ]
      : []),
  ];
}
