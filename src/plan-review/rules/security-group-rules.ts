import type { Finding } from "../model/change";
import { listed, type Phrase, say, words } from "../model/phrase";
import { field, type Json, text } from "../../terraform-plan/json";
import type { PlannedChange } from "../read/plan";
import {
  covers,
  isAnywhere,
  isPrivateRange,
  type Opening,
  openingsOfGroup,
  openingsOfRule,
  openingsOfVpcRule,
} from "./peers";
import { finding, type Rule } from "./rule";
import { isUnknownAt, nameOf } from "./surroundings";

/** Ports opened and closed, and to whom, whichever of the three ways a rule is written. */
export const securityGroupRule: Rule = (change, around) => {
  const read = readerOf(change.type);
  if (read === undefined || ["no-op", "read", "forget"].includes(change.action)) return [];
  const before = read(change.before);
  const after = change.action === "delete" ? [] : read(change.after);
  const opened = after.filter((each) => !before.some((old) => covers(old, each)));
  const closed = before.filter((each) => !after.some((now) => covers(now, each)));
  const group = change.type === "aws_security_group" ? nameOf(change) : groupOf(change, around);
  const isNew =
    change.action === "create" &&
    (change.type === "aws_security_group" ||
      isUnknownAt(change, "security_group_id") ||
      around.isNew(change, "aws_security_group", "id", field(change.after, "security_group_id")));
  // A group that nobody used before opens nothing that was closed: only what the whole internet gets is said.
  const worth = opened.filter((each) => worthSaying(each, isNew));
  const peersUnknown = change.action !== "delete" && PEERS.some((key) => isUnknownAt(change, key));
  return [
    ...(worth.length > 0 ? [openedFinding(worth, group)] : []),
    ...(opened.length === 0 && peersUnknown && !isNew && after.length === 0 ? [unknownFinding(group)] : []),
    // Gone with a group that is deleted: said once, by that.
    ...(closed.length > 0 && !(change.type === "aws_security_group" && change.action === "delete")
      ? [finding("SG-CLOSED", say`closes ${ways(closed)} on ${group}`)]
      : []),
  ];
};

const PEERS = ["source_security_group_id", "referenced_security_group_id", "cidr_ipv4", "cidr_blocks"];

function readerOf(type: string): ((values: Json) => Opening[]) | undefined {
  if (type === "aws_security_group" || type === "aws_default_security_group") return openingsOfGroup;
  if (type === "aws_security_group_rule") return openingsOfRule;
  if (type === "aws_vpc_security_group_ingress_rule") return (values) => openingsOfVpcRule("ingress", values);
  if (type === "aws_vpc_security_group_egress_rule") return (values) => openingsOfVpcRule("egress", values);
  return undefined;
}

/** Out to anywhere is what AWS gives every new group by default, so with a new one it says nothing. */
function worthSaying(opening: Opening, isNew: boolean): boolean {
  return !isNew || (opening.direction === "ingress" && isAnywhere(opening.peer));
}

function openedFinding(openings: readonly Opening[], group: string): Finding {
  const out = openings.every(({ direction }) => direction === "egress");
  const world = openings.some(({ peer }) => isAnywhere(peer));
  const whom = world ? words(" (the whole internet)") : [];
  return finding("SG-OPENED", say`opens ${ways(openings)}${whom} on ${group}`, {
    details: openings.slice(0, 20).map(line),
    ...(out && { why: "What runs behind the group can then connect there, and send data out." }),
  });
}

function unknownFinding(group: string): Finding {
  return finding("SG-OPENED", say`opens a port on ${group} to a peer known after apply`, {
    doubt: words("whom it lets in is known after apply"),
  });
}

function ways(openings: readonly Opening[]): Phrase {
  const ports = [...new Set(openings.map(portsOf))];
  const into = openings.filter(({ direction }) => direction === "ingress");
  const peers = [...new Set(openings.map(({ peer }) => peer))];
  return say`${words(ports.join(", "))} ${words(into.length > 0 ? "to" : "out to")} ${listed(peers)}`;
}

function line({ direction, peer, ...rest }: Opening): Phrase {
  const kind = isAnywhere(peer) ? "the whole internet" : isPrivateRange(peer) ? "private" : "";
  return say`${words(`${direction}: ${portsOf({ direction, peer, ...rest })}, `)}${peer}${words(kind && ` (${kind})`)}`;
}

function portsOf({ protocol, from, to }: Opening): string {
  if (protocol === "-1") return "every port";
  // A protocol is a stranger's text; those that AWS knows are short and plain.
  const name = /^[a-z0-9]{1,10}$/.test(protocol) ? protocol : "another protocol";
  if (name.startsWith("icmp")) return name;
  if (from === 0 && to === 65535) return `every ${name} port`;
  return from === to ? `${name} ${from}` : `${name} ${from}-${to}`;
}

function groupOf(change: PlannedChange, around: Parameters<Rule>[1]): string {
  const id =
    text(field(change.after, "security_group_id")) ?? text(field(change.before, "security_group_id"));
  if (id === undefined) return change.address;
  const group = around.beside(change, "aws_security_group").find((each) => field(each.before, "id") === id);
  return group === undefined ? id : nameOf(group);
}
