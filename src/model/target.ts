import type { SourceNode } from "../config/read/source-node";
import type { Adoptions } from "../config/schema/adoption";
import type { PoliciesConfig } from "../config/schema/policies";
import type { TargetConfig } from "../config/schema/target";
import type { WorkloadConfig } from "../config/schema/workloads/workloads";
import type { DeployPolicy } from "./deploy-policy";
import type { ListedPrices } from "../cost/price-list";
import type { Cidr } from "../ip-capacity/cidr";
import type { SubnetLayoutError } from "../ip-capacity/subnet-layout";
import { withOverrides } from "../releases/overrides";
import type { Release } from "../releases/release";
import { capacityOf, natZones, type TargetCapacity } from "./capacity-of";
import { connectedRanges } from "./connected-ranges";
import { type FederatedPeers, federatedPeers } from "./federated-peers";
import { type DeclaredFlow, flowsOf } from "./flows";
import type { GivenTarget, OrganizationLevel } from "./given-target";
import { type Identity, identitiesOf } from "./identities";
import { type Mesh, meshOf } from "./mesh";
import {
  namespacesOf,
  platformNamespacesOf,
  policiesOf,
  type PolicyEnforcer,
  policyEnforcer,
  type ResolvedNamespace,
} from "./namespaces";
import { type OwnRange, ownRanges } from "./own-ranges";
import { Parts, frozen } from "./parts";
import { podNetworkOf } from "./pod-network";
import { type Proxy, proxyOf } from "./proxy";
import { type RoutedRanges, routedRanges, transitGatewaysOf } from "./routed-ranges";
import type { StackName } from "./stacks/stack-names";
import { stacksOf } from "./stacks/stack-order";
import { layoutOf, type Subnets, vpcCidrsOf } from "./subnets";
import type { Gateway } from "../config/schema/traffic-gateway";
import { gatewaysOf, loadBalancerTargets } from "./traffic";
import { type UsedComponents, usedComponents } from "./used-components";
import { type Zones, zonesOf } from "./zones";

/**
 * One environment in one region: one YAML file, one Terraform workspace, and what they mean. Made once; whoever comes after the
 * config reads its parts and derives none of them again. No part throws, whatever the schema takes: the checks read them, too.
 */
export class Target implements GivenTarget {
  readonly name: string;
  readonly environment: string;
  readonly region: string;
  readonly workspace: string;
  readonly config: TargetConfig;
  readonly release: Release;
  readonly production: boolean;
  readonly clusterName: string;
  readonly stateBucket: string;
  readonly peers: readonly Target[];
  readonly pastPeers: readonly Target[];
  /** The other targets of its environment, which share its deploy role. Known only within a fleet. */
  readonly siblings: readonly Target[];
  /** The merged files, for positions in messages and for `explain`. */
  readonly source: SourceNode;
  readonly file: string;
  readonly listedPrices: ListedPrices;
  readonly scps: readonly OrganizationLevel[];
  readonly deployPolicies?: readonly DeployPolicy[];
  readonly adoptions?: Adoptions;
  readonly #parts = new Parts();

  constructor(given: GivenTarget & Pick<Target, "peers" | "pastPeers" | "siblings">) {
    this.name = given.name;
    this.environment = given.environment;
    this.region = given.region;
    this.workspace = given.workspace;
    this.config = frozen(given.config);
    this.release = given.release;
    this.production = given.production;
    this.clusterName = given.clusterName;
    this.stateBucket = given.stateBucket;
    this.peers = given.peers;
    this.pastPeers = given.pastPeers;
    this.siblings = given.siblings;
    this.source = given.source;
    this.file = given.file;
    this.listedPrices = given.listedPrices;
    this.scps = given.scps;
    if (given.deployPolicies !== undefined) this.deployPolicies = given.deployPolicies;
    if (given.adoptions !== undefined) this.adoptions = given.adoptions;
    Object.freeze(this);
  }

  /** The same target with something else given. */
  with(changes: Partial<GivenTarget & Pick<Target, "peers" | "pastPeers" | "siblings">>): Target {
    return new Target({ ...this, ...changes });
  }

  get zones(): Zones {
    return this.#parts.get("zones", () => zonesOf(this.config.network));
  }

  /** All IPv4 ranges of the VPC, the one that it was made with first. */
  get vpcCidrs(): readonly Cidr[] {
    return this.#parts.get("vpcCidrs", () => vpcCidrsOf(this.config.network));
  }

  /** Zones whose private subnets leave by a NAT gateway of their own. */
  get natZones(): readonly string[] {
    return natZones(this.config.network, this.zones);
  }

  /** The proxy that nodes and pods call the internet by; undefined where traffic leaves by routes. */
  get proxy(): Proxy | undefined {
    return this.#parts.get("proxy", () => proxyOf(this));
  }

  /** Who calls AWS by an IAM role that a stack makes, in order of the roles' names. */
  get identities(): readonly Identity[] {
    return this.#parts.get("identities", () => identitiesOf(this));
  }

  /** Subnets by tier and zone. One that does not fit is not there (`subnetProblems`), and a tier that is not wanted, neither. */
  get subnets(): Subnets {
    return this.#layout.subnets;
  }

  /** Why subnets are not there that the config asks for. */
  get subnetProblems(): readonly SubnetLayoutError[] {
    return this.#layout.problems;
  }

