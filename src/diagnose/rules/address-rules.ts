import { listed } from "../../text/listed";
import { instanceType } from "../../facts/instance-types";
import { podDensity } from "../../ip-capacity/pod-density";
import { type Reading, type Rule, type Said, saidRule } from "../rule";
import type { SeenNode } from "../read/nodes";
import type { World } from "../world";

const EC2 = "Amazon EC2 API Reference, Error codes for the Amazon EC2 API";
const VPC_CNI = "aws/amazon-vpc-cni-k8s v1.22.4";
const CILIUM = "cilium/cilium v1.18.11";

export const addressSaid: readonly Said[] = [
  {
    cause: "subnet-full",
    says: /InsufficientFreeAddressesInSubnet|not enough free IP addresses to launch|[Ii]nsufficient free addresses in subnet|does not have enough free addresses/,
    certainty: "sure",
    from: `${EC2}; aws/karpenter-provider-aws v1.14.1 pkg/errors/errors.go`,
  },
  {
    cause: "subnet-full",
    says: /No matching subnet available for interface creation/,
    certainty: "likely",
    from: `${CILIUM} pkg/aws/eni/node.go`,
  },
  {
    cause: "subnet-full",
    says: /\band [1-9]\d* have insufficient available IP addresses|, [1-9]\d* have insufficient available IP addresses/,
    certainty: "sure",
    from: "kubernetes-sigs/aws-load-balancer-controller v3.5.0 pkg/networking/subnet_resolver.go",
  },
  {
    cause: "prefixes-fragmented",
    says: /InsufficientCidrBlocks|InsufficientCidr error|not have enough free cidr blocks/,
    certainty: "sure",
    from: `${EC2}; ${VPC_CNI} pkg/ipamd/ipamd.go`,
  },
  {
    cause: "prefixes-fragmented",
    says: /doesn't seem to have enough IPs\/Prefixes|Subnet might be out of prefixes/,
    certainty: "sure",
    from: `${VPC_CNI} pkg/ipamd/ipamd.go; ${CILIUM} pkg/aws/eni/node.go`,
  },
  {
    cause: "node-address-limit",
    says: /PrivateIpAddressLimitExceeded|AttachmentLimitExceeded|IpAddressLimitExceeded|Instance is out of interfaces|max ENI limit is already reached/,
    certainty: "sure",
    from: `${EC2}; ${CILIUM} pkg/ipam/node.go; ${VPC_CNI} pkg/ipamd/ipamd.go`,
  },
  {
    cause: "node-address-limit",
    says: /postIpamFailure.*No more IPs available/,
    certainty: "possible",
    from: `${CILIUM} pkg/ipam/crd.go`,
  },
  {
    cause: "warm-pool",
    says: /(AssignPrivateIpAddresses|CreateNetworkInterface|AttachNetworkInterface).*(RequestLimitExceeded|Throttling)/,
    certainty: "sure",
    from: EC2,
  },
  {
    cause: "warm-pool",
    says: /cooldown = [1-9]\d*, available = 0\b/,
    certainty: "sure",
    from: `${VPC_CNI} pkg/ipamd/datastore/data_store.go`,
  },
  {
    cause: "pod-eni-used-up",
    says: /Insufficient vpc\.amazonaws\.com\/pod-eni|BranchAllocationFailed|No slot available for a trunk ENI/,
    certainty: "sure",
    from: "kubernetes/kubernetes v1.33.13 pkg/scheduler/framework/plugins/noderesources/fit.go; aws/amazon-vpc-resource-controller-k8s pkg/provider/branch/provider.go",
  },
  {
    cause: "overlay-share-full",
    says: /postIpamFailure.*range is full|required IPv4 PodCIDR not available|[Ee]rror:\s+"?allocator full|IPv4: (\d+)\/\1 allocated/,
    certainty: "sure",
    from: `${CILIUM} pkg/ipam/service/ipallocator/allocator.go, daemon/k8s/init.go, pkg/ipam/allocator/podcidr/podcidr.go`,
  },
];

/** EC2 says it of a full subnet and of one without a whole prefix: what is left in it decides. */
const NEITHER = /sufficient free Ipv4 addresses or prefixes/;

const addressesOrPrefixes: Rule = ({ lines, subnets }) =>
  lines
    .filter(({ text }) => NEITHER.test(text))
    .map((line): Reading => {
      const named = subnets.filter(({ id }) => id !== "" && line.text.includes(id));
      const full = (named.length > 0 ? named : subnets).find(({ free }) => free < FEW);
      return {
        cause: full === undefined ? "prefixes-fragmented" : "subnet-full",
        certainty: "sure",
        quotes: [asQuote(line), ...(full === undefined ? [] : [full.quote])],
      };
    });

/** Fewer than one prefix: less than the CNI's next step takes. */
const FEW = 16;
/** What the CNI says whatever it is that it has no address of (VPC CNI v1.22.4, cmd/routed-eni-cni-plugin/cni.go). */
export const NO_ADDRESS = /failed to assign an IP address to container/;

const fewAddressesLeft: Rule = ({ subnets }) =>
  subnets
    // Subnets of the control plane, firewalls and transit gateways are this small by design.
    .filter(({ free, prefix }) => free < FEW && (prefix === undefined || prefix < 27))
    .map(({ quote, id, free }) => ({
      cause: "subnet-full",
      certainty: "likely",
      quotes: [quote],
      detail: `${id || "a subnet"} has ${free} left`,
    }));

