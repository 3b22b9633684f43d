import { regionNumbers } from "../../facts/region-numbers";
import { type Cidr, formatCidr, subBlock } from "../../ip-capacity/cidr";
import type { RegionsConfig } from "../schema/regions";
import type { Problem } from "./problem";
import type { RegionSet } from "./region-set";
import { REGIONS_KEY } from "./region-set";
import {
  type ConfigPath,
  formatPath,
  keyPosition,
  locate,
  type MapEntry,
  type Position,
  type SourceNode,
  toPlain,
} from "./source-node";

type Plain = string | number | readonly Plain[] | { readonly [key: string]: Plain | undefined };

export interface RegionLayer {
  /** What `regions` gives the target; every value stands where the region does. */
  readonly root: SourceNode;
  readonly problems: readonly Problem[];
  /** What is missing and told here, in words that know of `regions`. */
  readonly holes: readonly ConfigPath[];
}

interface Place {
  readonly environment: string;
  readonly region: string;
}

/**
 * What one region of several gets from `regions`, over the layers below and under the region's own file.
 *
 * @param below the layers below, merged
 * @param all every layer, merged: what the region has, such as its mesh
 */
export function regionLayer(
  place: Place,
  { places, config }: RegionSet,
  { below, all }: { readonly below: SourceNode; readonly all: SourceNode },
): RegionLayer {
  const at = places.get(place.region);
  if (config === undefined || at === undefined)
    return { root: asNode({}, below.at, below), problems: [], holes: GIVEN };
  const problems: Problem[] = [...takenNumber(place.region, config, at)];
  const block = (of: "vpcs" | "pods"): string | undefined => {
    const answer = blockOf(place.region, config, of);
    if (typeof answer !== "object") return answer;
    problems.push({ ...at, path: `regions.addresses.${of}`, value: place.region, message: answer.message });
    return undefined;
  };
  const mesh = textAt(all, ["mesh", "kind"]);
  const join = joinOf(config, mesh);
  if (join === "mesh" && mesh !== "cilium" && mesh !== "istio")
    problems.push({ ...at, path: "regions.join", value: join, message: NO_MESH });
  const peers = join === "none" ? [] : config.in.filter((each) => each !== place.region);
  const names = peers.map((each) => `${place.environment}/${each}`).sort();
  const isOverlay = textAt(all, ["cni", "kind"]) === "cilium-overlay";
  const given = {
    network: {
      vpcCidr: block("vpcs"),
      zones: config.zones?.map((letter) => `${place.region}${letter}`),
      connections: { peers: united(below, ["network", "connections", "peers"], names) },
    },
    cni: { podCidr: isOverlay ? block("pods") : undefined },
    mesh:
      mesh === undefined
        ? undefined
        : meshOf(place, config, { mesh, below, names: join === "mesh" ? names : [] }),
    identity: {
      trustDomain: isUnsaid(all, "identity", "trustDomain")
        ? `${place.environment}-${place.region}.internal`
        : undefined,
    },
  };
  const root = asNode(given, at, below);
  const missing = missingOf(place, config, all, at);
  return {
    root,
    problems: [...problems, ...overridden(below, root), ...missing],
    holes: missing.map(({ path }) => path.split(".")),
  };
}

const NO_MESH =
  "has no mesh whose clusters know each other; write mesh.kind: cilium or istio, or join: network";

/** What a target may have from `regions`, and does not have while something of them is wrong. */
const GIVEN = [
  ["network", "vpcCidr"],
  ["network", "zones"],
  ["cni", "podCidr"],
  ["mesh", "id"],
  ["mesh", "clusterId"],
  ["mesh", "trustDomain"],
  ["identity", "trustDomain"],
];

/** A mesh's own names where nobody wrote any, and what tells the cluster from its peers. */
function meshOf(
  { environment, region }: Place,
  config: RegionsConfig,
  {
    mesh,
    below,
    names,
  }: { readonly mesh: string; readonly below: SourceNode; readonly names: readonly string[] },
): { readonly [key: string]: Plain | undefined } {
  const unless = (key: string, value: string) => (locate(below, ["mesh", key]).found ? undefined : value);
  return {
    id: unless("id", environment),
    ...(mesh === "cilium"
      ? { clusterId: numberOf(region, config) }
      : { trustDomain: unless("trustDomain", `${environment}.internal`) }),
    peers: united(below, ["mesh", "peers"], names),
  };
}

function joinOf({ join }: RegionsConfig, mesh: string | undefined): NonNullable<RegionsConfig["join"]> {
  return join ?? (mesh === "cilium" || mesh === "istio" ? "mesh" : "none");
}

