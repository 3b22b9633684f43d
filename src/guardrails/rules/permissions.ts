import type { Resource } from "../resource";
import { type Rule, rule, undecided, type Verdict, violation } from "../rule";
import { text, texts } from "../../values/value";

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
    setting: ({ attributes }) => text(attributes.setting) || undefined,
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
    setting: ({ attributes }) => text(attributes.setting) || undefined,
    check: (call) => (call.attributes.kind === "undecided" ? said(call, undecided) : []),
  }),
  rule({
    id: "PERMISSION-PUBLIC",
    area: "IAM",
    severity: "error",
    what: "No policy of a key, bucket, queue, secret or role lets everybody in.",
    why: "Whoever has an account of AWS can use it, or become it.",
    remedy: "Name principals, or compare who calls: aws:PrincipalArn, aws:PrincipalOrgID, aws:SourceAccount.",
    reference: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    types: ["aws-exposure"],
    check: exposed("public"),
  }),
  rule({
    id: "PERMISSION-ACCOUNT",
    area: "IAM",
    severity: "error",
    what: "A policy lets in accounts that the configuration names, and no others.",
    why: "Nobody who reads the configuration knows that another account can use it.",
    remedy: "Take the account out of the policy, or name it in the configuration.",
    reference:
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-cross-account-resource-access.html",
    types: ["aws-exposure"],
    check: exposed("account"),
  }),
  rule({
    id: "PERMISSION-ESCALATION",
    area: "IAM",
    severity: "error",
    what: "No role of the platform can give itself rights that its policies do not give it.",
    why: "Whoever takes over the controller is then the account's administrator.",
    remedy:
      "Take the edit, the iam:PassRole or the sts:AssumeRole away, or name resources of it that the role itself is none of.",
    reference: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
    types: ["aws-exposure"],
    check: exposed("escalation"),
  }),
];

/** Ways that src/permissions finds in all policies together. */
function exposed(kind: string) {
  return ({ attributes }: Resource): Verdict[] =>
    attributes.kind === kind ? [violation(text(attributes.detail))] : [];
}

function said({ attributes }: Resource, verdict: (detail: string) => Verdict): Verdict[] {
  const on = texts(attributes.on);
  const shown = on.length > 2 ? `${on.slice(0, 2).join(", ")} and ${on.length - 2} more` : on.join(", ");
  const { who, action, why, stoppedBy } = attributes;
  const lacks = texts(attributes.lacks);
  if (lacks.length > 0) {
    const some =
      lacks.length > 3 ? `${lacks.slice(0, 3).join(", ")} and ${lacks.length - 3} more` : lacks.join(", ");
    const place = `${text(action)} on ${shown} (${text(why)})`;
    return [
      verdict(
        `${text(who)} lacks ${some}: it calls ${place}; ${text(stoppedBy)}: ${text(attributes.bootstrap)} adds what is missing, before the deploy`,
      ),
    ];
  }
  return [verdict(`${text(who)} calls ${text(action)} on ${shown} (${text(why)}); ${text(stoppedBy)}`)];
}
