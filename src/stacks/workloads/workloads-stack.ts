import { TimeProvider } from "@cdktf/provider-time/lib/provider";
import type { ServiceSettings } from "../../model/settings";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { rolePurpose } from "../../model/workloads";
import { ManifestRelease } from "../../modules/manifest-release";
import { PodIdentity } from "../../modules/pod-identity";
import { encryptedStorageClass } from "../../modules/storage-class";
import { meshAccess } from "../../modules/workloads/mesh-authorization";
import { workloadPolicies } from "../../modules/workloads/network-policies";
import type { Permission, Workload } from "../../modules/workloads/workload";
import { workloadManifests } from "../../modules/workloads/workload-manifests";
import { workloadsContract } from "./workloads-contract";
import { InClusterStack } from "../base/in-cluster-stack";
import type { PlatformStackProps } from "../base/platform-stack";
import { publish } from "../base/published-outputs";
import { workloadFlows } from "./workload-flows";
import { workloadAccess } from "./workload-mesh";
import { routedStrategy, routeManifests } from "./routed-services";
import { permissionsOf, WORKLOAD_STORAGE_CLASS, workloadOf } from "./workload-of";

/** Services of teams: a release each, and what they may do in AWS. */
export class WorkloadsStack extends InClusterStack {
  private readonly roleArns: Record<string, string> = {};
  private storageClass?: ITerraformDependable;
  private hasTime = false;

  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "workloads", props);
    const workloads = Object.entries(this.target.workloads).sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [name, config] of workloads) this.addWorkload(name, config);
    publish(this, workloadsContract, {
      services: workloads.map(([name]) => name),
      role_arns: this.roleArns,
    });
  }

  private addWorkload(name: string, config: ServiceSettings): void {
    const { target } = this;
    const workload = workloadOf(name, config, target);
    const context = { target, ipv6: this.ipv6Ranges() };
    const access = workloadAccess(name, config, context);
    const flows = workloadFlows(name, config, context);
    // In kube-system: who may read secrets of the namespace could otherwise change what Helm believes it made.
    new ManifestRelease(this, `workload-${name}`, {
      namespace: "kube-system",
      manifests: {
        ...workloadManifests(workload, routedStrategy(name, config, target)),
        ...(flows && workloadPolicies(workload, flows)),
        ...(access && meshAccess(workload, access)),
        ...routeManifests(name, config, target),
      },
      dependsOn: [
        ...this.identity(workload, permissionsOf(config, workload, target)),
        ...(workload.volumes.length > 0 ? [this.storage()] : []),
      ],
    });
  }

  private identity(
    { name, namespace }: Workload,
    permissions: readonly Permission[],
  ): ITerraformDependable[] {
    if (permissions.length === 0) return [];
    if (!this.hasTime) new TimeProvider(this, "time");
    this.hasTime = true;
    const identity = new PodIdentity(this, `identity-${name}`, {
      clusterName: this.target.clusterName,
      purpose: rolePurpose(name),
      serviceAccount: { namespace, name },
      policies: { attachCustomPolicy: true, policyStatements: [...permissions] },
    });
    this.roleArns[name] = identity.roleArn;
    return [identity.effective];
  }

  /** One class for the volumes of all services, encrypted with the cluster's key. */
  private storage(): ITerraformDependable {
    this.storageClass ??= new ManifestRelease(this, "workload-storage", {
      namespace: "kube-system",
      manifests: {
        "storage-class": encryptedStorageClass(WORKLOAD_STORAGE_CLASS, this.cluster.volumes_key_arn),
      },
    }).release;
    return this.storageClass;
  }
}
