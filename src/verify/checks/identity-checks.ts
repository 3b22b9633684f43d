import { z } from "zod";
import { Workload } from "../../live/objects";
import type { IdentityProof } from "../../permissions/prove";
import { counted } from "../../text/counted";
import { fewOf } from "../../text/listed";
import { always, type LiveCheck } from "../live-check";
import { Notes } from "../notes";

const agentRunning: LiveCheck = {
  id: "POD-IDENTITY-AGENT",
  group: "identity",
  proves: "the agent of Pod Identity is ready on every node",
  asks: ["kubectl get daemonsets -n kube-system"],
  offline: "reachability (Pod Identity)",
  applies: ({ components }) => components.has("eks-pod-identity-agent"),
  judge: (_, told) => {
    const notes = new Notes(told);
    const sets = notes.objects(Workload, "daemonsets", "-n", "kube-system");
    const agent = sets?.find(({ metadata }) => metadata.name === "eks-pod-identity-agent");
    if (sets !== undefined && agent === undefined)
      notes.fault("there is no DaemonSet eks-pod-identity-agent in kube-system");
    if (agent !== undefined) {
      const { numberReady: ready, desiredNumberScheduled: wanted } = agent.status;
      if (ready < wanted) notes.fault(`${ready} of ${wanted} agents are ready`);
      notes.seen(`${ready} agents are ready`);
    }
    return notes.outcome();
  },
};

/** PodIdentityAssociationSummary and PodIdentityAssociation of the EKS API; a summary has no role. */
const associationList = z.object({
  associations: z.array(
    z.object({ namespace: z.string(), serviceAccount: z.string(), associationId: z.string() }),
  ),
});
const association = z.object({ association: z.object({ roleArn: z.string() }) });

const associations: LiveCheck = {
  id: "POD-IDENTITY-ROLES",
  group: "identity",
  proves: "every role of the target's service accounts is given by a Pod Identity association",
  asks: ["aws eks list-pod-identity-associations", "aws eks describe-pod-identity-association"],
  offline: "permissions",
  applies: always,
  judge: ({ target, proofs }, told) => {
    const notes = new Notes(told);
    const { clusterName } = target;
    const list = notes.aws(
      associationList,
      "eks",
      "list-pod-identity-associations",
      "--cluster-name",
      clusterName,
    );
    if (list === undefined) return notes.outcome();
    const given = new Map<string, string[]>();
    for (const { namespace, serviceAccount, associationId } of list.associations) {
      const found = notes.aws(
        association,
        ...["eks", "describe-pod-identity-association", "--cluster-name", clusterName],
        ...["--association-id", associationId],
      );
      if (found === undefined) continue;
      const role = found.association.roleArn;
      given.set(role, [...(given.get(role) ?? []), `${namespace}/${serviceAccount}`]);
    }
    const wanted = proofs()
      .filter(byPodIdentity)
      .flatMap(({ role }) => (role === undefined ? [] : [role.arn]));
    for (const arn of new Set(wanted))
      if (!given.has(arn)) notes.fault(`${nameOf(arn)}: no service account has it`);
    if (wanted.length > 0)
      notes.seen(`${counted(new Set(wanted).size, "role")} are given to service accounts`);
    return notes.outcome("no service account has a role");
  },
};

/** Roles that EKS's service for pods may take. */
function byPodIdentity({ identity, role }: IdentityProof): boolean {
  const isOfPods = identity.kind === "controller" || identity.kind === "service";
  // Roles of secret stores are taken by External Secrets' own role.
  return isOfPods && role !== undefined && JSON.stringify(role.trust).includes("pods.eks.amazonaws.com");
}

/** `role/name` of an ARN. */
function nameOf(arn: string): string {
  return arn.split(":").at(-1) ?? arn;
}

/** EvaluationResult of SimulatePrincipalPolicy (IAM API Reference). */
const simulation = z.object({
  EvaluationResults: z.array(
    z.object({
      EvalActionName: z.string(),
      EvalDecision: z.string(),
      EvalResourceName: z.string().optional(),
      MissingContextValues: z.array(z.string()).catch([]),
    }),
  ),
});

/** Actions of one simulation: the API takes more, but an answer has to stay readable. */
const ACTIONS_AT_ONCE = 50;

const permissionsThere: LiveCheck = {
  id: "PERMISSIONS-THERE",
  group: "identity",
  proves: "what is proved of each role's permissions is so in the account, by IAM's own simulation",
  asks: ["aws iam simulate-principal-policy"],
  offline: "permissions, PERMISSION-DENIED",
  applies: always,
  judge: ({ proofs }, told) => {
    const notes = new Notes(told);
    let simulated = 0;
    for (const { identity, role, calls } of proofs()) {
      if (role === undefined || !role.arn.startsWith("arn:") || role.arn.includes("*")) continue;
      // Conditions need a request's own keys, which a simulation does not have: those of whole resources are asked.
      const actions = [
        ...new Set(
          calls
            .filter(
              ({ verdict, resource, call }) =>
                verdict.kind === "allowed" && resource === "*" && !call.context,
            )
            .map(({ call }) => call.action),
        ),
      ].sort();
      for (let at = 0; at < actions.length; at += ACTIONS_AT_ONCE) {
        const found = notes.aws(
          simulation,
          ...["iam", "simulate-principal-policy", "--policy-source-arn", role.arn],
          ...["--action-names", ...actions.slice(at, at + ACTIONS_AT_ONCE)],
        );
        for (const result of found?.EvaluationResults ?? []) {
          simulated++;
          const { EvalActionName: action, EvalDecision: decision, MissingContextValues: missing } = result;
          if (decision === "allowed") continue;
          if (missing.length > 0) notes.open(`${identity.name}: ${action} hangs on ${fewOf(missing)}`);
          else notes.fault(`${identity.name} (${nameOf(role.arn)}) may not ${action}: ${decision}`);
        }
      }
    }
    if (simulated > 0) notes.seen(`${counted(simulated, "action")} are allowed`);
    return notes.outcome("no role has a call that can be simulated without its request");
  },
};

export const identityChecks = [agentRunning, associations, permissionsThere];
