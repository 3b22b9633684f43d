import fc from "fast-check";
import { type Firewall, inspect } from "../../../src/reachability/vpc/firewalls";
import { parseRange, type Range } from "../../../src/reachability/vpc/ranges";
import { type InspectedFlow, parseRules } from "../../../src/reachability/vpc/suricata";
import { worldWith } from "./worlds";

const range = (text: string): Range => parseRange(text) ?? { kind: "unknown", text };
const INTERNET: Range = { kind: "public", family: 4 };
const flow = (more: Partial<InspectedFlow> = {}): InspectedFlow => ({
  protocol: "tcp",
  source: range("10.0.1.0/24"),
  destination: INTERNET,
  port: 443,
  ...more,
});
const VARIABLES = { HOME_NET: [range("10.0.0.0/16")] };

/** Suricata User Guide, "Rules Format": action, protocol, addresses, ports, direction, options. */
test.each([
  ["any to any", "drop ip any any -> any any (sid:1;)", {}, "yes"],
  ["by protocol", "drop udp any any -> any any (sid:1;)", {}, "no"],
  ["by port", "drop tcp any any -> any 443 (sid:1;)", {}, "yes"],
  ["by another port", "drop tcp any any -> any 80 (sid:1;)", {}, "no"],
  ["by a range of ports", "drop tcp any any -> any 400:500 (sid:1;)", {}, "yes"],
  ["by all from a port on", "drop tcp any any -> any 444: (sid:1;)", {}, "no"],
  ["by a list of ports", "drop tcp any any -> any [80, 443] (sid:1;)", {}, "yes"],
  ["by all ports but one", "drop tcp any any -> any !443 (sid:1;)", {}, "no"],
  ["by a variable", "drop tcp $HOME_NET any -> any any (sid:1;)", {}, "yes"],
  ["by its opposite", "drop tcp !$HOME_NET any -> any any (sid:1;)", {}, "no"],
  ["by a variable that nobody sets", "drop tcp $OTHER any -> any any (sid:1;)", {}, "unknown"],
  ["the other way round", "drop tcp any any -> $HOME_NET any (sid:1;)", {}, "no"],
  ["both ways", "drop ip any any <> $HOME_NET any (sid:1;)", {}, "yes"],
  ["by a part of the sender's addresses", "drop tcp 10.0.1.0/25 any -> any any (sid:1;)", {}, "unknown"],
  ["by a list of ranges", "drop tcp [10.9.0.0/16, 10.0.0.0/16] any -> any any (sid:1;)", {}, "yes"],
  ["by the protocol's opposite", "drop ip any any -> any any (ip_proto:!TCP; sid:1;)", {}, "no"],
  [
    "UDP by the opposite of TCP",
    "drop ip any any -> any any (ip_proto:!TCP; sid:1;)",
    { protocol: "udp" },
    "yes",
  ],
  ["by TLS at its port", "pass tls any any -> any any (sid:1;)", {}, "yes"],
  ["by TLS at another port", "pass tls any any -> any any (sid:1;)", { port: 8443 }, "unknown"],
  [
    "by what is in the packets",
    'pass tls any any -> any any (tls.sni; content:"quay.io"; sid:1;)',
    {},
    "unknown",
  ],
  ["what is no rule", "drop everything", {}, "unknown"],
] as const)("a rule %s", (_title, text, more, expected) => {
  const [rule] = parseRules(text, VARIABLES);
  expect(rule?.matches(flow(more))).toBe(expected);
});

interface Setting {
  readonly rules?: string;
  readonly list?: { readonly type: string; readonly targets: readonly string[] };
  readonly tuples?: readonly object[];
  readonly strict?: boolean;
  readonly drops?: boolean;
}

function firewall({ rules, list, tuples, strict = true, drops = true }: Setting): Firewall {
  const group = (source: object) => ({
    rule_group: {
      rule_variables: { ip_sets: [{ key: "HOME_NET", ip_set: { definition: ["10.0.0.0/16"] } }] },
      rules_source: source,
    },
  });
  const sources: Readonly<Record<string, object>> = {
    ...(rules !== undefined && { rules: group({ rules_string: rules }) }),
    ...(list && {
      list: group({
        rules_source_list: {
          generated_rules_type: list.type,
          target_types: ["TLS_SNI", "HTTP_HOST"],
          targets: list.targets,
        },
      }),
    }),
    ...(tuples && { tuples: group({ stateful_rule: tuples }) }),
  };
  const world = worldWith({
    aws_networkfirewall_rule_group: sources,
    aws_networkfirewall_firewall_policy: {
      policy: {
        firewall_policy: {
          stateless_default_actions: ["aws:forward_to_sfe"],
          ...(drops && { stateful_default_actions: ["aws:drop_established", "aws:alert_established"] }),
          stateful_engine_options: { rule_order: strict ? "STRICT_ORDER" : "DEFAULT_ACTION_ORDER" },
          stateful_rule_group_reference: Object.keys(sources).map((name, index) => ({
            priority: index + 1,
            resource_arn: `\${aws_networkfirewall_rule_group.${name}.arn}`,
          })),
        },
      },
    },
    aws_networkfirewall_firewall: {
      firewall: { firewall_policy_arn: "${aws_networkfirewall_firewall_policy.policy.arn}" },
    },
  });
  const [found] = world.firewalls.values();
  if (found === undefined) throw new Error("no firewall");
  return found;
}

