import type { Collected } from "./collected";
import { quoteOf, type Quote } from "./lines";
import { at, type Found, listAt, quoteIn, textAt } from "./values";

export interface SeenNode {
  readonly name: string;
  readonly instanceType: string;
  /** Managed node group; empty for others. */
  readonly group: string;
  /** Pods that kubelet takes. */
  readonly maxPods: number | undefined;
  /** Pods that are on it. */
  readonly pods: number | undefined;
  readonly ready: boolean | undefined;
  readonly address: string;
  readonly quote: Quote;
}

type Draft = { -readonly [Key in keyof SeenNode]?: SeenNode[Key] } & { readonly quote: Quote };

/** Nodes of `kubectl describe node`, whole or what grep left of it. */
export function nodesOfDescriptions(from: Collected): SeenNode[] {
  if (!/describe (no|nodes?)\b/.test(from.command) && !/^Name:\s+ip-/m.test(from.text)) return [];
  const drafts: Draft[] = [];
  from.text.split("\n").forEach((text, index) => {
    const quote = quoteOf({ file: from.file, number: from.line + index, text, command: "" });
    const name = /^Name:\s+(\S+)/.exec(text)?.[1];
    const type = /instance-type=(\S+)/.exec(text)?.[1];
    const last = drafts.at(-1);
    const isNext = name !== undefined || (type !== undefined && last?.instanceType !== undefined);
    const named = /describe nodes? (\S+)/.exec(from.command)?.[1];
    const draft: Draft =
      last === undefined || isNext ? { quote, ...((name ?? named) ? { name: name ?? named } : {}) } : last;
    if (draft !== last) drafts.push(draft);
    if (type !== undefined && !text.includes("beta.")) Object.assign(draft, { instanceType: type, quote });
    const group = /eks\.amazonaws\.com\/nodegroup=(\S+)/.exec(text)?.[1];
    if (group !== undefined) draft.group = group;
    const pods = /^ +pods:? +(\d+)\s*$/.exec(text)?.[1];
    if (pods !== undefined) draft.maxPods = Number(pods);
    const running = /Non-terminated Pods:\s+\((\d+) in total\)/.exec(text)?.[1];
    if (running !== undefined) draft.pods = Number(running);
    const ready = /^\s+Ready\s+(True|False|Unknown)\b/.exec(text)?.[1];
    if (ready !== undefined) draft.ready = ready === "True";
  });
  return drafts.map(whole);
}

/** Nodes of `kubectl get nodes`, with the columns that were asked for. */
export function nodesOfTables(from: Collected): SeenNode[] {
  if (!/get (no|nodes?)\b/.test(from.command)) return [];
  return from.text.split("\n").flatMap((text, index) => {
    const [name = "", ...cells] = text.trim().split(/\s{2,}|\s(?=\S+$)/);
    if (!/^(ip-|i-)[\w.-]+$/.test(name)) return [];
    const status = cells.find((cell) => /^(Not)?Ready\b/.test(cell));
    const type = cells.find((cell) => /^[a-z]+\d[a-z0-9-]*\.[a-z0-9]+$/.test(cell));
    const pods = type === undefined ? undefined : cells.find((cell) => /^\d+$/.test(cell));
    const address = cells.find((cell) => /^\d+\.\d+\.\d+\.\d+$/.test(cell));
    const group = type === undefined ? undefined : cells[cells.indexOf(type) + 1];
    return whole({
      name,
      quote: quoteOf({ file: from.file, number: from.line + index, text, command: "" }),
      ...(status !== undefined && { ready: status.startsWith("Ready") }),
      ...(type !== undefined && { instanceType: type }),
      ...(pods !== undefined && { maxPods: Number(pods) }),
      ...(address !== undefined && { address }),
      ...(group !== undefined && { group }),
    });
  });
}

export function nodeOf({ value, from }: Found): SeenNode | undefined {
  const name = textAt(value, "metadata", "name");
  if (value.kind !== "Node" || name === "") return undefined;
  const ready = listAt(value, "status", "conditions").find((each) => at(each, "type") === "Ready");
  const pods = textAt(value, "status", "allocatable", "pods");
  const labels = at(value, "metadata", "labels");
  const instanceType = textAt(labels, "node.kubernetes.io/instance-type");
  const address = listAt(value, "status", "addresses").find((each) => at(each, "type") === "InternalIP");
  return whole({
    name,
    instanceType,
    group: textAt(labels, "eks.amazonaws.com/nodegroup"),
    ...(pods !== "" && { maxPods: Number(pods) }),
    ...(ready !== undefined && { ready: at(ready, "status") === "True" }),
    address: textAt(address, "address"),
    quote: quoteIn(
      from,
      `"${name}"`,
      [`node ${name}`, instanceType, pods === "" ? "" : `${pods} pods`].filter(Boolean).join(", "),
    ),
  });
}

function whole(draft: Draft): SeenNode {
  return {
    name: draft.name ?? "",
    instanceType: draft.instanceType ?? "",
    group: draft.group ?? "",
    maxPods: draft.maxPods,
    pods: draft.pods,
    ready: draft.ready,
    address: draft.address ?? "",
    quote: draft.quote,
  };
}
