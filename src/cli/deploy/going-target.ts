import type { StackName } from "../../model/stacks/stack-names";
import { stackId } from "../../model/stacks/state-location";
import type { Target } from "../../model/target";
import type { Leftover, LeftoverKind } from "../../teardown/leftover";
import { shownAs, type Swept } from "../../teardown/sweep";
import { columns } from "../../text/columns";
import { counted, figure, plural } from "../../text/counted";
import { listed } from "../../text/listed";
import { describeError } from "../report-error";
import { say, warn } from "../terminal";
import type { DestroyPlan } from "./destroy-run";
import { ClusterDrain, stagesBefore } from "./drain-run";
import { isKey } from "./states/obstacles";
import {
  accountOf,
  countsOf,
  goingOf,
  remove,
  removeOnce,
  sweepOf,
  type SweepOptions,
  tellUnknown,
} from "./sweep-run";

export interface GoingOptions extends SweepOptions {
  /** KMS keys as well. */
  readonly withKeys?: boolean;
}

/**
 * Kinds that hold what Terraform deletes with the stacks before the network: security groups of nodes, and subnets. Groups of load
 * balancers stay until then, because rules of the nodes' group name them.
 */
const BEFORE_CLUSTER: readonly LeftoverKind[] = [
  "instance",
  "load balancer",
  "classic load balancer",
  "target group",
  "network interface",
];

/** What a target has beside its stacks, and that has to go in its turn while they are destroyed. */
export class GoingTarget {
  private readonly drain: ClusterDrain | undefined;

  /** @param isWhole whether the target is to go, and not one stack of it */
  constructor(
    private readonly target: Target,
    private readonly plan: DestroyPlan,
    private readonly options: GoingOptions,
    isWhole: boolean,
  ) {
    this.drain =
      isWhole && plan.stacks.includes("cluster") ? new ClusterDrain(target, plan.stacks) : undefined;
  }

  /** What goes and what stays, before anybody agrees to it. Where AWS can't be asked, the stacks go all the same. */
  async tell(): Promise<void> {
    const { target, plan, drain } = this;
    if (plan.stacks.length === 0) return;
    say(`${target.name}: to go, in this order`);
    goingLines(target, plan).forEach(say);
    const drained = (await drain?.counts()) ?? [];
    if (drained.length > 0) say(`  before that, while its controllers run: ${listed(drained)}`);
    const swept = this.sweeps() ? await this.swept() : undefined;
    const left = swept === undefined ? [] : goingOf(swept, this.options);
    if (left.length > 0) say(`  made by its controllers, and deleted before the network: ${countsOf(left)}`);
    say(`  to stay: ${listed(stayingOf(plan, swept, this.options))}`);
  }

  /** What is done before a stack goes. */
  async before(stack: StackName): Promise<void> {
    if (stack === this.plan.stacks[0] && this.options.withData !== true) await this.drain?.keepData();
    for (const stage of this.drain === undefined ? [] : stagesBefore(stack, this.plan.stacks))
      await this.drain?.run(stage);
    // Nodes that nobody drained hold the groups that go with the cluster. What holds them longer, Terraform waits for.
    if (stack === "cluster" && this.sweeps()) await this.sweepAway(false, BEFORE_CLUSTER);
    // The cluster is gone by now, and with it whoever could make more; what is left would hold the VPC.
    if (stack === "network") await this.sweepAway(true);
  }

  /** Log groups that came back while the stacks went: EKS writes its last lines later. */
  async after(): Promise<void> {
    if (this.sweeps()) await this.sweepAway(true, ["log group"]);
  }

  async close(): Promise<void> {
    await this.drain?.close();
  }

  private sweeps(): boolean {
    return this.plan.stacks.includes("network");
  }

  private async sweepAway(isClusterGone: boolean, kinds?: readonly LeftoverKind[]): Promise<void> {
    const swept = await this.swept(isClusterGone);
    if (swept === undefined) return;
    const going = goingOf(swept, this.options).filter(({ kind }) => kinds?.includes(kind) ?? true);
    if (going.length === 0) return;
    const live = accountOf(this.target);
    if (kinds === undefined) return await remove(going, live);
    const held = await removeOnce(going, live);
    held.forEach(({ leftover, why }) => say(`${leftover.kind} ${shownAs(leftover)} is still held: ${why}`));
  }

  private async swept(isClusterGone = false): Promise<Swept | undefined> {
    try {
      const swept = await sweepOf(this.target, accountOf(this.target), isClusterGone);
      tellUnknown(swept);
      return swept;
    } catch (error) {
      warn(describeError(error));
      return undefined;
    }
  }
}

/** `  1  prod-us-east-1-backup    16 resources`. */
export function goingLines(target: Target, { stacks, there }: DestroyPlan): readonly string[] {
  const rows = stacks.map((stack, index) => {
    const count = there.find((each) => each.stack === stack)?.state.objects.length ?? 0;
    return [`  ${index + 1}`, stackId(target, stack), figure(count), plural("resource", count)];
  });
  return columns(rows, [0, 2]);
}

/** What is there afterwards, unless it is asked for. */
export function stayingOf(
  { there }: DestroyPlan,
  swept: Swept | undefined,
  options: GoingOptions,
): readonly string[] {
  const keys = there.flatMap(({ state }) => state.objects.filter(isKey)).length;
  const going: readonly Leftover[] = swept === undefined ? [] : goingOf(swept, options);
  const data = swept?.found.filter((each) => !going.includes(each)) ?? [];
  return [
    ...(keys > 0 && options.withKeys !== true
      ? [`${counted(keys, "key")} (--with-keys schedules ${keys === 1 ? "it" : "them"} for deletion)`]
      : []),
    ...(data.length > 0 ? [`${countsOf(data)} (--with-data deletes them)`] : []),
    "the bucket of the states, with its key",
  ];
}
