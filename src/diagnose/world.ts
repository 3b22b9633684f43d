import type { Collected } from "./read/collected";
import { type Line, linesOf, type Quote } from "./read/lines";
import { type SeenNode, nodeOf, nodesOfDescriptions, nodesOfTables } from "./read/nodes";
import { podOf, podsOfDescriptions, podsOfTables, type SeenPod } from "./read/pods";
import { subnetOf, subnetsOfText, type SeenSubnet } from "./read/subnets";
import { type Row, rowsOf } from "./read/tables";
import { type Found, objectsIn, quoteIn } from "./read/values";

/** What the configuration says of the cluster, as far as a diagnosis asks. */
export interface TargetFacts {
  readonly name: string;
  readonly clusterName: string;
  readonly cni: "cilium-eni" | "cilium-overlay" | "vpc-cni";
  /** Names of identities that the permission proof knows. */
  readonly identities: readonly string[];
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
  return {
    collected,
    lines: collected.flatMap(linesOf),
    rows: collected.flatMap(rowsOf),
    objects,
    pods: [
      ...objects.flatMap((each) => podOf(each) ?? []),
      ...collected.flatMap((each) => [...podsOfTables(each), ...podsOfDescriptions(each)]),
    ],
    nodes: [
      ...objects.flatMap((each) => nodeOf(each) ?? []),
      ...collected.flatMap((each) => [...nodesOfTables(each), ...nodesOfDescriptions(each)]),
    ],
    subnets: [...objects.flatMap((each) => subnetOf(each) ?? []), ...collected.flatMap(subnetsOfText)],
    cniSettings: new Map(collected.flatMap(settingsOf)),
    target,
  };
}

/** `NAME=1`, `NAME: 1`, and entries of JSON and YAML with their value beside or below them. */
const SETTING =
  /\b(ENABLE_PREFIX_DELEGATION|ENABLE_POD_ENI|WARM_(?:IP|ENI|PREFIX)_TARGET|MINIMUM_IP_TARGET|IP_COOLDOWN_PERIOD)["']?[\s,:=]*(?:["']?value["']?\s*:\s*)?["']?(true|false|\d+)\b/g;

function settingsOf(from: Collected): (readonly [string, Setting])[] {
  return [...from.text.matchAll(SETTING)].map(([, name = "", value = ""]) => [
    name,
    { value, quote: quoteIn(from, name, `${name}=${value}`) },
  ]);
}
