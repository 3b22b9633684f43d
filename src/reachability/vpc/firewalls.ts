import type { Resource } from "../../guardrails/resource";
import { at, hasUnknown, isAbsent, items, text, texts, toNumber, type Value } from "../../values/value";
import type { Decider, Verdict } from "../hop";
import { deciderOf, Keys, type Key } from "./keys";
import { type Range, shareOf } from "./ranges";
import { type InspectedFlow, type Match, parseRules, type StatefulRule, type Variables } from "./suricata";

interface RuleGroup {
  readonly decider: Decider;
  readonly rules: readonly StatefulRule[];
}

/** AWS Network Firewall: its policy, and a subnet of its endpoint in each zone. */
export interface Firewall {
  readonly key: Key;
  /** By zone. */
  readonly subnets: readonly Key[];
  readonly policy: Key;
  readonly groups: readonly RuleGroup[];
  readonly strict: boolean;
  /** What happens to what no stateful rule names. */
  readonly dropsByDefault: boolean;
  /** What the stateless side does with packets; its own rules are not read. */
  readonly stateless: "forward" | "pass" | "drop" | "unknown";
}

export function readFirewalls(keys: Keys): ReadonlyMap<Key, Firewall> {
  const find = (key: Key | undefined) => keys.resources.find((each) => Keys.of(each) === key);
  return new Map(
    keys.ofType("aws_networkfirewall_firewall").map((firewall) => {
      const { attributes, stack } = firewall;
      const policyKey = keys.key(attributes.firewall_policy_arn, stack) ?? "?firewall_policy_arn";
      const policy = find(policyKey)?.attributes.firewall_policy;
      const strict = at(policy, "stateful_engine_options", "rule_order") === "STRICT_ORDER";
      const references = [...items(at(policy, "stateful_rule_group_reference"))].sort(
        (a, b) => (toNumber(at(a, "priority")) ?? 0) - (toNumber(at(b, "priority")) ?? 0),
      );
      const read: Firewall = {
        key: Keys.of(firewall),
        subnets: items(attributes.subnet_mapping).flatMap((each) => keys.keys(at(each, "subnet_id"), stack)),
        policy: policyKey,
        strict,
        groups: references.map((each) => {
          const key = keys.key(at(each, "resource_arn"), stack) ?? "?resource_arn";
          return groupOf(key, find(key), strict, keys);
        }),
        dropsByDefault: texts(at(policy, "stateful_default_actions")).some((each) =>
          each.startsWith("aws:drop"),
        ),
        stateless: statelessOf(policy),
      };
      return [read.key, read];
    }),
  );
}

function statelessOf(policy: Value): Firewall["stateless"] {
  if (!isAbsent(at(policy, "stateless_rule_group_reference"))) return "unknown";
  const actions = texts(at(policy, "stateless_default_actions"));
  if (actions.includes("aws:forward_to_sfe")) return "forward";
  return actions.includes("aws:pass") ? "pass" : actions.includes("aws:drop") ? "drop" : "unknown";
}

function groupOf(key: Key, group: Resource | undefined, strict: boolean, keys: Keys): RuleGroup {
  const unknown: StatefulRule = { action: "drop", matches: () => "unknown", text: "a rule group of others" };
  if (group === undefined) return { decider: deciderOf(key), rules: [unknown] };
  const body = group.attributes.rule_group;
  const variables = variablesOf(at(body, "rule_variables", "ip_sets"), group.stack, keys);
  const source = at(body, "rules_source");
  const list = at(source, "rules_source_list");
  const rules = at(source, "rules_string");
  return {
    decider: deciderOf(key),
    rules: [
      ...(typeof rules === "string" ? parseRules(rules, variables) : isAbsent(rules) ? [] : [unknown]),
      ...(isAbsent(list) ? [] : listRules(list, strict, variables)),
      ...items(at(source, "stateful_rule")).map((each) => tupleRule(each, variables)),
    ],
  };
}

function variablesOf(sets: Value, stack: string, keys: Keys): Variables {
  return Object.fromEntries(
    items(sets).map((set): [string, readonly Range[]] => [
      text(at(set, "key")),
      items(at(set, "ip_set", "definition")).map((each) => keys.range(each, stack)),
    ]),
  );
}

/**
 * Domain lists look at the name in the TLS handshake or the HTTP host of traffic from HOME_NET; `.example.com` holds
 * the domain and all below it (Network Firewall Developer Guide, "Stateful domain list rule groups").
 */
