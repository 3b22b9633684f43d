import { isTrue, Node, objects } from "../live/objects";
import { type Answer, kubectl, type Live, type Question, whyNot } from "../live/question";

/** EKS's label with the name of a node's group, which Terraform's module ends with the time at which it was made. */
const GROUP_LABEL = "eks.amazonaws.com/nodegroup";

/** The nodes of a group, by its name in EKS without that time. */
export function nodesOfGroup(nodes: readonly Node[], group: string): Node[] {
  return nodes.filter(({ metadata }) => {
    const name = metadata.labels[GROUP_LABEL] ?? "";
    // As `name_prefix` of hashicorp/aws makes it: the time in 18 digits and a count in 8 of hex.
    return (
      name === group ||
      (name.startsWith(`${group}-`) && /^\d{18}[0-9a-f]{8}$/.test(name.slice(group.length + 1)))
    );
  });
}

export const isReady = ({ status }: Node): boolean => isTrue(status.conditions, "Ready");

export const nodesQuestion: Question = kubectl("get", "nodes", "-o", "json");

/** @returns undefined where the answer says nothing */
export function nodesIn(answer: Answer): Node[] | undefined {
  return objects(answer, Node);
}

export function cordonQuestion(names: readonly string[]): Question {
  return kubectl("cordon", ...names);
}

/**
 * Moves the pods of a node elsewhere, within their budgets of disruption: kubectl asks for evictions again until the time is over. Pods of
 * DaemonSets stay; what lies in an emptyDir goes with its pod, as in every drain of EKS's.
 *
 * @param isForced whether pods without a controller go as well: kubectl refuses a node that has some (k8s.io/kubectl v0.35.0,
 *   pkg/drain/filters.go, unreplicatedFilter)
 */
export function drainQuestion(name: string, minutes: number, isForced: boolean): Question {
  const limit = Math.max(1, Math.round(minutes * 60));
  return {
    ...kubectl(
      ...["drain", name, "--ignore-daemonsets", "--delete-emptydir-data", `--timeout=${limit}s`],
      ...(isForced ? ["--force"] : []),
    ),
    // kubectl ends by itself, and then says which pods are left.
    seconds: limit + 30,
  };
}

/** What happened to a node that could not be drained. */
export interface NotDrained {
  readonly node: string;
  readonly why: string;
}

/** Drains nodes one after the other, and stops at the first that can't be. */
export async function drainInTurn(
  names: readonly string[],
  { minutes, isForced }: { readonly minutes: number; readonly isForced: boolean },
  live: Live,
  done: (name: string) => void,
): Promise<NotDrained | undefined> {
  for (const node of names) {
    const answer = await live.ask(drainQuestion(node, minutes, isForced));
    if (answer.is !== "said") return { node, why: leftOn(answer) };
    done(node);
  }
  return undefined;
}

/** kubectl writes a line for each eviction that was refused, and the same ones again every five seconds. */
function leftOn(answer: Exclude<Answer, { is: "said" }>): string {
  if (answer.is === "missing") return answer.why;
  const errors = answer.stderr.split("\n").filter((line) => /^(error|There are pending)/i.test(line.trim()));
  return [...new Set(errors.map((line) => line.trim()))].slice(-3).join("; ") || whyNot(answer);
}
