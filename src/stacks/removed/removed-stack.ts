import { TimeProvider } from "@cdktf/provider-time/lib/provider";
import type { Construct } from "constructs";
import type { Target } from "../../model/target";
import { addHelmProvider, addKubernetesProvider } from "../base/cluster-access";
import { clusterContract } from "../cluster/cluster-contract";
import { PlatformStack } from "../base/platform-stack";
import type { StackName } from "../../model/stacks/stack-names";
import { markedTarget } from "../base/marked-target";

/** A provider configuration that a state names: `hashicorp/helm`, and the workspace of a peer where it is a peer's. */
export interface NeededProvider {
  readonly source: string;
  readonly alias?: string;
}

export interface RemovedStackProps {
  readonly target: Target;
  readonly name: StackName;
  /** What the objects of the state were made with. */
  readonly providers: readonly NeededProvider[];
  /** Whose networks a federation stack reached into, by their workspaces. */
  readonly peers: readonly Target[];
}

/**
 * A stack that the config no longer asks for, with just what Terraform needs to destroy what its state holds: the backend and the
 * providers. Of the objects themselves the state knows enough, their order too.
 */
export class RemovedStack extends PlatformStack {
  constructor(scope: Construct, { target, name, providers, peers }: RemovedStackProps) {
    super(scope, name, { target: markedTarget(target), earlier: new Map() });
    const needs = new Set(providers.map(({ source }) => source.replace(/^hashicorp\//, "")));
    this.pinModuleProviders([...needs].filter((each) => each !== "time"));
    if (needs.has("time")) new TimeProvider(this, "time");
    if (needs.has("helm") || needs.has("kubernetes")) {
      const cluster = this.readState("cluster", clusterContract);
      if (needs.has("helm")) addHelmProvider(this, cluster, this.target);
      if (needs.has("kubernetes")) addKubernetesProvider(this, cluster, this.target);
    }
    peers.forEach((peer) => this.peerProvider(peer));
  }
}
