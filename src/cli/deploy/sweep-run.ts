import { aws, type Live, whyNot } from "../../live/question";
import { tools } from "../../live/tools";
import type { Target } from "../../model/target";
import { counted } from "../../text/counted";
import { listed } from "../../text/listed";
import type { Leftover } from "../../teardown/leftover";
import { leftoversOf, type Held, removeLeftovers, shownAs, type Swept } from "../../teardown/sweep";
import { CommandFailure } from "../report-error";
import { say, warn } from "../terminal";

export interface SweepOptions {
  /** Volumes and snapshots as well. */
  readonly withData?: boolean;
}

/** Seconds between tries, and how many: interfaces of a load balancer go some minutes after it. */
const PAUSE = 15;
const TRIES = 40;

/** The account as the caller sees it. Asked anew each time, because things go. */
export const accountOf = (target: Target): Live => tools({ region: target.region });

/**
 * What controllers of a target's cluster left in its VPC and account.
 *
 * @param isGone whether the cluster is deleted already
 * @throws CommandFailure where the account can't be asked for the VPC
 */
export async function sweepOf(target: Target, live: Live, isGone = false): Promise<Swept> {
  const vpcId = await vpcOf(target, live);
  const { clusterName: name, region, config } = target;
  const isVpcShared = config.network.existing !== undefined;
  return await leftoversOf(live, {
    name,
    region,
    isGone,
    isVpcShared,
    ...(vpcId !== undefined && { vpcId }),
  });
}

/**
 * What controllers of a cluster made is left only when it is gone: of one that runs it is in use, its nodes and load balancers too.
 *
 * @throws CommandFailure where the cluster is there, or nobody can say
 */
export async function refuseRunning({ name, clusterName, production }: Target, live: Live): Promise<void> {
  const answer = await live.ask(aws("eks", "describe-cluster", "--name", clusterName, "--output", "json"));
  if (answer.is === "said")
    throw new CommandFailure(
      `the cluster ${clusterName} is there, and what its controllers made is in use; nothing was deleted. To take all of it down:` +
        ` npx octarine destroy ${name}${production ? " --allow-prod" : ""}`,
    );
  // EKS API Reference, DescribeCluster.
  if (answer.is === "failed" && answer.stderr.includes("ResourceNotFoundException")) return;
  throw new CommandFailure(
    `whether the cluster ${clusterName} is gone can't be asked; nothing was deleted: ${whyNot(answer)}`,
  );
}

async function vpcOf({ name, config }: Target, live: Live): Promise<string | undefined> {
  const { existing } = config.network;
  if (existing !== undefined) return existing.vpcId;
  const answer = await live.ask(
    aws("ec2", "describe-vpcs", "--filters", `Name=tag:octarine:target,Values=${name}`, "--output", "json"),
  );
  if (answer.is !== "said")
    throw new CommandFailure(`AWS can't be asked for the VPC of ${name}: ${whyNot(answer)}`);
  const { Vpcs: [vpc] = [] } = JSON.parse(answer.text || "{}") as { Vpcs?: { VpcId?: string }[] };
  return vpc?.VpcId;
}

/** Those that go: what holds data stays unless it is asked for. */
export function goingOf({ found }: Swept, { withData = false }: SweepOptions): readonly Leftover[] {
  return found.filter(({ isData }) => withData || !isData);
}

/** `2 load balancers, 1 security group`. */
export function countsOf(found: readonly Leftover[]): string {
  const kinds = [...new Set(found.map(({ kind }) => kind))];
  return listed(kinds.map((kind) => counted(found.filter((each) => each.kind === kind).length, kind)));
}

export function tellUnknown({ unknown }: Swept): void {
  for (const { kind, why } of unknown) warn(`${kind}s can't be asked for: ${why}`);
}

/** Deletes what can go now; what is still held is given back, with why. */
export async function removeOnce(found: readonly Leftover[], live: Live): Promise<readonly Held[]> {
  return await removeLeftovers(live, found, { pause: () => Promise.resolve(), tries: 1, say });
}

/** @throws CommandFailure where something is left that does not go */
export async function remove(found: readonly Leftover[], live: Live): Promise<void> {
  const left = await removeLeftovers(live, found, {
    pause: async () => await new Promise((resolve) => setTimeout(resolve, PAUSE * 1000)),
    tries: TRIES,
    say,
  });
  if (left.length === 0) return;
  throw new CommandFailure(
    `AWS does not delete these yet; run the command again, which goes on where it stopped:\n${left
      .map(({ leftover, why }) => `  ${leftover.kind} ${shownAs(leftover)}: ${why}`)
      .join("\n")}`,
  );
}
