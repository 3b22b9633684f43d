import { Construct } from "constructs";
import { type ChartRef, HelmRelease } from "../../modules/helm-release";
import { ManifestRelease } from "../../modules/manifest-release";
import { encryptedStorageClass } from "../../modules/storage-class";
import { type SpireSettings, spireValues } from "./spire-values";

/** Of the releases; the chart puts pods into spire-server and spire-system, which it makes. */
const NAMESPACE = "spire-mgmt";
const STORAGE_CLASS = "spire-gp3";

export interface SpireProps extends Omit<SpireSettings, "storageClass"> {
  readonly charts: { readonly crds: ChartRef; readonly spire: ChartRef };
  readonly volumesKeyArn: string;
}

/** SPIRE server, agents, controller manager and CSI driver. */
export class Spire extends Construct {
  readonly release: HelmRelease["release"];

  constructor(scope: Construct, id: string, props: SpireProps) {
    super(scope, id);
    const { charts, volumesKeyArn } = props;
    const crds = new HelmRelease(this, "crds", {
      name: "spire-crds",
      chart: charts.crds,
      namespace: NAMESPACE,
      values: {},
    });
    const storage = new ManifestRelease(this, "spire-storage", {
      namespace: NAMESPACE,
      manifests: { "storage-class": encryptedStorageClass(STORAGE_CLASS, volumesKeyArn) },
      // One release makes the namespace.
      dependsOn: [crds.release],
    });
    this.release = new HelmRelease(this, "helm", {
      name: "spire",
      chart: charts.spire,
      namespace: NAMESPACE,
      values: spireValues({ ...props, storageClass: STORAGE_CLASS }),
      dependsOn: [crds.release, storage.release],
    }).release;
  }
}
