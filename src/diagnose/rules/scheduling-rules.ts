import type { CauseId } from "../causes/causes";
import { type Line, quoteOf } from "../read/lines";
import { listAt, textAt } from "../read/values";
import { type Certainty, type Reading, type Rule, type Said, saidRule } from "../rule";
import type { World } from "../world";

const KARPENTER = "kubernetes-sigs/karpenter v1.14.1 pkg/controllers/provisioning/scheduling";
const AWS_KARPENTER = "aws/karpenter-provider-aws v1.14.1";

export const schedulingSaid: readonly Said[] = [
  {
    cause: "quota-reached",
    says: /exceeded quota: |failed quota: |(?:maximum|minimum) \S+ usage per (?:Container|Pod) is /,
    certainty: "sure",
    from: "kubernetes/apiserver v0.33.13 pkg/admission/plugin/resourcequota/controller.go; kubernetes/kubernetes v1.33.13 plugin/pkg/admission/limitranger/admission.go",
    detail: (_, { text }) => /(?:exceeded|failed) quota: ([\w.-]+)/.exec(text)?.[1],
  },
  {
    cause: "karpenter-limits",
    says: /all available instance types exceed limits for nodepool|node limits have been exhausted for nodepool|exceed provisioner limits|\b(\d+) out of \1 instance types were excluded because they would breach/,
    certainty: "sure",
    from: `${KARPENTER}/scheduler.go`,
  },
  {
    cause: "karpenter-no-type",
    says: /incompatible requirements, |no instance type (?:met|has|had|satisfied|which)|nodepool requirements filtered out all/,
    certainty: "sure",
    from: `${KARPENTER}/nodeclaim.go, scheduler.go`,
    detail: (_, { text }) => /label "[^"]+" does not have known values/.exec(text)?.[0],
  },
  {
    cause: "karpenter-no-capacity",
    says: /insufficient capacity, |InsufficientInstanceCapacity|UnfulfillableCapacity|MaxSpotInstanceCountExceeded|VcpuLimitExceeded|too few instances returned/,
    unless: /InsufficientFreeAddressesInSubnet/,
    certainty: "sure",
    from: `kubernetes-sigs/karpenter v1.14.1 pkg/cloudprovider/types.go; ${AWS_KARPENTER} pkg/errors/errors.go`,
  },
  {
    cause: "karpenter-node-class",
    says: /(?:Subnet|SecurityGroup|AMI)Selector did not match any|SubnetsNotFound|SecurityGroupsNotFound|AMINotFound|no subnets (?:found|are discovered)|[Ff]ailed to detect the cluster CIDR/,
    certainty: "sure",
    from: `${AWS_KARPENTER} pkg/controllers/nodeclass/subnet.go, securitygroup.go, ami.go`,
  },
  {
    cause: "karpenter-node-class",
    says: /ignoring nodepool, not ready/,
    certainty: "likely",
    from: "kubernetes-sigs/karpenter v1.14.1 pkg/controllers/provisioning/provisioner.go",
  },
  {
    cause: "karpenter-node-class",
    says: /NodeClassRef not ready|NodeClassReady=False/,
    certainty: "possible",
    from: "kubernetes-sigs/karpenter v1.14.1 pkg/cloudprovider/types.go",
  },
  {
    cause: "node-not-joined",
    says: /NodeCreationFailure|failed to join the kubernetes cluster/i,
    certainty: "sure",
    from: "Amazon EKS API Reference, Issue: code NodeCreationFailure",
  },
  {
    cause: "node-not-joined",
    says: /Unable to register node .*API server|Failed to ensure lease exists.*Unauthorized|kubelet\b.*Failed to (?:list|watch) \*v1\.\w+: .*Unauthorized|Node not registered with cluster/,
    certainty: "sure",
    from: "kubernetes/kubernetes v1.33.13 pkg/kubelet/kubelet_node_status.go; kubernetes-sigs/karpenter v1.14.1 pkg/controllers/nodeclaim/lifecycle/registration.go",
    detail: (_, { text }) =>
      /Unauthorized/.test(text) ? "the API server does not know the node's role" : undefined,
  },
];

