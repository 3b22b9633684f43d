import { againstOf } from "./against";
import { type CauseId, causeOf } from "./causes/causes";
import { runbookOf } from "./causes/cause";
import { type Advice, adviceFor } from "./advice";
import type { Finding } from "./finding";
import { depth, explains, rightsOf } from "./precedence";
import type { Collected } from "./read/collected";
import type { Quote } from "./read/lines";
import type { Certainty, Reading, Rule } from "./rule";
import { accessRules } from "./rules/access-rules";
import { addressRules } from "./rules/address-rules";
import { balancerRules } from "./rules/balancer-rules";
import { cniRules } from "./rules/cni-rules";
import { dnsRules } from "./rules/dns-rules";
import { endpointRules } from "./rules/endpoint-rules";
import { imageRules } from "./rules/image-rules";
import { karpenterRules } from "./rules/karpenter-rules";
import { meshRules } from "./rules/mesh-rules";
import { pathRules } from "./rules/path-rules";
import { policyRules } from "./rules/policy-rules";
import { schedulingRules } from "./rules/scheduling-rules";
import { webhookRules } from "./rules/webhook-rules";
import { writtenPolicyRules } from "./rules/written-policy-rules";
import { type TargetFacts, worldOf } from "./world";

const rules: readonly Rule[] = [
  ...accessRules,
  ...addressRules,
  ...balancerRules,
  ...cniRules,
  ...dnsRules,
  ...endpointRules,
  ...imageRules,
  ...karpenterRules,
  ...meshRules,
  ...pathRules,
  ...policyRules,
  ...writtenPolicyRules,
  ...schedulingRules,
  ...webhookRules,
];

export interface Diagnosis {
  /** The likeliest first; what follows from others last. */
  readonly findings: readonly Finding[];
  /** What to collect where nothing was found, or not enough. */
  readonly advice: readonly Advice[];
}

const MOST_QUOTES = 3;
const order: Readonly<Record<Certainty, number>> = { sure: 0, likely: 1, possible: 2 };

/** What is wrong, by what kubectl and aws said. Pure: the same answers lead to the same findings. */
export function diagnose(collected: readonly Collected[], target?: TargetFacts): Diagnosis {
  const world = worldOf(collected, target);
  const readings = rules.flatMap((rule) => rule(world));
  const kept = withoutWeaker(readings);
  const found = new Map<CauseId, Certainty>();
  for (const { cause, certainty } of kept) {
    const before = found.get(cause);
    if (before === undefined || order[certainty] < order[before]) found.set(cause, certainty);
  }
  const findings = [...found].map(([id, certainty]): Finding => {
    const own = kept.filter(({ cause }) => cause === id);
    const { title, keys, mend, confirm } = causeOf(id);
    return {
      cause: id,
      title,
      certainty,
      details: unique(own.flatMap(({ detail }) => detail ?? [])).slice(0, MOST_QUOTES),
      evidence: quotesOf(own),
      against: againstOf(id, world),
      follows: behind(id, found, kept),
      keys: keys.filter((key) => isOf(key, target)),
      mend,
      confirm: filledIn(confirm, target),
      runbook: runbookOf(id),
    };
  });
  return { findings: findings.sort(compare), advice: adviceFor(world, findings) };
}

/** Readings that may be so are nothing where a line says something surer. */
function withoutWeaker(readings: readonly Reading[]): Reading[] {
  const strong = readings.filter(({ certainty }) => certainty !== "possible");
  const said = new Set(strong.flatMap(({ quotes }) => quotes.map(placeOf)));
  return readings.filter(
    ({ certainty, quotes }) => certainty !== "possible" || !quotes.some((quote) => said.has(placeOf(quote))),
  );
}

/** The deepest cause that was found and explains this one. Guesses explain nothing. */
function behind(
  id: CauseId,
  found: ReadonlyMap<CauseId, Certainty>,
  readings: readonly Reading[],
): CauseId | undefined {
  return depth.find(
    (other) =>
      other !== id &&
      (found.get(other) ?? "possible") !== "possible" &&
      (explains[other]?.includes(id) ?? false) &&
      isAbout(readings, other, id) &&
      hasRights(readings, other, id),
  );
}

