import type { Truth } from "../../guardrails/iam/truth";
import { isUnknown, toNumber, type Value } from "../../values/value";
import { Refused } from "./selectors";

export type Transport = "TCP" | "UDP" | "SCTP";

/** A port of a container that has a name. */
export interface NamedPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: Transport;
}

/** Ports of a rule. */
export interface PortMatch {
  /** `ANY` for each; those without ports (`IGMP`, `VRRP`) take no flow of ours. */
  readonly protocol: string;
  readonly ports:
    | { readonly kind: "every" }
    | { readonly kind: "range"; readonly from: number; readonly to: number }
    | { readonly kind: "name"; readonly name: string }
    | { readonly kind: "unknown"; readonly why: string };
}

const PROTOCOLS = ["ANY", "TCP", "UDP", "SCTP", "VRRP", "IGMP"];

/** As IANA writes a service's name (RFC 6335). */
function isName(text: string): boolean {
  return text.length <= 15 && /^([a-zA-Z0-9]-?)*[a-zA-Z](-?[a-zA-Z0-9])*$/.test(text);
}

/** @throws Refused where Cilium refuses it */
export function portMatch(port: Value, endPort: Value, protocol: Value): PortMatch {
  const proto = typeof protocol === "string" && protocol !== "" ? protocol.toUpperCase() : "ANY";
  if (!PROTOCOLS.includes(proto)) throw new Refused(`the protocol ${proto}`);
  if (isUnknown(port) || isUnknown(endPort))
    return { protocol: proto, ports: { kind: "unknown", why: "a port that only Terraform knows" } };
  const text = typeof port === "number" ? String(port) : typeof port === "string" ? port : "";
  if (isName(text)) return { protocol: proto, ports: { kind: "name", name: text.toLowerCase() } };
  const from = /^0[0-7]+$/.test(text) ? parseInt(text, 8) : toNumber(text);
  if (from === undefined || from < 0 || from > 65535)
    throw new Refused(`the port ${text || "that is missing"}`);
  const to = Math.max(from, toNumber(endPort) ?? 0);
  const ports =
    from === 0 && (to === 0 || to === 65535)
      ? ({ kind: "every" } as const)
      : ({ kind: "range", from, to } as const);
  return { protocol: proto, ports };
}

/** @param named what a named port is at this end; undefined: nobody has it */
export function takesPort(
  { protocol, ports }: PortMatch,
  port: number,
  transport: Transport,
  named: (name: string, transport: Transport) => number | { readonly unknown: string } | undefined,
): Truth {
  if (protocol !== "ANY" && protocol !== transport) return false;
  switch (ports.kind) {
    case "every":
      return true;
    case "range":
      return ports.from <= port && port <= ports.to;
    case "name": {
      const found = named(ports.name, transport);
      return typeof found === "object" ? found : found === port;
    }
    case "unknown":
      return { unknown: ports.why };
  }
}

/** Of the pod that is called. */
export function ownPort(ports: readonly NamedPort[], name: string, transport: Transport): number | undefined {
  const found = ports.findLast((each) => each.name.toLowerCase() === name);
  return found?.protocol === transport ? found.port : undefined;
}

/** Of whatever pod there is: where pods disagree, Cilium lets the rule mean none. */
export function commonPort(
  pods: readonly { readonly ports: readonly NamedPort[]; readonly hostNetwork?: boolean }[],
  name: string,
  transport: Transport,
): number | undefined {
  const found = new Set(
    pods
      .filter(({ hostNetwork }) => hostNetwork !== true)
      .flatMap(({ ports }) =>
        ports
          .filter((each) => each.name.toLowerCase() === name && each.protocol === transport)
          .map(({ port }) => port),
      ),
  );
  const [only] = found;
  return found.size === 1 ? only : undefined;
}
