import { listed } from "../../text/listed";
import type { PortMatch } from "./ports";
import type { PolicyRule, PortRule } from "./rules";
import type { Selector } from "./selectors";

/** Rules that Cilium cannot merge: the endpoint gets no new policy at all. */
export interface MergeConflict {
  readonly why: string;
  readonly policies: readonly string[];
}

interface Part {
  readonly rule: PolicyRule;
  readonly parser: string;
}

/** Two rules for the same peers and ports that hand them to different proxies, or ask for different authentication (pkg/policy, mergePortProto). */
export function conflictOf(rules: readonly PolicyRule[]): MergeConflict | undefined {
  const parts = new Map<string, Part[]>();
  const denied = new Set<string>();
  for (const rule of rules)
    for (const [key, parser] of partsOf(rule)) {
      if (rule.deny) denied.add(key);
      else parts.set(key, [...(parts.get(key) ?? []), { rule, parser }]);
    }
  for (const [key, same] of parts) {
    if (denied.has(key) || same.length < 2) continue;
    const policies = [...new Set(same.map(({ rule }) => rule.policy))].sort();
    const parsers = new Set(same.map(({ parser }) => parser).filter((each) => each !== ""));
    if (parsers.size > 1 && !areMergeable(parsers))
      return {
        why: `Cilium can't merge rules of ${listed([...parsers].sort())} for the same peers and ports`,
        policies,
      };
    const modes = new Set(same.flatMap(({ rule }) => rule.authentication ?? []));
    if (modes.size > 1)
      return {
        why: `Cilium can't merge authentication ${listed([...modes].sort())} for the same peers and ports`,
        policies,
      };
  }
  return undefined;
}

/** TLS becomes any other parser than DNS's and a listener's. */
function areMergeable(parsers: ReadonlySet<string>): boolean {
  const others = [...parsers].filter((each) => each !== "tls");
  return others.length === 1 && others[0] !== "dns" && others[0] !== "crd";
}

function partsOf({ peers, ports }: PolicyRule): [string, string][] {
  if (peers === undefined) return [];
  const everyPort: PortRule = { ports: [{ protocol: "every", ports: { kind: "every" } }] };
  const selectors = peers.length === 0 ? [""] : peers.map(selectorKey);
  return (ports.length === 0 ? [everyPort] : ports).flatMap((rule) =>
    rule.ports.flatMap((match) =>
      portKeys(match).flatMap((port) =>
        selectors.map((selector): [string, string] => [`${port} ${selector}`, rule.requests?.parser ?? ""]),
      ),
    ),
  );
}

function portKeys({ protocol, ports }: PortMatch): string[] {
  const protocols = protocol === "ANY" ? ["TCP", "UDP", "SCTP"] : [protocol];
  return protocols.map((each) => `${each} ${JSON.stringify(ports)}`);
}

function selectorKey(selector: Selector): string {
  switch (selector.kind) {
    case "labels":
    case "group":
      return selector.requirements
        .map((each) => JSON.stringify(each))
        .sort()
        .join();
    case "range":
      return JSON.stringify(
        [selector.range, ...selector.except].map(({ prefix }) => [String(prefix.base.value), prefix.length]),
      );
    case "name":
      return `name ${selector.pattern.text}`;
    case "unknown":
      return selector.why;
  }
}
