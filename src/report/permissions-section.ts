import { exposureText, permissionsTotal } from "../permissions/text";
import type { CallLine, IdentitySummary } from "../permissions/summary";
import { type Html, html } from "../text/html";
import { sentence } from "./open-points";
import { badge, fold, foldedItems, items, type ListItem, places, plainList } from "./parts";
import type { ReportSection } from "./sections";
import { htmlTable } from "./table";

/** Calls shown before the rest is folded. */
const SHOWN = 10;

const FIGURES = ["needed", "allowed", "denied", "undecided", "unused"] as const;

/** What is not proved to be allowed first; who calls how much, and what nobody needs, is folded. */
export const permissionsSection: ReportSection = {
  id: "permissions",
  title: "Permissions",
  render: ({ facts, heading }) => {
    const { identities, exposures } = facts().judged.proofs;
    if (identities.length === 0) return undefined;
    const open = identities.flatMap(callItems);
    const unused = identities.filter((each) => each.unused.length > 0);
    return html`<p>${permissionsTotal(identities)}.</p>
      ${open.length === 0 ? "" : html`${heading("Not proved to be allowed")} ${foldedItems(open, SHOWN)}`}
      ${fold("Calls by identity", callTable(identities), { print: true })}
      ${
        exposures.length === 0
          ? ""
          : fold(
              `Beyond what is meant: ${exposures.length}`,
              plainList(exposures.map((each) => sentence(exposureText(each)))),
              { print: true },
            )
      }
      ${
        unused.length === 0
          ? ""
          : fold(`Granted and never needed: ${unused.length} identities`, items(unused.map(unusedItem)))
      }`;
  },
};

function callTable(identities: readonly IdentitySummary[]): Html {
  return htmlTable(
    "Calls of AWS that each identity needs, and actions that it has and does not need",
    [{ name: "Identity" }, ...FIGURES.map((name) => ({ name, kind: "number" as const }))],
    identities.map(({ name, kind, counts }) => ({
      cells: [
        html`${name}<br /><span class="more">${kind}</span>`,
        ...FIGURES.map((each) => String(counts[each])),
      ],
    })),
  );
}

/** One item for all calls of an identity that end alike. */
function callItems({ name, calls }: IdentitySummary): readonly ListItem[] {
  const ends = new Map<string, CallLine[]>();
  for (const call of calls) {
    const key = [call.kind, call.stoppedBy, call.remedy, call.place].join("\n");
    ends.set(key, [...(ends.get(key) ?? []), call]);
  }
  return [...ends.values()].flatMap((alike): ListItem[] => {
    const [first] = alike;
    if (first === undefined) return [];
    const { kind, stoppedBy = "", remedy, place } = first;
    const distinct = (key: "action" | "resource") => [...new Set(alike.map((each) => each[key]))];
    return [
      {
        badge: badge(kind === "denied" ? "bad" : "warn", kind),
        head: `${name}: ${distinct("action").join(", ")}`,
        text: [sentence(stoppedBy), ...(remedy === undefined ? [] : [sentence(remedy)])],
        places: places([...(place === undefined ? [] : [place]), ...distinct("resource")]),
      },
    ];
  });
}

function unusedItem({ name, unused }: IdentitySummary): ListItem {
  return { head: name, text: unused.map(({ policy, actions }) => `${policy}: ${actions.join(", ")}`) };
}
