import { parseRange, type Range, shareOf } from "./ranges";

/** A flow as a firewall's stateful rules see it. */
export interface InspectedFlow {
  readonly protocol: "tcp" | "udp";
  readonly source: Range;
  readonly destination: Range;
  readonly port: number;
  /** The name in the TLS handshake or the HTTP host, where it is known. */
  readonly name?: string;
}

export type Match = "yes" | "no" | "unknown";

/** Ranges by variable. */
export type Variables = Readonly<Record<string, readonly Range[]>>;

export interface StatefulRule {
  readonly action: "pass" | "drop" | "reject" | "alert";
  readonly matches: (flow: InspectedFlow) => Match;
  readonly text: string;
}

const RULE =
  /^(pass|drop|reject|alert)\s+(\S+)\s+(\S+|\[[^\]]*\])\s+(\S+|\[[^\]]*\])\s+(->|<>)\s+(\S+|\[[^\]]*\])\s+(\S+|\[[^\]]*\])\s*\((.*)\)\s*$/;

/** Options that say nothing about which packets fit; those of a flow's direction hold for the first packet. */
const SILENT = new Set([
  "msg",
  "sid",
  "rev",
  "gid",
  "priority",
  "classtype",
  "reference",
  "metadata",
  "noalert",
  "flow",
]);

/** Rules of Suricata's language, as far as they go by addresses, ports and protocol. What else they ask for is not known. */
export function parseRules(text: string, variables: Variables): StatefulRule[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line): StatefulRule => {
      const parts = RULE.exec(line);
      if (parts === null) return { action: "drop", matches: () => "unknown", text: line };
      const [
        ,
        action = "",
        protocol = "",
        from = "",
        fromPort = "",
        way = "",
        to = "",
        toPort = "",
        options = "",
      ] = parts;
      const one = (flow: InspectedFlow, ends: readonly [string, string, string, string]): Match =>
        worst([
          addressMatch(flow.source, ends[0], variables),
          // The client's port is any above 1023.
          ends[1] === "any" ? "yes" : "unknown",
          addressMatch(flow.destination, ends[2], variables),
          portMatch(flow.port, ends[3]),
        ]);
      return {
        action: action as StatefulRule["action"],
        text: line,
        matches: (flow) => {
          const rest = worst([protocolMatch(flow, protocol), optionsMatch(flow, options)]);
          const ahead = one(flow, [from, fromPort, to, toPort]);
          const ways = way === "<>" ? [ahead, one(flow, [to, toPort, from, fromPort])] : [ahead];
          return worst([rest, best(ways)]);
        },
      };
    });
}

function worst(matches: readonly Match[]): Match {
  return matches.includes("no") ? "no" : matches.includes("unknown") ? "unknown" : "yes";
}

function best(matches: readonly Match[]): Match {
  return matches.includes("yes") ? "yes" : matches.includes("unknown") ? "unknown" : "no";
}

function not(match: Match): Match {
  return match === "unknown" ? "unknown" : match === "yes" ? "no" : "yes";
}

/** `ip` is any; a protocol of an application is told from the packets, whatever the port. */
function protocolMatch({ protocol, port }: InspectedFlow, wanted: string): Match {
  if (wanted === "ip" || wanted === protocol) return "yes";
  if (wanted === "tcp" || wanted === "udp" || wanted === "icmp") return "no";
  const usual: Readonly<Record<string, number>> = { http: 80, tls: 443 };
  if (wanted in usual && protocol === "udp") return "no";
  return usual[wanted] === port ? "yes" : "unknown";
}

function optionsMatch({ protocol }: InspectedFlow, options: string): Match {
  return worst(
    options
      .split(";")
      .map((each) => each.trim())
      .filter((each) => each !== "")
      .map((option): Match => {
        const [, name = "", value = ""] = /^([\w.]+)(?::(.*))?$/.exec(option) ?? [];
        if (name !== "ip_proto") return SILENT.has(name) ? "yes" : "unknown";
        const [, negated, wanted = ""] = /^(!?)(\w+)$/.exec(value.trim()) ?? [];
        const same: Match = wanted.toLowerCase() === protocol ? "yes" : "no";
        return negated === "!" ? not(same) : same;
      }),
  );
}

function addressMatch(range: Range, wanted: string, variables: Variables): Match {
  if (wanted.startsWith("!")) return not(addressMatch(range, wanted.slice(1), variables));
  if (wanted === "any") return "yes";
  if (wanted.startsWith("[")) return best(listOf(wanted).map((each) => addressMatch(range, each, variables)));
  const ranges = wanted.startsWith("$") ? variables[wanted.slice(1)] : [parseRange(wanted)];
  if (ranges === undefined) return "unknown";
  return best(
    ranges.map((each) => {
      const share = each === undefined ? "unknown" : shareOf(range, each);
      return share === "all" ? "yes" : share === "none" ? "no" : "unknown";
    }),
  );
}

function portMatch(port: number, wanted: string): Match {
  if (wanted.startsWith("!")) return not(portMatch(port, wanted.slice(1)));
  if (wanted === "any") return "yes";
  if (wanted.startsWith("[")) return best(listOf(wanted).map((each) => portMatch(port, each)));
  const [, from = "", colon, to = ""] = /^(\d*)(:?)(\d*)$/.exec(wanted) ?? [];
  if (colon === undefined) return "unknown";
  const first = from === "" ? 0 : Number(from);
  const last = colon === "" ? first : to === "" ? 65535 : Number(to);
  return first <= port && port <= last ? "yes" : "no";
}

function listOf(list: string): string[] {
  return list
    .slice(1, -1)
    .split(",")
    .map((each) => each.trim());
}