const call = (setting: Setting, more: Partial<InspectedFlow>) =>
  inspect(firewall(setting), flow(more)).verdict;
const DROP_FIRST = "drop tcp any any -> any 443 (sid:1;)\npass tcp any any -> any 443 (sid:2;)";
const listed = (...targets: string[]) => ({ type: "ALLOWLIST", targets });
const tuple = (action: string, protocol: string, port: string) => ({
  action,
  header: {
    protocol,
    source: "ANY",
    source_port: "ANY",
    direction: "FORWARD",
    destination: "ANY",
    destination_port: port,
  },
});

/** Network Firewall Developer Guide, "Evaluation order for stateful rules", "Stateful domain list rule groups". */
test.each([
  ["in strict order the first rule decides", { rules: DROP_FIRST }, {}, "denied"],
  ["in the default order what passes comes first", { rules: DROP_FIRST, strict: false }, {}, "allowed"],
  ["what no rule names is dropped where the policy says so", { rules: "" }, {}, "denied"],
  ["and passes where it doesn't", { rules: "", drops: false }, {}, "allowed"],
  [
    "an alert decides nothing",
    { rules: "alert ip any any -> any any (sid:1;)", drops: false },
    {},
    "allowed",
  ],
  ["a name in the list", { list: listed("quay.io") }, { name: "quay.io" }, "allowed"],
  ["a name below one without a dot", { list: listed("quay.io") }, { name: "cdn.quay.io" }, "denied"],
  ["a name below one with a dot", { list: listed(".quay.io") }, { name: "cdn.quay.io" }, "allowed"],
  ["the name itself with a dot", { list: listed(".quay.io") }, { name: "quay.io" }, "allowed"],
  ["a name that only ends so", { list: listed(".quay.io") }, { name: "notquay.io" }, "denied"],
  [
    "a listed name at a port of no known protocol",
    { list: listed("quay.io") },
    { name: "quay.io", port: 22 },
    "undecided",
  ],
  ["a name by UDP", { list: listed("quay.io") }, { name: "quay.io", protocol: "udp" }, "denied"],
  ["an address of any name", { list: listed("quay.io") }, {}, "undecided"],
  [
    "a sender out of HOME_NET",
    { list: listed("quay.io") },
    { name: "quay.io", source: range("10.9.0.0/16") },
    "denied",
  ],
  [
    "a list of what is denied",
    { list: { type: "DENYLIST", targets: [".quay.io"] }, drops: false },
    { name: "cdn.quay.io" },
    "denied",
  ],
  [
    "and the rest of it",
    { list: { type: "DENYLIST", targets: [".quay.io"] }, drops: false },
    { name: "example.org" },
    "allowed",
  ],
  [
    "in the default order a list drops the rest by itself",
    { list: listed("quay.io"), strict: false, drops: false },
    { name: "example.org" },
    "denied",
  ],
  [
    "but no other protocol",
    { list: listed("quay.io"), strict: false, drops: false },
    { protocol: "udp", port: 123 },
    "allowed",
  ],
  ["a rule by 5-tuple", { tuples: [tuple("PASS", "TCP", "443")] }, {}, "allowed"],
  ["a rule by 5-tuple of another protocol", { tuples: [tuple("PASS", "UDP", "443")] }, {}, "denied"],
  [
    "a rule that may fit leaves open what comes after",
    { rules: "drop tls any any -> any any (tls.version:1.2; sid:1;)\npass tcp any any -> any 443 (sid:2;)" },
    {},
    "undecided",
  ],
  [
    "unless that does the same",
    { rules: "drop tls any any -> any any (tls.version:1.2; sid:1;)\ndrop tcp any any -> any 443 (sid:2;)" },
    {},
    "denied",
  ],
] as const)("%s", (_title, setting, more, expected) => {
  expect(call(setting as Setting, more)).toBe(expected);
});

const RANK = { denied: 0, undecided: 1, allowed: 2 } as const;
const line = fc
  .tuple(
    fc.constantFrom("pass", "drop"),
    fc.constantFrom("ip", "tcp", "udp", "tls"),
    fc.constantFrom("any", "$HOME_NET", "10.0.1.0/25", "10.9.0.0/16"),
    fc.constantFrom("any", "443", "80", "1:1024"),
  )
  .map((parts) => ({
    action: parts[0],
    text: `${parts[0]} ${parts[1]} ${parts[2]} any -> any ${parts[3]} (sid:1;)`,
  }));

test("one more rule that passes never closes a way, and one that drops never opens one", () => {
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 4 }),
      line,
      fc.nat(4),
      fc.boolean(),
      (rules, added, at, strict) => {
        const texts = rules.map(({ text }) => text);
        const more = [...texts.slice(0, at), added.text, ...texts.slice(at)];
        const before = RANK[call({ rules: texts.join("\n"), strict }, {})];
        const after = RANK[call({ rules: more.join("\n"), strict }, {})];
        return added.action === "pass" ? after >= before : after <= before;
      },
    ),
    { numRuns: 300 },
  );
});