  get #layout() {
    return this.#parts.get("layout", () => layoutOf(this.config.network));
  }

  /** Addresses of pods and services. */
  get family(): "ipv4" | "ipv6" {
    return this.config.network.ipv6.mode === "ipv6" ? "ipv6" : "ipv4";
  }

  /** VPC ranges of the peers. */
  get peerRanges(): readonly Cidr[] {
    return this.#parts.get("peerRanges", () => this.peers.flatMap(({ vpcCidrs }) => vpcCidrs));
  }

  /** What reaches the VPC or is reached from it without the internet: the VPC's own ranges first. */
  get connectedRanges(): readonly Cidr[] {
    return this.#parts.get("connectedRanges", () => connectedRanges(this));
  }

  /** Ranges of its own: what must differ from everything it is connected with. */
  get ownRanges(): readonly OwnRange[] {
    return this.#parts.get("ownRanges", () => ownRanges(this.config));
  }

  /** Every network that it lets in beside its VPC, and what leads back to it. */
  get routedRanges(): readonly RoutedRanges[] {
    return this.#parts.get("routedRanges", () => routedRanges(this));
  }

  /** Transit gateways that the VPC is attached to. */
  get transitGateways(): ReadonlySet<string> {
    return this.#parts.get("transitGateways", () => transitGatewaysOf(this));
  }

  /** How pods get addresses and reach each other, in words that a tag takes. */
  get podNetwork(): string {
    return podNetworkOf(this.config);
  }

  /** What load balancers send requests to. */
  get loadBalancerTargets(): "ip" | "instance" {
    return loadBalancerTargets(this.config.cni);
  }

  /** Gateways by name; none where `traffic` has none. */
  get gateways(): Readonly<Record<string, Gateway>> {
    return gatewaysOf(this.config.traffic);
  }

  /** Its stacks, in the order of their deployment. */
  get stacks(): readonly StackName[] {
    return this.#parts.get("stacks", () => stacksOf(this));
  }

  /** Targets that the federation stack connects and reads. */
  get federation(): FederatedPeers<Target> {
    return this.#parts.get("federation", () => federatedPeers(this));
  }

  /** Traffic that it declares, by whatever key. */
  get flows(): readonly DeclaredFlow[] {
    return this.#parts.get("flows", () => flowsOf(this.config));
  }

  /** What its stacks install, with versions, in order of what is there first. */
  get components(): UsedComponents {
    return this.#parts.get("components", () => usedComponents(this));
  }

  /** Who enforces network policies; undefined: nobody. */
  get policyEnforcer(): PolicyEnforcer | undefined {
    return policyEnforcer(this.config);
  }

  /** Policies; undefined where there are neither policies nor namespaces. */
  get policies(): PoliciesConfig | undefined {
    return this.#parts.get("policies", () => policiesOf(this.config));
  }

  /** Namespaces that it makes, with what holds in each. */
  get namespaces(): Readonly<Record<string, ResolvedNamespace>> {
    return this.#parts.get("namespaces", () => namespacesOf(this.config));
  }

  /** Namespaces of the platform, and the one that the config gives the collector. */
  get platformNamespaces(): readonly string[] {
    return this.#parts.get("platformNamespaces", () => platformNamespacesOf(this.config));
  }

  /** The mesh that it is in, and with whom; without one, none of its parts is there. */
  get mesh(): Mesh<Target> {
    return this.#parts.get("mesh", () => meshOf(this));
  }

  /** Services by name. */
  get workloads(): Readonly<Record<string, WorkloadConfig>> {
    return this.config.workloads ?? NONE;
  }

  /** In the terms of src/ip-capacity. */
  get capacity(): TargetCapacity {
    return this.#parts.get("capacity", () => capacityOf(this));
  }
}

const NONE = Object.freeze({});

/** All targets, in order of their names. */
export interface Fleet {
  readonly targets: readonly Target[];
}

type Place = Pick<GivenTarget, "environment" | "region">;

export function workspaceOf({ environment, region }: Place): string {
  return `${environment}-${region}`;
}

/** A target as its files have it, alone. */
export function describeTarget(
  identity: Place &
    Pick<GivenTarget, "config" | "release" | "source" | "file"> &
    Partial<Pick<GivenTarget, "listedPrices" | "scps" | "deployPolicies" | "adoptions">>,
): Target {
  const { environment, region, config } = identity;
  const workspace = workspaceOf(identity);
  return new Target({
    ...identity,
    release: withOverrides(identity.release, config.versions),
    name: `${environment}/${region}`,
    workspace,
    production: config.production ?? environment === "prod",
    clusterName: config.cluster.name ?? workspace,
    stateBucket: config.state.bucket ?? `octarine-state-${environment}-${config.account.id}`,
    listedPrices: identity.listedPrices ?? {},
    scps: identity.scps ?? [],
    peers: [],
    pastPeers: [],
    siblings: [],
  });
}

/** The same targets, each with those that it names as peers, and may have named. */
export function connectTargets(targets: readonly Target[]): Target[] {
  const byName = new Map(targets.map((target) => [target.name, target]));
  return targets.map((target) => {
    const names = [...target.config.network.connections.peers].sort();
    const peers = names.flatMap((name) => byName.get(name) ?? []);
    const pastPeers = targets.filter(
      (each) =>
        peers.length > 0 && each.environment === target.environment && ![target, ...peers].includes(each),
    );
    const siblings = targets.filter((each) => each.environment === target.environment && each !== target);
    return target.with({ peers, pastPeers, siblings });
  });
}
