import { isCreateOnly } from "../facts/create-only";
import { forcingAttributes } from "../facts/forcing-attributes";
import type { Finding } from "../model/change";
import { listed, type Phrase, say, words } from "../model/phrase";
import type { PlannedChange } from "../read/plan";
import { runRules } from "./all-rules";
import { byWorstFinding } from "./costs";
import { forcedIn } from "./forced";
import { isNoteworthy } from "./rule";
import type { Surroundings } from "./surroundings";

/**
 * An update of an attribute that, by the provider's source, replaces the resource: what the rules say of a replacement, under
 * their ids and in doubt. A plan of the real provider would say so itself; one made against schemas alone cannot.
 *
 * @param found what the rules say of the update: no rule speaks twice
 */
export function possibleReplacement(
  planned: PlannedChange,
  around: Surroundings,
  found: readonly Finding[],
): Finding[] {
  const forced = forcedIn(planned);
  if (planned.action !== "update" || forced.length === 0) return [];
  const source = forcingAttributes.get(planned.type)?.source;
  const all = runRules({ ...planned, action: "replace", createBeforeDelete: true }, around)
    .filter((each) => isNoteworthy(each) && !found.some(({ rule }) => rule === each.rule))
    .sort(byWorstFinding);
  // What a replacement opens or grants, the update does as well.
  const worst = all.find(({ impact }) => impact !== "security") ?? all[0];
  if (worst === undefined) return [];
  const { alike, ...rest } = worst;
  const where =
    source === undefined ? [] : words(` (${source.repository} v${source.version} ${source.place})`);
  const onlyAtCreation = forced.every((each) => isCreateOnly(planned.type, each))
    ? ", and AWS takes it at creation only"
    : "";
  return [
    {
      ...rest,
      impact: "may-replace",
      couldBe: worst.couldBe ?? worst.impact,
      what: possibly(worst.what),
      ...(alike !== undefined && { alike: { ...alike, says: possibly(alike.says) } }),
      doubt: say`${words(around.isPlanned ? "planned as an update, but" : "not planned;")} a change of ${listed(forced)} forces a replacement by the provider's source${where}${words(onlyAtCreation)}`,
    },
  ];
}

/** `replaces the cluster x`: may replace the cluster x. */
function possibly(what: Phrase): Phrase {
  const [first, ...rest] = what;
  if (typeof first === "string" && first.startsWith("replaces"))
    return [first.replace("replaces", "may replace"), ...rest];
  return say`may be a replacement, one that ${what}`;
}
