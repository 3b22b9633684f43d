import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Manifest } from "../../manifest";
import { ManifestRelease } from "../../manifest-release";
import { gatewayManifests, type GatewaySubnets } from "./gateways";
import type { TrafficPlatform } from "./traffic";

export interface PlatformGatewaysProps {
  readonly platform: TrafficPlatform;
  /** Subnets of the gateways' own load balancers by their scheme; left out: AWS has none of these gateways. */
  readonly subnetIds?: GatewaySubnets;
  /** Namespace of the gateways, to be made here; left out: it is there. */
  readonly makeNamespace?: string;
  readonly dependsOn: ITerraformDependable[];
}

/** The target's gateways: one release, after what carries them out. */
export class PlatformGateways extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { platform, subnetIds, makeNamespace, dependsOn }: PlatformGatewaysProps,
  ) {
    super(scope, id);
    const manifests = gatewayManifests(platform, subnetIds);
    if (Object.keys(manifests).length === 0) return;
    const namespace = makeNamespace === undefined ? undefined : gatewayNamespaceManifest(makeNamespace);
    const first = namespace
      ? [
          new ManifestRelease(this, "gateways-namespace", {
            namespace: "kube-system",
            manifests: { namespace },
          }).release,
        ]
      : [];
    new ManifestRelease(this, "gateways", {
      namespace: "kube-system",
      manifests,
      dependsOn: [...first, ...dependsOn],
    });
  }
}

/** No pod runs in it: the proxies are on the nodes, or AWS's. */
function gatewayNamespaceManifest(name: string): Manifest {
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name, labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
  };
}
