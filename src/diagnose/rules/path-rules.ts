import { type Quote, quoteOf } from "../read/lines";
import { at, type Found, listAt, quoteIn, textAt } from "../read/values";
import type { Reading, Rule } from "../rule";
import type { World } from "../world";

const LATE = /timed out|i\/o timeout|Operation in progress|no servers could be reached/i;

/** Routes to what is no longer there (EC2 API Reference, Route: state blackhole). */
const blackholes: Rule = ({ objects }) =>
  objects.flatMap(({ value, from }) => {
    if (value.State !== "blackhole") return [];
    const to = textAt(value, "DestinationCidrBlock");
    return [
      {
        cause: "zone-path",
        certainty: "sure",
        quotes: [quoteIn(from, "blackhole", `route to ${to}: State blackhole`)],
        detail: `route to ${to}`,
      },
    ];
  });

/** Rules that deny, but for the last one, which every ACL ends with. */
const acls: Rule = ({ objects }) =>
  objects.flatMap(({ value, from }): Reading[] => {
    if (value.RuleAction !== "deny" || typeof value.RuleNumber !== "number") return [];
    if (value.RuleNumber >= 32767 || textAt(value, "CidrBlock") === "") return [];
    const way = value.Egress === true ? "egress to" : "ingress from";
    const rule = `network ACL rule ${value.RuleNumber} denies ${way} ${textAt(value, "CidrBlock")}`;
    return [
      {
        cause: "zone-path",
        certainty: textAt(value, "CidrBlock") === "0.0.0.0/0" ? "sure" : "likely",
        quotes: [quoteIn(from, `"RuleNumber": ${value.RuleNumber}`, rule)],
        detail: rule,
      },
    ];
  });

/** Packets that a group or an ACL refused (VPC User Guide, flow log record: action REJECT). */
const rejected: Rule = ({ lines }) =>
  lines
    .filter(({ text }) => /\beni-\w+ [\d.]+ [\d.]+ \d+ \d+ \d+ .* REJECT OK/.test(text))
    .map((line) => ({ cause: "zone-path", certainty: "possible", quotes: [quoteOf(line, "REJECT")] }));

/** Nodes' groups that do not let each other in, where something waits in vain. */
const groups: Rule = (world) => {
  const late = world.lines.find(({ text }) => LATE.test(text));
  if (late === undefined) return [];
  const nodes = nodeGroups(world);
  const closed = nodes.filter(
    ({ value }) => !nodes.every((other) => letsIn(value, textAt(other.value, "GroupId"))),
  );
  const byRules = closedByRules(world);
  const quotes: Quote[] = [
    ...closed.map(({ value, from }) =>
      quoteIn(
        from,
        textAt(value, "GroupId"),
        `${textAt(value, "GroupId")} does not let in all traffic of nodes`,
      ),
    ),
    ...byRules,
  ];
  if (quotes.length === 0) return [];
  return [
    { cause: "node-security-group", certainty: "likely", quotes: [...quotes.slice(0, 2), quoteOf(late)] },
  ];
};

function nodeGroups({ objects }: World): Found[] {
  return objects.filter(
    ({ value }) =>
      Array.isArray(value.IpPermissions) &&
      // The group that EKS makes for the control plane has the same tag.
      !textAt(value, "GroupName").startsWith("eks-cluster-sg-") &&
      (/node|worker/i.test(textAt(value, "GroupName")) ||
        listAt(value, "Tags").some((tag) => /^kubernetes\.io\/cluster\//.test(textAt(tag, "Key")))),
  );
}

/** UDP ports of Geneve and VXLAN: with an overlay, pods' traffic has no other between nodes. */
const TUNNELS = [6081, 8472];

/** Whether a group lets in all traffic of another's pods. */
function letsIn(group: unknown, other: string): boolean {
  return listAt(group, "IpPermissions").some(
    (rule) =>
      (textAt(rule, "IpProtocol") === "-1" || TUNNELS.includes(Number(textAt(rule, "FromPort")))) &&
      (listAt(rule, "UserIdGroupPairs").some((pair) => textAt(pair, "GroupId") === other) ||
        listAt(rule, "IpRanges").length > 0),
  );
}

/** Groups by their single rules, none of which lets the group itself in. */
function closedByRules({ objects }: World): Quote[] {
  const rules = objects.filter(
    ({ value }) => value.SecurityGroupRuleId !== undefined && value.IsEgress === false,
  );
  const ids = [...new Set(rules.map(({ value }) => textAt(value, "GroupId")))];
  return ids.flatMap((id) => {
    const own = rules.filter(({ value }) => textAt(value, "GroupId") === id);
    const opens = own.some(
      ({ value }) =>
        textAt(value, "IpProtocol") === "-1" &&
        (at(value, "ReferencedGroupInfo", "GroupId") === id || textAt(value, "CidrIpv4") !== ""),
    );
    const [first] = own;
    return opens || first === undefined
      ? []
      : [quoteIn(first.from, id, `${id} has no rule that lets itself in`)];
  });
}

export const pathRules: readonly Rule[] = [blackholes, acls, rejected, groups];
