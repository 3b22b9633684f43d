import { expectGiven, expectThat, type Rule, rule, show, undecided, violation } from "../rule";
import { at, hasUnknown, isAbsent, isFalse, isTrue, isUnknown, items, text, texts } from "../../values/value";

const CLUSTER = ["aws_eks_cluster"];
const ENDPOINT_DOCS = "https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html";
const ACCESS_DOCS = "https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html";
const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

export const controlPlaneRules: readonly Rule[] = [
  rule({
    id: "EKS-ENDPOINT-WORLD",
    area: "control plane",
    severity: "error",
    what: "The public endpoint of the Kubernetes API does not admit the whole internet.",
    why: "Otherwise a stolen token or a hole in the API server can be used from anywhere.",
    remedy: "Set cluster.endpoint to private, or list the ranges of offices and VPNs.",
    reference: ENDPOINT_DOCS,
    types: CLUSTER,
    setting: "cluster.endpoint",
    check: ({ attributes }) => {
      const isPublic = at(attributes, "vpc_config", "endpoint_public_access");
      // Where nothing is said it is on, and open to all.
      if (isFalse(isPublic)) return [];
      const cidrs = at(attributes, "vpc_config", "public_access_cidrs");
      if (isUnknown(isPublic) || hasUnknown(cidrs))
        return [undecided("who is admitted is known after apply")];
      const world = texts(cidrs).filter((cidr) => ["0.0.0.0/0", "::/0"].includes(cidr));
      return world.length > 0 || isAbsent(cidrs)
        ? [violation(`admits ${world.join(", ") || "0.0.0.0/0, the default"}`)]
        : [];
    },
  }),
  rule({
    id: "EKS-ENDPOINT-PUBLIC",
    area: "control plane",
    severity: "warning",
    what: "The Kubernetes API has no public endpoint.",
    why: "A list of ranges has to be kept up to date for ever; a private endpoint needs no list.",
    remedy: "Set cluster.endpoint to private and reach it as runner.reach says.",
    reference: ENDPOINT_DOCS,
    types: CLUSTER,
    setting: "cluster.endpoint",
    check: (resource) =>
      expectThat(resource, ["vpc_config", "endpoint_public_access"], isFalse, () => "has a public endpoint"),
  }),
  rule({
    id: "EKS-ENDPOINT-PRIVATE",
    area: "control plane",
    severity: "error",
    what: "The Kubernetes API has a private endpoint.",
    why: "Without one, nodes leave the VPC and come back in to reach it, and lose it when egress fails.",
    remedy: "Set endpoint_private_access to true.",
    reference: ENDPOINT_DOCS,
    types: CLUSTER,
    setting: "cluster.endpoint",
    check: (resource) =>
      expectThat(
        resource,
        ["vpc_config", "endpoint_private_access"],
        isTrue,
        () => "has no private endpoint",
      ),
  }),
  rule({
    id: "EKS-LOGS",
    area: "control plane",
    severity: "error",
    what: "All five types of control-plane logs are on.",
    why: "Audit and authenticator logs are the only record of who did what in the cluster, and can't be obtained afterwards.",
    remedy: `Enable ${LOG_TYPES.join(", ")}.`,
    reference: "https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html",
    types: CLUSTER,
    setting: "cluster.logs",
    check: ({ attributes }) => {
      const types = attributes.enabled_cluster_log_types;
      const missing = LOG_TYPES.filter((type) => !texts(types).includes(type));
      if (missing.length > 0 && hasUnknown(types)) return [undecided("the types are known after apply")];
      return missing.map((type) => violation(`does not log ${type}`));
    },
  }),
  rule({
    id: "EKS-SECRETS-ENCRYPTION",
    area: "encryption",
    severity: "error",
    what: "Kubernetes Secrets are encrypted with a key of the account.",
    why: "The key's policy and its log then say who could read them. Encryption can't be removed later.",
    remedy: "Give encryption_config with resources [secrets] and a KMS key.",
    reference: "https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html",
    types: CLUSTER,
    check: ({ attributes }) => {
      const resources = at(attributes, "encryption_config", "resources");
      if (isUnknown(resources)) return [undecided("encryption_config is known after apply")];
      return texts(resources).includes("secrets") ? [] : [violation("does not encrypt secrets with a key")];
    },
  }),
  rule({
    id: "EKS-AUTH-MODE",
    area: "control plane",
    severity: "error",
    what: "Access is granted by access entries only, not by the aws-auth ConfigMap.",
    why: "The ConfigMap is a second list of administrators, which anybody who can edit it can extend, and which no plan shows.",
    remedy: "Set the authentication mode to API.",
    reference: ACCESS_DOCS,
    types: CLUSTER,
    setting: "cluster.access",
    check: (resource) =>
      expectThat(
        resource,
        ["access_config", "authentication_mode"],
        (mode) => mode === "API",
        (mode) => `has authentication mode ${show(mode)}`,
      ),
  }),
  rule({
    id: "EKS-CREATOR-ADMIN",
    area: "control plane",
    severity: "error",
    what: "Creating the cluster does not by itself make somebody its administrator.",
    why: "That would be an administrator whom no list names, as easily a person's role as CI's.",
    remedy: "Turn it off and write an access entry for the deploying role.",
    reference: ACCESS_DOCS,
    types: CLUSTER,
    setting: "cluster.access",
    check: (resource) =>
      expectThat(
        resource,
        ["access_config", "bootstrap_cluster_creator_admin_permissions"],
        // Where nothing is said it is on.
        isFalse,
        () => "makes its creator an administrator",
      ),
  }),
  rule({
    id: "EKS-DELETION-PROTECTION",
    area: "control plane",
    severity: "error",
    what: "EKS refuses to delete a production cluster.",
    why: "Otherwise one wrong apply takes down the cluster with everything that runs in it.",
    remedy: "Leave cluster.deletionProtection out; production has it on.",
    reference: "https://docs.aws.amazon.com/eks/latest/userguide/deletion-protection.html",
    types: CLUSTER,
    setting: "cluster.deletionProtection",
    check: (resource, { production }) =>
      production ? expectThat(resource, ["deletion_protection"], isTrue, () => "can be deleted at once") : [],
  }),
  rule({
    id: "EKS-SUPPORT-POLICY",
    area: "control plane",
    severity: "warning",
    what: "The cluster says what happens when standard support of its version ends.",
    why: "If it is left out, it is EXTENDED, at several times the hourly price.",
    remedy: "Write cluster.supportPolicy.",
    reference: "https://docs.aws.amazon.com/eks/latest/userguide/view-upgrade-policy.html",
    types: CLUSTER,
    setting: "cluster.supportPolicy",
    check: (resource) => expectGiven(resource, ["upgrade_policy", "support_type"], "has no upgrade policy"),
  }),
  rule({
    id: "EKS-VERSION-PIN",
    area: "control plane",
    severity: "error",
    what: "The Kubernetes version is written down.",
    why: "Without one, AWS chooses the newest at creation, and two targets of the same commit differ.",
    remedy: "Name a release; it holds the version.",
    reference: "https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html",
    types: CLUSTER,
    setting: "release",
    check: (resource) => expectGiven(resource, ["version"], "names no Kubernetes version"),
  }),
  rule({
    id: "EKS-SUBNET-ZONES",
    area: "control plane",
    severity: "error",
    what: "The control plane has subnets in at least two zones.",
    why: "EKS requires two; with one, it can't move its network interfaces when a zone fails.",
    remedy: "Give a subnet in each zone.",
    reference: "https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html",
    types: CLUSTER,
    setting: "network.zones",
    check: ({ attributes }) => {
      const subnets = at(attributes, "vpc_config", "subnet_ids");
      if (isUnknown(subnets)) return [undecided("the subnets are known after apply")];
      return items(subnets).length < 2 ? [violation(`has ${items(subnets).length} subnet`)] : [];
    },
  }),
  rule({
    id: "EKS-SELF-MANAGED-ADDONS",
    area: "control plane",
    severity: "error",
    what: "EKS installs no add-ons of its own at creation.",
    why: "It would install a VPC CNI and a kube-proxy that no code pins, beside the CNI that was chosen.",
    remedy: "Set bootstrap_self_managed_addons to false.",
    reference: "https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html",
    types: CLUSTER,
    check: (resource) =>
      expectThat(
        resource,
        ["bootstrap_self_managed_addons"],
        // Where nothing is said it is on.
        isFalse,
        () => "lets EKS install unpinned add-ons",
      ),
  }),
  rule({
    id: "EKS-SERVICE-CIDR",
    area: "control plane",
    severity: "warning",
    what: "The range of Kubernetes services is written down.",
    why: "Otherwise EKS picks 10.100.0.0/16 or 172.20.0.0/16, which may be in use elsewhere, and the choice can't be changed.",
    remedy: "Write cluster.serviceCidr.",
    reference: "https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html",
    types: CLUSTER,
    setting: "cluster.serviceCidr",
    check: (resource) =>
      // EKS gives an IPv6 cluster its service range.
      at(resource.attributes, "kubernetes_network_config", "ip_family") === "ipv6"
        ? []
        : expectGiven(
            resource,
            ["kubernetes_network_config", "service_ipv4_cidr"],
            "leaves the service range to EKS",
          ),
  }),
  rule({
    id: "EKS-ADDON-PIN",
    area: "control plane",
    severity: "error",
    what: "Every EKS add-on has an exact version.",
    why: "Otherwise AWS chooses one at each plan, and the same commit changes what runs on every node.",
    remedy: "Write addon_version; a release holds it.",
    reference: "https://docs.aws.amazon.com/eks/latest/userguide/updating-an-add-on.html",
    types: ["aws_eks_addon"],
    setting: "release",
    check: (resource) => expectGiven(resource, ["addon_version"], "has no version"),
  }),
  rule({
    id: "EKS-ACCESS-MASTERS",
    area: "IAM",
    severity: "error",
    what: "No access entry maps to system:masters.",
    why: "That group bypasses RBAC and admission, and no right can be taken away from it.",
    remedy: "Associate an EKS access policy instead.",
    reference: ACCESS_DOCS,
    types: ["aws_eks_access_entry"],
    setting: "cluster.access",
    check: ({ attributes }) =>
      texts(attributes.kubernetes_groups).includes("system:masters")
        ? [violation("is in system:masters")]
        : [],
  }),
  rule({
    id: "EKS-ACCESS-USER",
    area: "IAM",
    severity: "error",
    what: "Access entries are for roles.",
    why: "An IAM user has long-lived keys; a role's credentials expire by themselves.",
    remedy: "Name a role.",
    reference: ACCESS_DOCS,
    types: ["aws_eks_access_entry", "aws_eks_access_policy_association"],
    setting: "cluster.access",
    check: (resource) => {
      const principal = resource.attributes.principal_arn;
      if (isUnknown(principal)) return [undecided("the principal is known after apply")];
      return /:(user\/|root$)/.test(text(principal)) ? [violation(`is for ${show(principal)}`)] : [];
    },
  }),
];
