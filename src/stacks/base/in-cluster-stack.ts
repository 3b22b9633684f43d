import type { Construct } from "constructs";
import { stacksBefore } from "../../model/stacks/stack-order";
import type { StackName } from "../../model/stacks/stack-names";
import { clusterContract } from "../cluster/cluster-contract";
import type { Outputs } from "./output-contract";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";

/** A stack of what runs in the cluster, after nodes are there: charts, manifests and what they need of AWS. */
export abstract class InClusterStack extends PlatformStack {
  protected readonly cluster: Outputs<typeof clusterContract>;

  constructor(scope: Construct, name: StackName, props: PlatformStackProps) {
    super(scope, name, props);
    // Also where nothing of it is used: reading a state is what refuses this stack before that one is there.
    for (const each of stacksBefore(name, this.target)) this.readStack(each, {});
    this.cluster = this.readStack("cluster", clusterContract);
    this.need("helm", "kubernetes");
  }
}