/** Of the reasons that the scheduler gives, the one that a person can do something about comes first. */
const REASONS: readonly { readonly says: RegExp; readonly cause: CauseId }[] = [
  {
    says: /volume node affinity conflict|didn't match PersistentVolume's node affinity|no available volume zone/,
    cause: "volume-zone",
  },
  {
    says: /Insufficient (?:cpu|memory|ephemeral-storage|nvidia\.com\/\S+|amd\.com\/\S+|aws\.amazon\.com\/\S+)/,
    cause: "requests-too-large",
  },
  {
    says: /didn't match Pod's node affinity|didn't match node selector|didn't match pod (?:anti-)?affinity|didn't satisfy existing pods anti-affinity rules|didn't match pod topology spread constraints|didn't match the requested node name/,
    cause: "placement-unmet",
  },
  { says: /had untolerated taint|had taints? (?:\{|that)/, cause: "no-tolerated-node" },
];
/** Taints of nodes that are not ready yet, or no longer: nobody is to tolerate them. */
const OF_NODES =
  /taint \{(?:node\.kubernetes\.io\/(?:not-ready|unreachable|network-unavailable)|node\.cilium\.io\/agent-not-ready|node\.cloudprovider\.kubernetes\.io\/uninitialized|karpenter\.sh\/unregistered|cni\.istio\.io\/not-ready)/;
/** Explained by rules of their own. */
const OTHERS = /(?:Too many|Insufficient) pods|vpc\.amazonaws\.com\/pod-eni/;

/** `0/5 nodes are available: 2 node(s) had untolerated taint {a: b}, 3 Insufficient cpu. preemption: ...` (kubernetes/kubernetes v1.33.13 pkg/scheduler/framework/types.go) */
const scheduler: Rule = (world) => {
  const { lines } = world;
  const pinned = podsOfDaemonSets(world);
  const said = lines.filter(({ text }) => SCHEDULER.test(text));
  // A pod's own condition is the scheduler's last word; events keep what it said before, too.
  const last = new Set(said.filter(isCondition).flatMap(({ about }) => about ?? []));
  return said
    .filter((line) => isCondition(line) || line.about === undefined || !last.has(line.about))
    .flatMap((line) => {
      const readings = readingsOf(line);
      // Of a DaemonSet's pod all nodes but one are ruled out on purpose.
      const isPinned = pinned(line) && (readings.length > 1 || OTHERS.test(line.text));
      return isPinned ? readings.filter(({ cause }) => cause !== "placement-unmet") : readings;
    });
};

/** Tells lines about pods that a DaemonSet made, each for one node. */
function podsOfDaemonSets({ collected, objects }: World): (line: Line) => boolean {
  const described = collected.filter(({ text }) => /^Controlled By:\s+DaemonSet\//m.test(text));
  const names = new Set(
    objects
      .filter(({ value }) =>
        listAt(value, "metadata", "ownerReferences").some((owner) => textAt(owner, "kind") === "DaemonSet"),
      )
      .map(({ value }) => `${textAt(value, "metadata", "namespace")}/${textAt(value, "metadata", "name")}`),
  );
  return ({ file, number, about }) =>
    (about !== undefined && names.has(about)) ||
    described.some(
      (part) =>
        part.file === file && number >= part.line && number < part.line + part.text.split("\n").length,
    );
}

const SCHEDULER = /\b0\/(\d+) nodes are available: (.*?)(?:\.? preemption:|$)/;

function isCondition({ command, text }: Line): boolean {
  return /get po(?:ds?)?\b.*-o[ =]?json/.test(command) && text.trimStart().startsWith('"message":');
}

function readingsOf(line: Line): Reading[] {
  const said = SCHEDULER.exec(line.text);
  if (said === null) return [];
  const [whole, all = "0", list = ""] = said;
  const allReasons = list.split(/, (?=\d+ )/);
  const reasons = allReasons.filter((reason) => !OF_NODES.test(reason));
  const starting: Reading[] = allReasons.some((reason) => OF_NODES.test(reason))
    ? [{ cause: "cni-not-running", certainty: "possible", quotes: [quoteOf(line, whole)] }]
    : [];
  const counts = REASONS.map(({ says, cause }) => ({
    cause,
    count: sum(
      reasons.filter((reason) => says.test(reason)).map((reason) => Number(/^\d+/.exec(reason)?.[0] ?? 0)),
    ),
  })).filter(({ count }) => count > 0);
  const others = OTHERS.test(list);
  const readings = counts.map(({ cause, count }, index): Reading => {
    const isAll = count >= Number(all);
    const certainty: Certainty =
      cause === "volume-zone" || (isAll && !others)
        ? "sure"
        : index === 0 && !others && cause !== "no-tolerated-node"
          ? "likely"
          : "possible";
    return { cause, certainty, quotes: [quoteOf(line, whole)], ...detailOf(cause, list), ...aboutOf(line) };
  });
  return [...readings, ...starting];
}

function aboutOf({ about }: Line): { readonly about?: string } {
  return about === undefined ? {} : { about };
}

function detailOf(cause: CauseId, list: string): { readonly detail?: string } {
  const taints = [...new Set([...list.matchAll(/taint \{([^}]+)\}/g)].map(([, taint]) => taint))];
  return cause === "no-tolerated-node" && taints.length > 0 ? { detail: taints.join(", ") } : {};
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}

/** A NodeClaim whose node is still unknown after ten minutes (Karpenter gives it fifteen). */
const claims: Rule = ({ rows }) =>
  rows
    .filter(({ from }) => /nodeclaims?/.test(from.command))
    .filter(({ cells }) => cells.READY === "Unknown" && cells.NODE === "" && isOld(cells.AGE ?? ""))
    .map(({ from, line, text }) => ({
      cause: "node-not-joined",
      certainty: "likely",
      quotes: [{ file: from.file, line, text: text.trim() }],
    }));

function isOld(age: string): boolean {
  const minutes = /^(\d+)m/.exec(age)?.[1];
  return /[dh]/.test(age) || (minutes !== undefined && Number(minutes) >= 10);
}

export const schedulingRules: readonly Rule[] = [saidRule(schedulingSaid), scheduler, claims];