/** Of Octarine's table, or of the config. */
function numberOf(region: string, { numbers = {} }: RegionsConfig): number | undefined {
  return numbers[region] ?? regionNumbers[region];
}

function takenNumber(region: string, config: RegionsConfig, at: Position): Problem[] {
  const number = numberOf(region, config);
  const other = config.in.find((each) => each !== region && numberOf(each, config) === number);
  if (other === undefined) return [];
  const message = `has the number ${number}, as ${other} does, so both would have the same addresses; write another in regions.numbers`;
  return [{ ...at, path: "regions.numbers", value: region, message }];
}

function blockOf(
  region: string,
  config: RegionsConfig,
  of: "vpcs" | "pods",
): string | undefined | { readonly message: string } {
  const pool = config.addresses?.[of];
  const number = numberOf(region, config);
  if (pool === undefined || number === undefined) return undefined;
  const blocks = blockCount(pool);
  if (number <= blocks) return formatCidr(subBlock(pool.from, pool.prefix, number - 1));
  const room = blocks === 0 ? `no /${pool.prefix}` : `${blocks} blocks of /${pool.prefix}`;
  const message = `has the number ${number}, and ${formatCidr(pool.from)} has ${room}; write a wider range, or regions.numbers: { ${region}: <number> }`;
  return { message };
}

function blockCount({ from, prefix }: { readonly from: Cidr; readonly prefix: number }): number {
  return prefix < from.prefix ? 0 : 2 ** (prefix - from.prefix);
}

/** Peers that somebody wrote, and those that `regions` makes; undefined: none. */
function united(below: SourceNode, path: readonly string[], names: readonly string[]): string[] | undefined {
  const { node, found } = locate(below, path);
  const written = found && node.kind === "list" ? node.items.map((item) => String(toPlain(item))) : [];
  return names.length === 0 ? undefined : [...new Set([...written, ...names])].sort();
}

/** A section that is there and lacks a text. */
function isUnsaid(all: SourceNode, section: string, key: string): boolean {
  const { node, found } = locate(all, [section]);
  return found && node.kind === "map" && !node.entries.has(key);
}

function textAt(root: SourceNode, path: readonly string[]): string | undefined {
  const { node, found } = locate(root, path);
  return found && node.kind === "scalar" && node.value !== null ? String(node.value) : undefined;
}

/** What each region gets for itself, and all of them seem to have in common. */
const OWN = [
  ["network", "vpcCidr"],
  ["network", "zones"],
  ["cni", "podCidr"],
  ["mesh", "clusterId"],
];

function overridden(below: SourceNode, root: SourceNode): Problem[] {
  return OWN.filter((path) => locate(below, path).found && locate(root, path).found).map((path) => ({
    ...keyPosition(below, path),
    path: formatPath(path),
    message: `has no effect: ${REGIONS_KEY} gives each region its own; remove it, or write it in <region>.yaml`,
  }));
}

/** What neither `regions` nor a file says of the region, with both ways to say it. */
function missingOf(
  { environment, region }: Place,
  config: RegionsConfig,
  all: SourceNode,
  at: Position,
): Problem[] {
  const ways = [
    {
      key: "vpcCidr",
      is: config.addresses?.vpcs,
      remedy: "addresses: { vpcs: { from: <range>, prefix: 16 } }",
    },
    { key: "zones", is: config.zones, remedy: "zones: [a, b, c]" },
  ];
  return ways
    .filter(({ key, is }) => is === undefined && !locate(all, ["network", key]).found)
    .map(({ key, remedy }) => ({
      ...at,
      path: `network.${key}`,
      message: `is missing for ${region}; write regions: { in: [...], ${remedy} } for all regions, or network.${key} in ${environment}/${region}.yaml`,
    }));
}

/**
 * Values that stand where a region is listed; maps that are there below stay where they are. What is undefined, or a map of
 * nothing else, is not there.
 */
function asNode(value: Plain, at: Position, below: SourceNode | undefined): SourceNode {
  if (typeof value !== "object") return { kind: "scalar", value, source: String(value), at };
  if (isList(value)) return { kind: "list", items: value.map((item) => asNode(item, at, undefined)), at };
  const known = below?.kind === "map" ? below : undefined;
  const entries = Object.entries(value).flatMap(([key, field]): [string, MapEntry][] => {
    if (field === undefined) return [];
    const lower = known?.entries.get(key);
    const node = asNode(field, at, lower?.node);
    const keyAt = node.kind === "map" && lower?.node.kind === "map" ? lower.keyAt : at;
    return node.kind === "map" && node.entries.size === 0 ? [] : [[key, { keyAt, node }]];
  });
  return { kind: "map", entries: new Map(entries), at: known?.at ?? at };
}

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}
