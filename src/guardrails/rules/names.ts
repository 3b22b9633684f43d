import { type NameScope, namedTypes } from "../../facts/aws-names";
import { type Decision, decide } from "../iam/decide";
import type { CallRequest } from "../iam/request";
import { claimOf, claimsOf, indexClaims } from "../names/claims";
import { callsOf, limitedTypes } from "../names/named-calls";
import type { DeployRole, Inventory, Resource } from "../resource";
import { type Rule, rule, undecided, violation } from "../rule";
import { isUnknown } from "../../values/value";

const SCOPES: Readonly<Record<NameScope, string>> = {
  world: "in all accounts",
  account: "in the account, in all its regions",
  region: "in the account and region",
  target: "in the cluster",
};

export const nameRules: readonly Rule[] = [
  rule({
    id: "NAME-OUTSIDE-DEPLOY-ROLE",
    area: "names",
    severity: "error",
    what: "The deploy role may make every role, policy, instance profile and bucket by the name that it has.",
    why: "The apply ends in AccessDenied, after it made half of the stack.",
    remedy:
      "Give it a name that begins with the cluster's; a registry module has inputs for the names of what it makes.",
    reference: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
    types: limitedTypes,
    check: (resource, { deployRole, place }) => {
      // Of a policy whose ARN is not known yet the name is judged, where it is made.
      if (deployRole === undefined || place === undefined || isUnknown(resource.attributes.policy_arn))
        return [];
      const calls = callsOf(resource, place);
      const decided = calls.map((call) => ({ call, decision: decide(deployRole.statements, call) }));
      const refused = decided.filter(({ decision: { kind } }) => kind === "denied" || kind === "not allowed");
      const open = decided.flatMap(({ call, decision }) =>
        decision.kind === "undecided"
          ? [undecided(`${call.action} on ${call.resource}: ${decision.why}`)]
          : [],
      );
      const [first] = refused;
      return first === undefined ? open : [violation(refusal(deployRole, resource, refused)), ...open];
    },
  }),
  rule({
    id: "NAME-TWICE",
    area: "names",
    severity: "error",
    what: "No name is given twice where AWS takes it once, over all targets.",
    why: "The second apply ends in AlreadyExists, or takes over what belongs to another target.",
    remedy: "Rename one of them; most names begin with cluster.name.",
    reference: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
    types: namedTypes,
    check: (resource, inventory) => {
      const claim = inventory.place && claimOf(resource, inventory.place);
      if (claim === undefined) return [];
      const others = (claims(inventory).get(claim.key) ?? []).filter((each) => !isSame(each, resource));
      return others
        .slice(0, 1)
        .map(({ stack, address }) =>
          violation(
            `${claim.name} is also the name of ${stack}/${address}, and it can be there once ${SCOPES[claim.scope]}`,
          ),
        );
    },
  }),
];

function isSame(one: { stack: string; address: string }, { stack, address }: Resource): boolean {
  return one.stack === stack && one.address === address;
}

interface Refused {
  readonly call: CallRequest;
  readonly decision: Decision;
}

/** One sentence for a resource, however many calls are refused. */
function refusal(role: DeployRole, resource: Resource, refused: readonly Refused[]): string {
  const actions = refused.map(({ call }) => call.action).join(", ");
  const deny = refused
    .map(({ decision }) => (decision.kind === "denied" ? decision.by.address : ""))
    .find(Boolean);
  const by = deny === undefined ? "" : `, by ${deny}`;
  return `${role.arn} may not call ${actions} on ${refused[0]?.call.resource ?? ""}${policyOf(resource)}${by}`;
}

function policyOf({ attributes: { policy_arn: policy } }: Resource): string {
  return typeof policy === "string" ? ` for ${policy}` : "";
}

const own = new WeakMap<Inventory, ReturnType<typeof indexClaims>>();

/** Those of all targets that are judged together, else of the target alone. */
function claims(inventory: Inventory): ReturnType<typeof indexClaims> {
  if (inventory.claims !== undefined) return inventory.claims;
  const found = own.get(inventory) ?? indexClaims(claimsOf(inventory));
  own.set(inventory, found);
  return found;
}