/** Whether a refusal may be of the controller that an effect hangs on; one that says neither role nor action may be anybody's. */
function hasRights(readings: readonly Reading[], cause: CauseId, effect: CauseId): boolean {
  const whose = rightsOf[effect];
  if (whose === undefined || (cause !== "controller-denied" && cause !== "no-credentials")) return true;
  return readings
    .filter((each) => each.cause === cause)
    .some(({ quotes, detail = "" }) => {
      const said = [...quotes.map(({ text }) => text), detail].join(" ");
      return whose.test(said) || !/assumed-role|[a-z0-9-]+:[A-Z][a-z]+[A-Z]/.test(said);
    });
}

/** Whether all that an effect is seen at may be the cause's doing. Where nobody says what either is about, it may. */
function isAbout(readings: readonly Reading[], cause: CauseId, effect: CauseId): boolean {
  const causes = aboutsOf(readings, cause);
  const effects = aboutsOf(readings, effect);
  if (causes === undefined || effects === undefined) return true;
  // Of pods that wait, each has its own reason; what else fails may do so because of any pod of its namespace.
  const isOfPods = [cause, effect].every((each) => OF_PODS.includes(each));
  const named = (about: string): string => (isOfPods ? about : about.replace(/\/.*$/, "/"));
  const known = new Set(causes.map(named));
  return effects.every((about) => known.has(named(about)));
}

const OF_PODS: readonly CauseId[] = [
  "volume-zone",
  "requests-too-large",
  "placement-unmet",
  "no-tolerated-node",
  "karpenter-no-type",
  "karpenter-limits",
];

function aboutsOf(readings: readonly Reading[], cause: CauseId): readonly string[] | undefined {
  const own = readings.filter((each) => each.cause === cause).map(({ about }) => about);
  const known = own.filter((about) => about !== undefined);
  return known.length === own.length ? known : undefined;
}

function compare(one: Finding, other: Finding): number {
  return (
    Number(one.follows !== undefined) - Number(other.follows !== undefined) ||
    order[one.certainty] - order[other.certainty] ||
    depth.indexOf(one.cause) - depth.indexOf(other.cause)
  );
}

/** The surest quotes, each place and each kind of line once. */
function quotesOf(readings: readonly Reading[]): Quote[] {
  const inOrder = [...readings].sort((a, b) => order[a.certainty] - order[b.certainty]);
  const seen = new Set<string>();
  return inOrder
    .flatMap(({ quotes }) => quotes)
    .filter((quote) => {
      const keys = [placeOf(quote), quote.text.replace(/[\da-f]{2,}/g, "")];
      const isNew = keys.every((key) => !seen.has(key));
      keys.forEach((key) => seen.add(key));
      return isNew;
    })
    .slice(0, MOST_QUOTES);
}

function placeOf({ file, line }: Quote): string {
  return `${file}:${line}`;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

/** Keys of a CNI that the target does not have say nothing to its reader. */
const OWN: Readonly<Record<string, readonly TargetFacts["cni"][]>> = {
  "cni.addressMode": ["vpc-cni"],
  "cni.prefixDelegation": ["cilium-eni"],
  "cni.warmIpTarget": ["vpc-cni"],
  "cni.minimumIpTarget": ["vpc-cni"],
  "cni.warmPrefixTarget": ["vpc-cni"],
  "cni.kubeProxy": ["vpc-cni"],
  "cni.nodeMask": ["cilium-overlay"],
  "cni.podCidr": ["cilium-overlay"],
  "cni.routing": ["cilium-overlay"],
};

function isOf(key: string, target: TargetFacts | undefined): boolean {
  return target === undefined || (OWN[key]?.includes(target.cni) ?? true);
}

function filledIn(command: string, target: TargetFacts | undefined): string {
  return target === undefined ? command : command.replace(/\bCLUSTER\b/, target.clusterName);
}
