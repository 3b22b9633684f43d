import type { Resource } from "../../guardrails/resource";
import { type ClusterPlaces, readBalancers, readClusters } from "./clusters";
import { type Firewall, readFirewalls } from "./firewalls";
import { type Gateways, readGateways } from "./gateways";
import { type Groups, readGroups } from "./groups";
import { Keys, type Key } from "./keys";
import { type Names, readNames } from "./names";
import type { InterfacePlace } from "./places";
import { readSubnets, type Subnets } from "./network";
import { readTables, type Tables } from "./routes";

/** Networks that stacks make, as far as they decide about packets. */
export interface VpcWorld {
  readonly network: Subnets;
  readonly tables: Tables;
  readonly groups: Groups;
  readonly gateways: Gateways;
  readonly names: Names;
  readonly firewalls: ReadonlyMap<Key, Firewall>;
  /** By the target's workspace: `prod-us-east-1`. */
  readonly clusters: ReadonlyMap<string, ClusterPlaces>;
  readonly balancers: readonly InterfacePlace[];
}

/** @param resources of all stacks of a target, and of those that its peerings lead to */
export function vpcWorld(resources: readonly Resource[]): VpcWorld {
  const keys = new Keys(resources);
  const network = readSubnets(keys);
  return {
    network,
    tables: readTables(keys),
    groups: readGroups(keys),
    gateways: readGateways(keys),
    names: readNames(keys),
    firewalls: readFirewalls(keys),
    clusters: readClusters(keys, network),
    balancers: readBalancers(keys),
  };
}
