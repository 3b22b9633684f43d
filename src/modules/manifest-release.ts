import type { Manifest } from "./manifest";
import { AssetType, type ITerraformDependable, TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import { chartFolder, chartHash } from "./chart-folder";
import { HelmRelease } from "./helm-release";
import { refuseMisshapen } from "./manifest-shape";
import { refuseTooLarge } from "./release-size";

export interface ManifestReleaseProps {
  /** Namespace of the release, and of objects that name none. */
  readonly namespace: string;
  /** Objects by a key that stays: it is what a plan and `helm get values` show. */
  readonly manifests: Readonly<Record<string, Manifest>>;
  readonly dependsOn?: ITerraformDependable[];
  /** @default true */
  readonly wait?: boolean;
  /** @default 600 */
  readonly timeoutSeconds?: number;
}

/**
 * Kubernetes objects as a Helm release of charts/manifests (docs/adr/0006-manifests.md). `kubernetes_manifest` needs the kinds and
 * a reachable API server at plan time; this needs neither, and the plan shows the objects.
 *
 * @throws ManifestShapeError where the API server would refuse an object for its form
 * @throws ReleaseTooLargeError where Helm could not keep the release in its Secret
 */
export class ManifestRelease extends Construct {
  readonly release: HelmRelease["release"];

  constructor(scope: Construct, id: string, { manifests, ...props }: ManifestReleaseProps) {
    super(scope, id);
    refuseMisshapen(id, manifests);
    refuseTooLarge(id, { manifests });
    // Copied into the stack's folder under a hash of its content: no path of this machine gets into the output, and a
    // changed template is a change of the release.
    const path = chartFolder("manifests");
    const chart = new TerraformAsset(this, "chart", {
      path,
      assetHash: chartHash(path),
      type: AssetType.DIRECTORY,
    });
    this.release = new HelmRelease(this, "helm", {
      ...props,
      name: id,
      chart: { path: chart.path },
      values: { manifests },
    }).release;
  }
}
