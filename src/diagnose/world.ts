import type { Collected } from "./read/collected";
import { takenBack } from "./read/last-words";
import { type Line, linesOf, type Quote } from "./read/lines";
import { type SeenNode, nodeOf, nodesOfDescriptions, nodesOfTables } from "./read/nodes";
import { podOf, podsOfDescriptions, podsOfTables, type SeenPod } from "./read/pods";
import { subnetOf, subnetsOfText, type SeenSubnet } from "./read/subnets";
import { type Row, rowsOf } from "./read/tables";
import { at, type Found, listAt, objectsIn, quoteIn, textAt } from "./read/values";

/** What the configuration says of the cluster, as far as a diagnosis asks. */
export interface TargetFacts {
  readonly name: string;
  readonly clusterName: string;
  /** Who gives pods their addresses. */
  readonly cni: "cilium-eni" | "cilium-overlay" | "vpc-cni";
  /** Whether Cilium runs, which may be chained behind the VPC CNI. */
  readonly cilium: boolean;
  readonly identities: readonly KnownIdentity[];
}

/** An identity as the proof of permissions knows it (docs/permissions.md). */
export interface KnownIdentity {
  readonly name: string;
  /** Of its role; empty where no stack makes it. */
  readonly role: string;
  /** What is proved of each action that it needs. */
  readonly actions: Readonly<Record<string, "allowed" | "denied" | "undecided">>;
}

/** All that was collected, read once. */
export interface World {
  readonly collected: readonly Collected[];
  readonly lines: readonly Line[];
  readonly rows: readonly Row[];
  readonly objects: readonly Found[];
  readonly pods: readonly SeenPod[];
  readonly nodes: readonly SeenNode[];
  readonly subnets: readonly SeenSubnet[];
  /** Settings of the VPC CNI, by their names. */
  readonly cniSettings: ReadonlyMap<string, Setting>;
  readonly target: TargetFacts | undefined;
}

export interface Setting {
  readonly value: string;
  readonly quote: Quote;
}

export function worldOf(collected: readonly Collected[], target?: TargetFacts): World {
  const objects = objectsIn(collected);
  const pods = [
    ...objects.flatMap((each) => podOf(each) ?? []),
    ...collected.flatMap((each) => [...podsOfTables(each), ...podsOfDescriptions(each)]),
  ];
  const nodes = [
    ...objects.flatMap((each) => nodeOf(each) ?? []),
    ...collected.flatMap((each) => [...nodesOfTables(each), ...nodesOfDescriptions(each)]),
  ];
  const ready = new Set(objects.flatMap((each) => (isReady(each) ? [nameOf(each)] : [])));
  const deployments = collected.flatMap(deploymentsOf);
  const isWhole = collected.some(({ command }) =>
    /get po(ds)? (-A|--all-namespaces)(?!.*selector)/.test(command),
  );
  const said = collected.flatMap(linesOf);
  const before = takenBack(said);
  return {
    collected,
    lines: said.filter(
      (line) => !before.has(line) && !isPast(line, { pods, nodes, ready, deployments, isWhole }),
    ),
    rows: collected.flatMap(rowsOf),
    objects,
    pods,
    nodes,
    subnets: [...objects.flatMap((each) => subnetOf(each) ?? []), ...collected.flatMap(subnetsOfText)],
    cniSettings: new Map(collected.flatMap(settingsOf)),
    target,
  };
}

interface Now {
  readonly pods: readonly SeenPod[];
  readonly nodes: readonly SeenNode[];
  /** Objects of other kinds that say they are ready, as `kind/name`. */
  readonly ready: ReadonlySet<string>;
  /** Those of `kubectl get deployments,... -A`; none where nobody asked. */
  readonly deployments: readonly { readonly place: string; readonly isFull: boolean }[];
  /** Whether a pod that is not among them is gone. */
  readonly isWhole: boolean;
}

/** Events are kept for an hour: what one says of an object that is ready now, or of a pod that is gone, is over. */
function isPast({ text, command, about }: Line, now: Now): boolean {
  const { pods, nodes, ready, isWhole } = now;
  if (!/get ev(ents)?\b/.test(command)) return false;
  const [, kind, name = ""] = /\s([a-z0-9]+)\/(\S+)\s/i.exec(text) ?? [];
  if (kind === undefined) return false;
  if (/^replicaset$/i.test(kind)) return about !== undefined && isOverFor(about, now);
  if (!/^(?:pod|node)$/i.test(kind)) return ready.has(`${kind.toLowerCase()}/${name}`);
  const states = (kind.toLowerCase() === "pod" ? pods : nodes).filter((each) => each.name === name);
  if (states.length === 0) return isWhole && kind.toLowerCase() === "pod";
  return states.every(({ ready }) => ready === true);
}

/** Of a ReplicaSet whose Deployment has all its pods, or is gone. */
function isOverFor(replicaSet: string, { deployments }: Now): boolean {
  const own = deployments.find(({ place }) => place === replicaSet.replace(/-[a-z0-9]+$/, ""));
  return own === undefined ? deployments.length > 0 : own.isFull;
}

function deploymentsOf({ command, text }: Collected): Now["deployments"][number][] {
  if (!/get deployments\S* (?:-A|--all-namespaces)/.test(command)) return [];
  return [...text.matchAll(/^(\S+) +(?:deployment\.apps\/)?([a-z0-9.-]+) +(\d+)\/(\d+) /gm)].map(
    ([, namespace = "", name = "", there, all]) => ({
      place: `${namespace}/${name}`,
      isFull: there === all && all !== "0",
    }),
  );
}

function isReady({ value }: Found): boolean {
  return listAt(value, "status", "conditions").some(
    (each) => at(each, "type") === "Ready" && at(each, "status") === "True",
  );
}

function nameOf({ value }: Found): string {
  return `${textAt(value, "kind").toLowerCase()}/${textAt(value, "metadata", "name")}`;
}

/** `NAME=1`, `NAME: 1`, and entries of JSON and YAML with their value beside or below them. */
const SETTING =
  /\b(ENABLE_PREFIX_DELEGATION|ENABLE_POD_ENI|AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG|WARM_(?:IP|ENI|PREFIX)_TARGET|MINIMUM_IP_TARGET|IP_COOLDOWN_PERIOD)["']?[\s,:=]*(?:["']?value["']?\s*:\s*)?["']?(true|false|\d+)\b/g;

function settingsOf(from: Collected): (readonly [string, Setting])[] {
  return [...from.text.matchAll(SETTING)].map(([, name = "", value = ""]) => [
    name,
    { value, quote: quoteIn(from, name, `${name}=${value}`) },
  ]);
}
