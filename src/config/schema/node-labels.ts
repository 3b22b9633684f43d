import { z } from "zod";
import { labelKey, labelValue } from "./labels";
import { type Taint, taint } from "./taint";

/**
 * What keys of labels and taints must not hold in a managed group. EKS refuses them in CreateNodegroup, wherever they are
 * in the key (aws/containers-roadmap#1451: "cannot contain reserved prefixes"). Labels that it lets through end worse:
 * kubelet does not start with one of kubernetes.io or k8s.io that is not its own (k8s.io/kubelet v0.35.3,
 * pkg/apis/well_known_labels.go; terraform-aws-modules/terraform-aws-eks#3346), and the group fails after twenty minutes.
 */
const RESERVED_IN_GROUPS = /(kubernetes\.io|k8s\.io|eks\.amazonaws\.com)\//;

/** EKS API reference, UpdateLabelsPayload and Taint: keys of 1 to 63 characters, prefix included; labels have a value. */
const LONGEST_KEY = 63;

/** EKS User Guide, "Node taints on managed node groups": at most 50. */
const MOST_TAINTS = 50;

const groupLabelKey = labelKey
  .max(LONGEST_KEY, `is too long; EKS takes at most ${LONGEST_KEY} characters with the prefix`)
  .refine(
    (key) => !RESERVED_IN_GROUPS.test(key),
    "is a label that only EKS and Kubernetes set on nodes of a managed group (kubernetes.io, k8s.io, eks.amazonaws.com): EKS refuses it, or the nodes never join; write a key of your own, for example workload",
  );

/** Labels of a managed node group. */
export const groupLabels = z
  .record(
    groupLabelKey,
    labelValue.min(1, "is empty, and EKS refuses labels without a value; write one, for example true"),
  )
  .default({});

/**
 * Label keys that Karpenter's NodePool refuses (aws/karpenter-provider-aws v1.14.1,
 * pkg/apis/crds/karpenter.sh_nodepools.yaml), or that Kubernetes and EKS keep for themselves.
 */
const RESERVED_IN_POOLS =
  /^(([^/]+\.)?(kubernetes\.io|k8s\.io|eks\.amazonaws\.com)|[^/]*(karpenter\.sh|karpenter\.k8s\.aws))\//;

/**
 * What they let through of these. node.kubernetes.io is the kubelet's own domain, such as for
 * exclude-from-external-load-balancers; Karpenter sets two of its labels by itself. The kubelet can't give itself those of
 * node-restriction: Karpenter sets them when the node has joined.
 */
const OPEN_IN_POOLS =
  /^(([^/]+\.)?node-restriction\.kubernetes\.io\/|node\.kubernetes\.io\/(?!(instance-type|windows-build)$))/;

/** Labels of a NodePool. */
export const poolLabels = z
  .record(
    labelKey.refine(
      (key) => !RESERVED_IN_POOLS.test(key) || OPEN_IN_POOLS.test(key),
      "is a label that Karpenter, Kubernetes or EKS sets; write a key of your own, for example workload",
    ),
    labelValue,
  )
  .default({});

/** Taints of a node: Kubernetes has one value for each key and effect (k8s.io/kubernetes, pkg/apis/core/validation). */
const taintsOf = (refusal: (taint: Taint) => string | undefined) =>
  z.array(taint).superRefine((all, context) => {
    const seen = new Map<string, number>();
    for (const [index, each] of all.entries()) {
      const first = seen.get(taintId(each));
      seen.set(taintId(each), first ?? index);
      const message =
        first === undefined
          ? refusal(each)
          : `has the key and the effect of taints[${first}], and a node takes one of them; remove one`;
      if (message !== undefined) context.addIssue({ code: "custom", path: [index], message });
    }
  });

const taintId = ({ key, effect }: Taint) => `${key}:${effect}`;

/** Taints of a NodePool: Karpenter takes any key (pkg/apis/v1/nodeclaim_validation.go, validateTaintsField). */
export const poolTaints = taintsOf(() => undefined).prefault([]);

/** Taints of a managed node group. */
export const groupTaints = taintsOf(({ key }) => {
  if (key.length > LONGEST_KEY) {
    return `has a key that is too long; EKS takes at most ${LONGEST_KEY} characters with the prefix`;
  }
  return RESERVED_IN_GROUPS.test(key)
    ? "has a key that EKS refuses on managed groups (kubernetes.io, k8s.io, eks.amazonaws.com); write a key of your own, for example dedicated"
    : undefined;
})
  .max(MOST_TAINTS, `are more than EKS takes; write at most ${MOST_TAINTS}`)
  .prefault([]);
