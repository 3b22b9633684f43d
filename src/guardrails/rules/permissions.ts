import type { Resource } from "../resource";
import { type Rule, rule, undecided, type Verdict, violation } from "../rule";
import { text, texts } from "../value";

const EVALUATION =
  "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html";

/** Calls of identities, as src/permissions proves them: those that are allowed are not here. */
export const permissionRules: readonly Rule[] = [
  rule({
    id: "PERMISSION-DENIED",
    area: "IAM",
    severity: "error",
    what: "Every call of AWS that a deploy, a controller or a service of the platform makes is allowed.",
    why: "It ends in AccessDenied, in the middle of an apply or a week later in a controller's log.",
    remedy:
      "Allow it in the policy that is named; npx octarine permissions TARGET shows all calls of the identity.",
    reference: EVALUATION,
    types: ["aws-call"],
    check: (call) => (call.attributes.kind === "denied" ? said(call, violation) : []),
  }),
  rule({
    id: "PERMISSION-UNDECIDED",
    area: "IAM",
    severity: "warning",
    what: "Whether a call of AWS is allowed can be told before the apply.",
    why: "What nobody can tell may be denied.",
    remedy: "Look at the plan, in which more names are known, or name the resource in the configuration.",
    reference: EVALUATION,
    types: ["aws-call"],
    check: (call) => (call.attributes.kind === "undecided" ? said(call, undecided) : []),
  }),
];

function said({ attributes }: Resource, verdict: (detail: string) => Verdict): Verdict[] {
  const on = texts(attributes.on);
  const shown = on.length > 2 ? `${on.slice(0, 2).join(", ")} and ${on.length - 2} more` : on.join(", ");
  const { who, action, why, stoppedBy } = attributes;
  return [verdict(`${text(who)} calls ${text(action)} on ${shown} (${text(why)}); ${text(stoppedBy)}`)];
}