function listRules(list: Value, strict: boolean, variables: Variables): StatefulRule[] {
  const targets = texts(at(list, "targets"));
  const kinds = texts(at(list, "target_types"));
  const isAllowed = text(at(list, "generated_rules_type")) === "ALLOWLIST";
  const ports = [...(kinds.includes("HTTP_HOST") ? [80] : []), ...(kinds.includes("TLS_SNI") ? [443] : [])];
  const isHome = (flow: InspectedFlow): Match => {
    const home = variables.HOME_NET;
    // Without the variable it is the firewall's own VPC.
    if (home === undefined) return "unknown";
    const shares = home.map((each) => shareOf(flow.source, each));
    return shares.includes("all") ? "yes" : shares.every((each) => each === "none") ? "no" : "unknown";
  };
  const applies = (flow: InspectedFlow): Match => {
    if (flow.protocol !== "tcp" || isHome(flow) === "no") return "no";
    return ports.includes(flow.port) && isHome(flow) === "yes" ? "yes" : "unknown";
  };
  const isListed = ({ name }: InspectedFlow): Match => {
    if (name === undefined || hasUnknown(at(list, "targets"))) return "unknown";
    return targets.some((each) => holds(each.toLowerCase(), name)) ? "yes" : "no";
  };
  const both = (flow: InspectedFlow, listed: Match): Match => {
    const applied = applies(flow);
    if (applied === "no" || listed === "no") return "no";
    return applied === "yes" && listed === "yes" ? "yes" : "unknown";
  };
  const named: StatefulRule = {
    action: isAllowed ? "pass" : "drop",
    matches: (flow) => both(flow, isListed(flow)),
    text: targets.join(", "),
  };
  // In the default order a list of what is allowed drops the rest of HTTP and TLS itself.
  const rest: StatefulRule = {
    action: "drop",
    matches: (flow) => both(flow, opposite(isListed(flow))),
    text: `what is not in ${targets.join(", ")}`,
  };
  return isAllowed && !strict ? [named, rest] : [named];
}

function opposite(match: Match): Match {
  return match === "unknown" ? "unknown" : match === "yes" ? "no" : "yes";
}

function holds(target: string, name: string): boolean {
  return target.startsWith(".") ? `.${name}`.endsWith(target) : name === target;
}

function tupleRule(rule: Value, variables: Variables): StatefulRule {
  const header = at(rule, "header");
  const field = (key: string) => text(at(header, key)).toLowerCase();
  const actions: Readonly<Record<string, string>> = {
    PASS: "pass",
    DROP: "drop",
    REJECT: "reject",
    ALERT: "alert",
  };
  const line =
    `${actions[text(at(rule, "action"))] ?? "drop"} ${field("protocol")} ` +
    `${text(at(header, "source"))} ${field("source_port")} ${field("direction") === "any" ? "<>" : "->"} ` +
    `${text(at(header, "destination"))} ${field("destination_port")} ()`;
  return (
    parseRules(line.replaceAll(/\bANY\b/g, "any"), variables)[0] ?? {
      action: "drop",
      matches: () => "unknown",
      text: line,
    }
  );
}

export interface Inspection {
  readonly verdict: Verdict;
  readonly by: Decider;
  readonly says: string;
}

/** What a firewall does with a flow. In strict order the first rule that fits decides, else pass before drop. */
export function inspect(firewall: Firewall, flow: InspectedFlow): Inspection {
  const policy = deciderOf(firewall.policy);
  if (firewall.stateless !== "forward") {
    const verdict = { pass: "allowed", drop: "denied", unknown: "undecided" } as const;
    const says = `${policy.address} ${firewall.stateless === "unknown" ? "has stateless rules that are not read" : `makes its stateless engine ${firewall.stateless} packets`}`;
    return { verdict: verdict[firewall.stateless], by: policy, says };
  }
  const rules = firewall.groups.flatMap(({ decider, rules: own }) =>
    own.filter(({ action }) => action !== "alert").map((rule) => ({ rule, decider })),
  );
  const ordered = firewall.strict
    ? rules
    : [
        ...rules.filter(({ rule }) => rule.action === "pass"),
        ...rules.filter(({ rule }) => rule.action !== "pass"),
      ];
  const whom = flow.name ?? "the flow";
  const settled = decided(ordered, flow, firewall, whom);
  // Rules before it that nobody can match leave it as it is where they would do the same.
  const open = ordered
    .slice(0, settled.index)
    .filter(({ rule }) => rule.matches(flow) === "unknown")
    .find(({ rule }) => (rule.action === "pass" ? "allowed" : "denied") !== settled.verdict);
  if (open === undefined) return settled;
  return {
    verdict: "undecided",
    by: open.decider,
    says: `whether ${open.rule.text} of ${open.decider.address} fits ${whom} on port ${flow.port} is not known`,
  };
}

function decided(
  rules: readonly { readonly rule: StatefulRule; readonly decider: Decider }[],
  flow: InspectedFlow,
  { policy, dropsByDefault }: Firewall,
  whom: string,
): Inspection & { readonly index: number } {
  const index = rules.findIndex(({ rule }) => rule.matches(flow) === "yes");
  const found = rules[index];
  if (found !== undefined) {
    const { rule, decider } = found;
    const says =
      rule.action === "pass"
        ? `${decider.address} lets ${whom} through: ${rule.text}`
        : `${decider.address} stops ${whom}: ${rule.text}`;
    return { verdict: rule.action === "pass" ? "allowed" : "denied", by: decider, says, index };
  }
  const by = deciderOf(policy);
  return dropsByDefault
    ? {
        verdict: "denied",
        by,
        says: `no rule of ${by.address} lets ${whom} through, and it drops the rest`,
        index: rules.length,
      }
    : { verdict: "allowed", by, says: `no rule of ${by.address} stops ${whom}`, index: rules.length };
}
