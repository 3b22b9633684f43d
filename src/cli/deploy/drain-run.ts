import { tools } from "../../live/tools";
import { allStacks } from "../../model/stacks/own-stacks";
import type { StackName } from "../../model/stacks/stack-names";
import type { Target } from "../../model/target";
import { BALANCER_STAGE, countsThere, drain, KARPENTER_STAGE, type Stage } from "../../teardown/drain";
import { keepData } from "../../teardown/keep-data";
import { fewOf } from "../../text/listed";
import { connect, type Connection } from "../access/connection";
import { CommandFailure, describeError } from "../report-error";
import { say, warn } from "../terminal";

/** Seconds between looks, and how many: ten minutes for all that lets itself be drained, and ten more for the rest. */
const PAUSE = 10;
const TRIES = 60;

interface Moment {
  readonly stage: Stage;
  /** The stack that runs the controllers that it takes. */
  readonly runs: StackName;
}

const MOMENTS: readonly Moment[] = [
  { stage: BALANCER_STAGE, runs: "ingress" },
  { stage: KARPENTER_STAGE, runs: "autoscaling" },
];

/** Whether what a stack's controllers have to take back is deleted before the stack goes. */
export function isDrainedFirst(stack: StackName): boolean {
  return MOMENTS.some(({ runs }) => runs === stack);
}

/**
 * What has to happen in the cluster before a stack goes: with the first that goes of a stage's own stack and those before it.
 *
 * @param going in the order in which they go
 */
export function stagesBefore(stack: StackName, going: readonly StackName[]): readonly Stage[] {
  if (!going.includes("cluster")) return [];
  const order = allStacks();
  return momentsOf(going)
    .filter(({ runs }) => {
      const first = going.find((each) => order.indexOf(each) <= order.indexOf(runs));
      return first === stack;
    })
    .map(({ stage }) => stage);
}

/**
 * What EKS itself makes for Services goes without a controller's stack, too. Karpenter's things are let go of by Karpenter alone: where its
 * stack is gone, by a run that stopped later, they would be waited for in vain, and go by their tags.
 */
function momentsOf(going: readonly StackName[]): readonly Moment[] {
  return MOMENTS.filter(({ stage, runs }) => stage !== KARPENTER_STAGE || going.includes(runs));
}

/** The way into a cluster that is to go. Where there is none, that is said once, and its stacks go without. */
export class ClusterDrain {
  private connection: Promise<Connection | undefined> | undefined;

  /** @param going stacks that go, and run what the cluster has until then */
  constructor(
    private readonly target: Target,
    private readonly going: readonly StackName[],
  ) {}

  /** What there is to be drained, before anybody agrees to it: `2 services, 14 nodeclaims`. */
  async counts(): Promise<readonly string[]> {
    const connection = await this.open();
    if (connection === undefined) return [];
    const counts = await Promise.all(
      momentsOf(this.going).map(({ stage }) => countsThere(stage, fresh(this.target, connection))),
    );
    return counts.flatMap((each) => each ?? []);
  }

  /** @throws CommandFailure where volumes and snapshots would go with their claims */
  async keepData(): Promise<void> {
    const connection = await this.open();
    if (connection === undefined) return;
    const done = await keepData(fresh(this.target, connection));
    if ("why" in done)
      throw new CommandFailure(
        `volumes and snapshots would be deleted with their claims, and can't be made to stay: ${done.why}. Nothing of the stacks that are left was destroyed; --with-data lets them go`,
      );
    if (done.kept.length > 0) say(`to stay when their claims go: ${fewOf(done.kept, 8)}`);
  }

  /** @throws CommandFailure where Karpenter does not let go of its nodes */
  async run(stage: Stage): Promise<void> {
    const connection = await this.open();
    if (connection === undefined) return;
    const done = await drain(stage, {
      live: () => fresh(this.target, connection),
      pause: async () => await new Promise((resolve) => setTimeout(resolve, PAUSE * 1000)),
      tries: TRIES,
      now: () => new Date(),
      say,
    });
    if ("why" in done) return warn(withoutDrain(stage, done.why));
    if (done.left.length === 0) return;
    const minutes = (PAUSE * TRIES * (stage === KARPENTER_STAGE ? 2 : 1)) / 60;
    const left = `still there after ${minutes} minutes: ${done.left.join(", ")}`;
    if (stage !== KARPENTER_STAGE) return warn(withoutDrain(stage, left));
    throw new CommandFailure(
      `Karpenter does not let go of its nodes; ${left}. Nothing of the stacks that are left was destroyed: see what its controller logs` +
        " (kubectl logs -n kube-system -l app.kubernetes.io/name=karpenter), then run the same command again",
    );
  }

  async close(): Promise<void> {
    (await this.connection)?.close();
  }

  private open(): Promise<Connection | undefined> {
    this.connection ??= connect(this.target, { as: "deploy" }).catch((error: unknown) => {
      const [why] = describeError(error).split("\n");
      warn(`the cluster is not drained first: ${why}`);
      warn("what its controllers made is deleted by its tags instead, before cluster and network go");
      warn(
        "volumes and snapshots whose policy is Delete go with their claims, if its charts and namespaces can go",
      );
      return undefined;
    });
    return this.connection;
  }
}

function withoutDrain({ what }: Stage, why: string): string {
  return `${what} were not all deleted by their controllers: ${why}; what they made is deleted by its tags, before cluster and network go`;
}

/** Answers are remembered, and what is asked for here goes meanwhile. */
function fresh({ region }: Target, { env, kubectlArgs }: Connection) {
  const at = kubectlArgs.indexOf("--kubeconfig");
  const kubeconfig = at < 0 ? undefined : kubectlArgs[at + 1];
  return tools({ env, region, ...(kubeconfig !== undefined && { kubeconfig }) });
}