/** A small warm pool, and pods that wait although nothing else is at its end. */
const smallWarmPool: Rule = ({ cniSettings, lines, pods }) => {
  const target = cniSettings.get("WARM_IP_TARGET");
  const waited = lines.filter(({ text }) => NO_ADDRESS.test(text));
  const came = lines.some(({ text }) => /\bNormal +Started\b/.test(text)) || pods.some(isUp);
  if (target === undefined || Number(target.value) > 5 || waited.length === 0) return [];
  return [
    {
      cause: "warm-pool",
      certainty: came ? "likely" : "possible",
      quotes: [target.quote, ...waited.slice(0, 1).map((line) => asQuote(line))],
      detail: `WARM_IP_TARGET is ${target.value}`,
    },
  ];
};

function isUp({ status, ready }: World["pods"][number]): boolean {
  return status === "Running" && ready === true;
}

/** The scheduler's words since Kubernetes 1.22 and before, and those of the cluster autoscaler. */
const FULL = /\d+ (?:Too many|Insufficient) pods|reason: (?:Too many|Insufficient) pods/;

/** Nodes are full by number of pods: of their own limits, which one? */
const fullByPods: Rule = ({ lines, nodes, cniSettings, target }) => {
  const said = lines.filter(({ text }) => FULL.test(text));
  if (said.length === 0) return [];
  const quotes = said.slice(0, 1).map((line) => asQuote(line));
  const held = heldDown(nodes);
  if (held !== undefined)
    return [
      {
        cause: "smallest-type-limits",
        certainty: "sure",
        quotes: [...quotes, ...held.map(({ quote }) => quote)],
        detail: `${listed(held.map(({ instanceType: type }) => type ?? ""))} take ${held[0]?.maxPods} pods each`,
      },
    ];
  const isOff = cniSettings.get("ENABLE_PREFIX_DELEGATION");
  const typed = nodes.filter((node) => node.maxPods !== undefined && node.maxPods === withoutPrefixes(node));
  if (
    isOff?.value !== "true" &&
    (isOff !== undefined || typed.length > 0) &&
    target?.cni !== "cilium-overlay"
  )
    return [
      {
        cause: "prefix-delegation-off",
        certainty: isOff !== undefined && typed.length > 0 ? "sure" : "likely",
        quotes: [...quotes, ...(isOff ? [isOff.quote] : []), ...typed.slice(0, 1).map(({ quote }) => quote)],
        ...(typed[0] !== undefined && { detail: `${typed[0].instanceType} takes ${typed[0].maxPods} pods` }),
      },
    ];
  return [{ cause: "prefix-delegation-off", certainty: "possible", quotes }];
};

/** Nodes of several types that take the pods of the smallest. */
function heldDown(nodes: readonly SeenNode[]): readonly SeenNode[] | undefined {
  return nodes
    .filter(({ maxPods }) => maxPods !== undefined)
    .flatMap((one) => {
      const alike = nodes.filter(
        (other) =>
          other.group === one.group &&
          other.maxPods === one.maxPods &&
          other.instanceType !== one.instanceType &&
          other.instanceType !== "" &&
          (withoutPrefixes(other) ?? 0) > (withoutPrefixes(one) ?? Infinity),
      );
      const isOwn = one.maxPods !== undefined && one.maxPods <= (withoutPrefixes(one) ?? 0);
      return isOwn && alike.length > 0 ? [[one, ...alike.slice(0, 1)]] : [];
    })[0];
}

/** Kubelet takes more pods than the node has addresses for. */
const moreThanAddresses: Rule = ({ lines, nodes, cniSettings }) => {
  if (cniSettings.get("ENABLE_PREFIX_DELEGATION")?.value === "true") return [];
  const waiting = lines.filter(
    ({ text }) => NO_ADDRESS.test(text) || /No more IPs available"?\s*$/.test(text),
  );
  if (waiting.length === 0) return [];
  return nodes.flatMap((node): Reading[] => {
    const limit = withoutPrefixes(
      node,
      cniSettings.get("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG")?.value === "true",
    );
    if (limit === undefined || node.pods === undefined || node.pods < limit || (node.maxPods ?? 0) <= limit)
      return [];
    return [
      {
        cause: "node-address-limit",
        certainty: "likely",
        quotes: [node.quote, ...waiting.slice(0, 1).map((line) => asQuote(line))],
        detail: `kubelet takes ${node.maxPods} pods, ${node.instanceType} has addresses for ${limit}`,
      },
    ];
  });
};

/** Pods that have an address without prefixes; with custom networking the node's first ENI has none for them. */
function withoutPrefixes({ instanceType: name }: SeenNode, isCustom = false): number | undefined {
  const type = name === "" ? undefined : instanceType(name);
  if (type === undefined) return undefined;
  const mode = isCustom ? "custom-networking" : "secondary-ip";
  return podDensity(type, mode, { recommendedCap: "never" }).maxPods ?? undefined;
}

function asQuote({ file, number, text }: World["lines"][number]): Reading["quotes"][number] {
  return { file, line: number, text: text.trim().slice(0, 260) };
}

export const addressRules: readonly Rule[] = [
  saidRule(addressSaid),
  addressesOrPrefixes,
  fewAddressesLeft,
  smallWarmPool,
  fullByPods,
  moreThanAddresses,
];
