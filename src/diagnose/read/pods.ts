import type { Collected } from "./collected";
import { quoteOf, type Quote } from "./lines";
import { at, type Found, listAt, quoteIn, textAt } from "./values";

export interface SeenPod {
  readonly namespace: string;
  readonly name: string;
  /** As kubectl prints it: `Running`, `ContainerCreating`, `Init:CrashLoopBackOff`. */
  readonly status: string;
  /** Whether all of its containers are ready; undefined where nobody says. */
  readonly ready: boolean | undefined;
  /** Empty where it has none or nobody says. */
  readonly ip: string;
  readonly node: string;
  readonly quote: Quote;
}

const ROW =
  /^(?:(\S+) +)?([a-z0-9][a-z0-9.-]*) +(\d+)\/(\d+) +([A-Z][A-Za-z:0-9]*(?:[A-Z][a-z]+)*) +\d+(?: \([^)]*\))? +\S+(?: +(\S+) +(\S+))?/;

/** Pods of tables, with and without their head. */
export function podsOfTables(from: Collected): SeenPod[] {
  const given = /(?:^| )(?:-n|--namespace)[ =]?([a-z0-9-]+)/.exec(from.command)?.[1] ?? "";
  return from.text.split("\n").flatMap((text, index) => {
    const found = ROW.exec(text);
    if (found === null) return [];
    const [, namespace = given, name = "", ready, all, status = "", ip = "", node = ""] = found;
    return {
      namespace,
      name,
      status,
      ready: ready === all,
      ip: /^[\d.]+$|:/.test(ip) ? ip : "",
      node: node === "<none>" || !/[a-z]/.test(node) ? "" : node,
      quote: quoteOf({ file: from.file, number: from.line + index, text, command: "" }),
    };
  });
}

/** Pods of `kubectl describe pod`. */
export function podsOfDescriptions(from: Collected): SeenPod[] {
  if (!/describe pods?\b|describe po\b/.test(from.command) && !/^Node:\s/m.test(from.text)) return [];
  const field = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, "m").exec(from.text)?.[1] ?? "";
  const status = field("Status");
  const isReady = /^\s+Ready\s+(True|False)\s*$/m.exec(from.text)?.[1];
  const name =
    field("Name") || (/describe po(?:ds?)?\s+(?:-n \S+ +)?([a-z0-9.-]+)/.exec(from.command)?.[1] ?? "");
  if (name === "" || (status === "" && isReady === undefined)) return [];
  const node = field("Node").replace(/\/.*$/, "");
  return [
    {
      namespace: field("Namespace") || (/-n +([a-z0-9-]+)/.exec(from.command)?.[1] ?? ""),
      name,
      status: status === "Pending" && /^ip-|\./.test(node) ? "ContainerCreating" : status,
      ready: isReady === undefined ? undefined : isReady === "True",
      ip: field("IP"),
      node,
      quote: quoteIn(from, "Status:", `pod ${name}: ${status}`),
    },
  ];
}

export function podOf({ value, from }: Found): SeenPod | undefined {
  const phase = textAt(value, "status", "phase");
  const name = textAt(value, "metadata", "name");
  const isPod =
    value.kind === "Pod" || (value.kind === undefined && listAt(value, "spec", "containers").length > 0);
  if (!isPod || name === "" || phase === "") return undefined;
  const statuses = [
    ...listAt(value, "status", "initContainerStatuses"),
    ...listAt(value, "status", "containerStatuses"),
  ];
  const waiting = statuses.map((each) => textAt(each, "state", "waiting", "reason")).find(Boolean);
  const ready = listAt(value, "status", "conditions").find((each) => at(each, "type") === "Ready");
  return {
    namespace: textAt(value, "metadata", "namespace"),
    name,
    status: waiting ?? phase,
    ready: ready === undefined ? undefined : at(ready, "status") === "True",
    ip: textAt(value, "status", "podIP"),
    node: textAt(value, "spec", "nodeName"),
    quote: quoteIn(from, `"${name}"`, `pod ${name}: ${waiting ?? phase}`),
  };
}
