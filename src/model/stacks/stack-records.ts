import type { CniConfig } from "../../config/schema/cni";
import { federatedNames } from "../federated-peers";
import type { GivenTarget } from "../given-target";
import { policiesOf } from "../namespaces";
import type { PlatformStackName, StackName } from "./stack-names";

/** What is known of a stack without making it. Its class, and what it publishes, are in src/stacks/<name>. */
export interface StackRecord {
  /** What it makes beside the components that it installs, for readers of the docs' table. */
  readonly holds?: string;
  /**
   * Stacks that must be there before it. All that run pods come after autoscaling: on the way up there is room for their pods, and
   * on the way down Karpenter goes last.
   */
  readonly after: readonly StackName[];
  /** Whether a target has something for it to hold beside the components that it installs. It stays as long as its feature is on, empty or not. */
  readonly isUsed?: (target: Pick<GivenTarget, "config" | "name">) => boolean;
  /**
   * What has to be done while its controllers still run, because nobody does it afterwards. By the finalizers that they set
   * and by what Helm leaves (docs/taking-a-layer-out.md names the sources).
   */
  readonly beforeItGoes?: readonly string[];
}

export const stackRecords: Readonly<Record<PlatformStackName, PlatformStackRecord>> = {
  network: {
    holds: "VPC, subnets by zone, egress, endpoints, network ACLs, flow logs, DNS, on-premises routes",
    after: [],
    isUsed: () => true,
  },
  cluster: {
    holds: "control plane, keys (secrets, logs, volumes), access entries, security groups",
    after: ["network"],
  },
  cni: {
    after: ["cluster"],
  },
  nodes: {
    holds: "managed node groups, before all others",
    after: ["cluster", "cni"],
  },
  autoscaling: {
    after: ["nodes"],
    beforeItGoes: [
      "Karpenter drains its nodes first; the managed groups must have room for their pods, or the pods wait",
    ],
  },
  secrets: {
    holds: "stores",
    after: ["autoscaling"],
    beforeItGoes: [
      "the kinds of External Secrets go with their release, and with them every ExternalSecret and the Secrets that it made",
    ],
  },
  ingress: {
    after: ["secrets"],
    beforeItGoes: [
      "delete every Ingress, Service of type LoadBalancer, TargetGroupBinding and Gateway of an ALB first: without their controller" +
        " they never go, and their load balancers stay",
    ],
  },
  policies: {
    holds: "namespaces, network policies, quotas, admission policies, security groups for pods",
    after: ["secrets"],
    isUsed: ({ config }) =>
      policiesOf(config) !== undefined ||
      config.cni.securityGroupsForPods !== undefined ||
      hasCiliumRouting(config.cni),
  },
  observability: {
    holds: "alerts",
    after: ["ingress"],
    isUsed: ({ config }) => config.observability !== undefined,
    beforeItGoes: [
      "volumes of Prometheus stay, as Helm deletes no PersistentVolumeClaim: delete those that nobody needs",
    ],
  },
  gitops: {
    // Their monitors need the kinds of the Prometheus operator.
    after: ["observability"],
    beforeItGoes: [
      "Applications with the finalizer resources-finalizer.argocd.argoproj.io never go without Argo CD: delete them first, or take it off",
    ],
  },
  mesh: {
    holds: "the mesh's CA and gateways",
    // It puts objects into namespaces, which Helm would make where the policies stack has not yet.
    after: ["ingress", "policies"],
    isUsed: ({ config }) => config.mesh !== undefined,
    beforeItGoes: [
      "pods with a sidecar keep it: take the injection labels off and restart them first, or their certificates run out within a day",
    ],
  },
  identity: {
    after: ["observability"],
    beforeItGoes: ["workloads get no new SVIDs: those that need one must no longer ask for it"],
  },
  backup: {
    holds: "bucket and key of backups",
    after: ["observability"],
    beforeItGoes: [
      "snapshots of volumes stay unless their backups are deleted first: velero backup delete --all",
    ],
  },
  workloads: {
    holds: "services that `workloads` declares",
    after: ["policies", "observability", "gitops", "mesh", "identity", "backup"],
    isUsed: ({ config }) => config.workloads !== undefined,
  },
  federation: {
    holds: "peering, and what clusters of one mesh know of each other",
    after: ["network", "cluster"],
    isUsed: (target) => federatedNames(target).length > 0,
    beforeItGoes: ["traffic between the peers stops"],
  },
};

/** The platform's stacks need none of a project's. */
interface PlatformStackRecord extends StackRecord {
  readonly after: readonly PlatformStackName[];
}

/** Whether a target has routes that are Cilium's own objects. */
function hasCiliumRouting(cni: CniConfig): boolean {
  return (
    ("bgp" in cni && cni.bgp !== undefined) || ("egressGateway" in cni && cni.egressGateway !== undefined)
  );
}
