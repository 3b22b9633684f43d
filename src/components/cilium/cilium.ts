import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type ChartRef, HelmRelease } from "../../modules/helm-release";
import { PodIdentity } from "../../modules/pod-identity";
import { operatorPolicy, type OperatorPolicyProps } from "./cilium-operator-policy";
import { ManifestRelease } from "../../modules/manifest-release";
import { encryptedStorageClass } from "../../modules/storage-class";
import {
  type CiliumProps,
  ciliumValues,
  CNI_CONFIG_MAP,
  cniConfigurationFor,
  SPIRE_STORAGE_CLASS,
} from "./cilium-values";

export interface CiliumReleaseProps extends Omit<CiliumProps, "version"> {
  readonly chart: ChartRef;
  readonly account: OperatorPolicyProps;
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * Cilium, installed before there is a node: the release waits for nothing, and its operator's AWS identity is
 * effective before the operator's pod exists.
 */
export class Cilium extends Construct {
  readonly release: HelmRelease["release"];

  constructor(scope: Construct, id: string, props: CiliumReleaseProps) {
    super(scope, id);
    const { chart, account, clusterName, mode, dependsOn = [] } = props;
    const first: ITerraformDependable[] = [...dependsOn];

    if (mode.kind === "eni") {
      const identity = new PodIdentity(this, "operator", {
        clusterName,
        purpose: "cilium-operator",
        serviceAccount: { namespace: "kube-system", name: "cilium-operator" },
        policies: { attachCustomPolicy: true, policyStatements: operatorPolicy(account) },
      });
      first.push(identity.effective);
      const configuration = cniConfigurationFor(mode, chart.version);
      if (configuration !== undefined) {
        first.push(
          new ConfigMapV1(this, "cni-configuration", {
            metadata: { name: CNI_CONFIG_MAP.name, namespace: "kube-system" },
            data: { [CNI_CONFIG_MAP.key]: configuration },
          }),
        );
      }
    }

    if (props.mutual) {
      const storage = new ManifestRelease(this, "cilium-spire-storage", {
        namespace: "kube-system",
        manifests: {
          "storage-class": encryptedStorageClass(SPIRE_STORAGE_CLASS, props.mutual.volumesKeyArn),
        },
        wait: false,
      });
      first.push(storage.release);
    }

    this.release = new HelmRelease(this, "cilium", {
      chart,
      namespace: "kube-system",
      values: ciliumValues({ ...props, version: chart.version }),
      dependsOn: first,
      wait: false,
    }).release;
  }
}
