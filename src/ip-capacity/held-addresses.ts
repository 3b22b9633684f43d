import { requireInstanceType } from "../facts/instance-types";

import {
  DEFAULT_HOST_NETWORK_PODS,
  ADDRESSES_PER_PREFIX,
  type PodDensityMode,
  podsUseVpcIpv4,
} from "./pod-density-mode";
import { podDensity, type PodDensityOptions } from "./pod-density";
import { remembered } from "./remembered";
import {
  ciliumNodeAddresses,
  type NodeAddresses,
  vpcCniNodeAddresses,
  type WarmPoolSettings,
} from "./warm-pool";

/** What the CNI holds on a node of one type. */
export interface TypeAddresses extends NodeAddresses {
  readonly instanceType: string;
}

/** Whether addresses come in blocks of 16. */
export function usesPrefixes(mode: PodDensityMode, options: PodDensityOptions = {}): boolean {
  return (
    mode === "prefix" ||
    mode === "cilium-eni-prefix" ||
    (mode === "custom-networking" && options.prefixDelegation === true)
  );
}

/** Addresses come in blocks of so many that belong to one node: 16 with prefixes, else 1. */
export function podAddressBlock(mode: PodDensityMode, options: PodDensityOptions = {}): number {
  return usesPrefixes(mode, options) ? ADDRESSES_PER_PREFIX : 1;
}

/**
 * Of several types, the one whose nodes hold the most; undefined where pods take no VPC addresses, or no type can
 * run in the mode.
 */
export const mostHeld: (props: NodesOfTypes) => TypeAddresses | undefined = remembered(mostHeldBy);

interface NodesOfTypes {
  readonly types: readonly string[];
  readonly podsPerNode: number;
  readonly mode: PodDensityMode;
  readonly options?: PodDensityOptions;
  readonly settings?: WarmPoolSettings;
}

function mostHeldBy(props: NodesOfTypes): TypeAddresses | undefined {
  const { mode, options = {}, settings = {} } = props;
  if (!podsUseVpcIpv4(mode)) return undefined;
  const held = [...new Set(props.types)].flatMap((name): TypeAddresses[] => {
    const type = requireInstanceType(name);
    const { maxPods } = podDensity(type, mode, options);
    if (maxPods === null) return [];
    const pods = Math.min(
      props.podsPerNode,
      maxPods - (options.hostNetworkPods ?? DEFAULT_HOST_NETWORK_PODS),
    );
    const ofNode =
      mode === "cilium-eni" || mode === "cilium-eni-prefix"
        ? ciliumNodeAddresses(type, pods, { ...options, mode })
        : vpcCniNodeAddresses(type, pods, settings, { ...options, mode, maxPods });
    return [{ instanceType: name, ...ofNode }];
  });
  return held.reduce<TypeAddresses | undefined>(
    (most, each) => (most === undefined || each.held > most.held ? each : most),
    undefined,
  );
}
