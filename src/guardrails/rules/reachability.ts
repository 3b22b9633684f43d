import type { Resource } from "../resource";
import { type Rule, rule, undecided, type Verdict, violation } from "../rule";
import { text, texts } from "../../values/value";

const POLICIES = "https://kubernetes.io/docs/concepts/services-networking/network-policies/";

/** Needs of the platform and its services, as src/reachability judges them: those that are met are not here. */
export const reachabilityRules: readonly Rule[] = [
  rule({
    id: "REACH-DENIED",
    area: "network",
    severity: "error",
    what: "Every flow that the platform and its services need gets through, from socket to socket.",
    why: "It ends in a timeout, at a hop that shows no error to whoever calls.",
    remedy:
      "Open it where it ends; npx octarine reachability TARGET --from A --to B shows the way hop by hop.",
    reference: POLICIES,
    types: ["flow"],
    sources: ["input"],
    setting: settingOf,
    check: (flow) =>
      flow.attributes.verdict === "denied" && text(flow.attributes.without) === ""
        ? said(flow, violation)
        : [],
  }),
  rule({
    id: "REACH-WITHOUT",
    area: "network",
    severity: "warning",
    what: "A flow that some settings need passes, or nobody has such settings.",
    why: "Whoever sets them later waits for what never comes.",
    remedy: "Open it where it ends, or do without, as is said.",
    reference: POLICIES,
    types: ["flow"],
    sources: ["input"],
    setting: settingOf,
    check: ({ attributes, ...flow }) =>
      attributes.verdict === "denied" && text(attributes.without) !== ""
        ? said({ attributes, ...flow }, (detail) =>
            violation(`${detail}; without it: ${text(attributes.without)}`),
          )
        : [],
  }),
  rule({
    id: "REACH-UNUSED",
    area: "network",
    severity: "warning",
    what: "Whatever is open is of use to a flow that nothing else lets through.",
    why: "It says more than is true, and stays open when what is needed is closed.",
    remedy: "Remove it, or write the narrower one alone.",
    reference: POLICIES,
    types: ["flow"],
    sources: ["input"],
    setting: settingOf,
    check: ({ attributes }) =>
      attributes.verdict === "unused"
        ? [violation(`${text(attributes.what)} is of no use: ${text(attributes.why)}`)]
        : [],
  }),
  rule({
    id: "REACH-UNDECIDED",
    area: "network",
    severity: "warning",
    what: "Whether a flow that is needed passes can be told before the apply.",
    why: "What nobody can tell may be closed.",
    remedy:
      "Name the range or the id in the configuration, or look at the way: npx octarine reachability TARGET.",
    reference: POLICIES,
    types: ["flow"],
    sources: ["input"],
    setting: settingOf,
    check: (flow) => (flow.attributes.verdict === "undecided" ? said(flow, undecided) : []),
  }),
];

function settingOf({ attributes }: Resource): string | undefined {
  return text(attributes.setting) || undefined;
}

function said({ attributes }: Resource, verdict: (detail: string) => Verdict): Verdict[] {
  const from = texts(attributes.from);
  const shown =
    from.length > 2 ? `${from.slice(0, 2).join(", ")} and ${from.length - 2} more` : from.join(", ");
  const { kind, to, port, at, says } = attributes;
  return [
    verdict(`${shown} to ${text(to)}, ${text(port)} (${text(kind)}) ends at ${text(at)}: ${text(says)}`),
  ];
}
