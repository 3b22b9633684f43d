import type { InstanceType } from "../facts/instance-types";

import { podDensity } from "./pod-density";
import {
  type NodeAddresses,
  vpcCniNodeAddresses,
  type WarmPoolOptions,
  type WarmPoolSettings,
} from "./warm-pool";

/** One way to set the warm pool, and what it costs and gives. */
export interface WarmPoolChoice {
  readonly name: "as set" | "defaults" | "fitted";
  readonly settings: WarmPoolSettings;
  readonly perNode: NodeAddresses;
  /** Addresses of the subnet that the nodes hold beyond their own and one for each pod. */
  readonly heldInZone: number;
  /** Pods that can start on a node at once, before the CNI has to ask EC2. */
  readonly readyPods: number;
}

/**
 * How many more addresses than expected pods AWS advises to hold (aws/amazon-vpc-cni-k8s, docs/eni-and-ip-target.md: for
 * 10 pods, 12 and 2).
 */
const FITTED_WARM_IPS = 2;

/**
 * The settings at hand beside the defaults and beside settings fitted to the expected pods. The fitted ones hold
 * the least, and pay with more EC2 calls under churn, which can be throttled.
 */
export function warmPoolTradeOff(props: {
  readonly type: InstanceType;
  readonly nodes: number;
  readonly podsPerNode: number;
  readonly settings: WarmPoolSettings | undefined;
  readonly options: WarmPoolOptions;
}): readonly WarmPoolChoice[] {
  const { type, nodes, podsPerNode, options } = props;
  const maxPods = options.maxPods ?? podDensity(type, options.mode, options).maxPods ?? undefined;
  const choice = (name: WarmPoolChoice["name"], settings: WarmPoolSettings): WarmPoolChoice => {
    const perNode = vpcCniNodeAddresses(type, podsPerNode, settings, { ...options, maxPods });
    return { name, settings, perNode, heldInZone: perNode.held * nodes, readyPods: perNode.unused };
  };
  return [
    ...(props.settings === undefined ? [] : [choice("as set", props.settings)]),
    choice("defaults", {}),
    choice("fitted", { warmIpTarget: FITTED_WARM_IPS, minimumIpTarget: podsPerNode + FITTED_WARM_IPS }),
  ];
}
