import type { Finding } from "../model/change";
import type { Impact } from "../model/impact";
import { listed, say, words } from "../model/phrase";
import { field, text } from "../../terraform-plan/json";
import type { PlannedChange } from "../read/plan";
import { finding, findingOf, type Rule } from "./rule";
import { type RuleId, rules } from "./rules";
import type { Surroundings } from "./surroundings";

/** What holds for every resource, for those that no other rule knows. */
export const generalRule: Rule = (change, around) => {
  switch (change.action) {
    case "replace":
      return isHarmless(change.type)
        ? [finding("REPLACED", say`replaces ${change.address}`, { impact: "routine", why: NOTHING_REAL })]
        : [findingOf("REPLACED", { says: words("replaces"), noun: "resource", subject: change.address })];
    case "delete":
      return isHarmless(change.type)
        ? [finding("DELETED", say`deletes ${change.address}`, { impact: "routine", why: NOTHING_REAL })]
        : [deleted(change, around)];
    case "forget":
      return [finding("FORGOTTEN", say`lets ${change.address} out of Terraform's hands`)];
    case "unknown":
      return [finding("UNKNOWN-ACTION", say`does ${listed(change.rawActions)} to ${change.address}`)];
    case "no-op":
    case "read":
    case "create":
    case "update":
      return [];
  }
};

interface Meaning {
  readonly noun: string;
  readonly why: string;
  readonly rule?: RuleId;
  readonly impact?: Impact;
}

/** What is true when one of these goes; of others nobody knows, so whatever uses them is said to stop. */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  [
    "aws_ec2_subnet_cidr_reservation",
    {
      noun: "reservation of addresses",
      impact: "routine",
      why: "Its addresses return to the subnet; whatever has one keeps it.",
    },
  ],
  ["aws_cloudwatch_metric_alarm", { noun: "alarm", rule: "ALARM-LOST", why: rules["ALARM-LOST"].why }],
  ["aws_cloudwatch_composite_alarm", { noun: "alarm", rule: "ALARM-LOST", why: rules["ALARM-LOST"].why }],
  ["aws_cloudwatch_dashboard", { noun: "dashboard", impact: "routine", why: "Only a page goes." }],
  [
    "aws_launch_template",
    { noun: "launch template", why: "What runs keeps running; nothing new starts from it." },
  ],
  ["aws_iam_instance_profile", { noun: "instance profile", why: "No further instance starts with it." }],
  ["aws_iam_policy", { noun: "policy", why: "Whoever held it is denied what it allowed." }],
  ["aws_kms_alias", { noun: "alias", why: "The key stays; whoever asks for it by this name won't find it." }],
  [
    "aws_cloudwatch_event_rule",
    { noun: "event rule", why: "Whoever listened no longer hears of these events." },
  ],
  ["aws_cloudwatch_event_target", { noun: "event target", why: "It no longer hears of these events." }],
  [
    "aws_route53_record",
    { noun: "DNS record", why: "Its name is no longer found, once caches have forgotten it." },
  ],
]);

function deleted(change: PlannedChange, around: Surroundings): Finding {
  const meaning = MEANINGS.get(change.type);
  if (meaning === undefined)
    return findingOf("DELETED", { says: words("deletes"), noun: "resource", subject: change.address });
  const { noun, why, rule = "DELETED", impact } = meaning;
  const subject = subjectOf(change) ?? around.nameOf(change);
  return findingOf(
    rule,
    { says: words("deletes"), noun, subject },
    { why, ...(impact !== undefined && { impact }) },
  );
}

function subjectOf({ before }: PlannedChange): string | undefined {
  return text(field(before, "alarm_name")) ?? text(field(before, "cidr_block"));
}

const NOTHING_REAL = "It exists only in Terraform's state.";

/** Resources that exist nowhere but in the state. */
function isHarmless(type: string): boolean {
  return /^(terraform_data|null_resource|time_|random_)/.test(type);
}

/** An object that an interrupted replacement left behind. */
export const deposedRule: Rule = (change) =>
  change.deposed !== undefined && change.action === "delete"
    ? [
        finding("DELETED", words("deletes what an earlier, interrupted replacement left behind"), {
          impact: "routine",
          why: "The new object is in use already.",
        }),
      ]
    : [];
