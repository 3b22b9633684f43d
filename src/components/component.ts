import type { TargetSections } from "../config/schema/sections";
import type { ImageRegistryHost } from "../facts/image-registries";
import type { Attributes } from "../values/value";
import type { PlatformStackName } from "../model/stacks/stack-names";
import type { AccountCalls } from "./synthesized";
import type { Fit } from "./fit";
import type { ChartFacts, ChartPods } from "./chart";
import type { AllowedCalls } from "./calls-of";
import type { FlowsOf, MadePods } from "./flow";
import type { ForeignKind } from "./foreign-kind";
import type { BundlePin, ChartPins, MinorPins, ReleasePins } from "./pin";

/** Parts of an upgrade's hop, in the order in which they are applied. */
export const phases = ["control plane", "CRDs", "CNI", "nodes", "add-ons", "charts"] as const;
export type Phase = (typeof phases)[number];

/** What upstream says that an upgrade to a version changes for who runs it. */
export interface UpgradeNote {
  /** First version that has the change. */
  readonly since: string;
  /** What to know, and what to do about it. */
  readonly says: string;
  readonly source: string;
  /** Objects of teams that it is about. Left out: no object of its own shows it. */
  readonly about?: ObjectsMeant;
}

/** Objects that mean something else from a version on, or that it does not take. */
export interface ObjectsMeant {
  /** As kubectl calls the kinds, with the group where another one has the name. */
  readonly resources: readonly string[];
  /** Left out: every object of these kinds. */
  readonly isMeant?: (object: Attributes, config: TargetSections) => boolean;
}

/** What a new version of a component does to a running cluster. */
export interface Upgrade {
  readonly phase: Phase;
  readonly restarts: string;
  /** CRDs lie in the chart's crds folder, which Helm never upgrades. */
  readonly crdsByHand?: true;
  /** Minors that it may go up at once. Left out: upstream names no bound. */
  readonly inPlace?: { readonly minors: number; readonly source: string };
  /**
   * Between the releases that there are, where the pins differ by a minor, as far as they touch what the platform makes or teams may
   * have. What only moves by a patch, or changes nothing for its users, has none.
   */
  readonly notes?: readonly UpgradeNote[];
}

/** Ports of a namespace of the platform that others than its own pods call. */
export interface PlatformPorts {
  /** Anybody may: webhooks, which the control plane calls, and what the namespace is there for. */
  readonly open: readonly number[];
  /** Prometheus reads them. */
  readonly metrics: readonly number[];
}

/** What Prometheus reads of a component that was installed before it: pods by their labels, ports by their names. */
export interface Monitored {
  readonly namespace: string;
  readonly pods: Readonly<Record<string, string>>;
  readonly ports: readonly string[];
}

/** A page of a component that people open in a browser. */
export interface WebUi {
  readonly namespace: string;
  readonly service: string;
  /** Of the Service. */
  readonly port: number;
  readonly scheme: "http" | "https";
  /** What of a config makes it, for one that has none. */
  readonly key: string;
  readonly isThere: (config: TargetSections) => boolean;
  /** How one signs in, a line each. */
  readonly login: (config: TargetSections) => readonly string[];
}

/** What of a target decides on roles. */
export interface RoleOwner {
  readonly config: TargetSections;
  /** Clusters of its mesh. */
  readonly mesh: { readonly peers: readonly unknown[] };
}

/** All that is known of a component, whatever its versions are. */
interface Known<Name extends string> {
  /** As a config's `versions` and a release's pins call it. */
  readonly name: Name;
  /** In a sentence, where that is not its name. */
  readonly title?: string;
  readonly upgrade: Upgrade;
}

/** A component that a stack installs. */
interface Installed<Name extends string> extends Known<Name> {
  readonly stack: PlatformStackName;
  /** When a target installs it. */
  readonly isUsed: (config: TargetSections) => boolean;
  /** Where a config has its settings. Left out: it has none. */
  readonly settings?: readonly string[];
  /** The page that a reader is led to. */
  readonly docs: string;
  /**
   * Namespaces that are its own: admission policies pass them by, and no target may claim them. With ports where it is closed to
   * callers whom it does not know; the ports are as the charts render them (octarine render).
   */
  readonly namespaces?: Readonly<Record<string, PlatformPorts | "not closed">>;
  /**
   * TCP ports that the control plane calls, webhooks and aggregated APIs, by who listens. `onNodes`: they listen on the address
   * of their node, since with an overlay the control plane reaches nodes and no pods.
   */
  readonly called?: (onNodes: boolean, config: TargetSections) => Readonly<Record<string, number>>;
  /** What goes with which of its versions, as upstream says. */
  readonly fits?: readonly Fit[];
  /** TCP ports that Prometheus reads on nodes, by who listens. */
  readonly metricsOnNodes?: Readonly<Record<string, number>>;
  /** By the name of the monitor. What is installed after Prometheus brings its own. */
  readonly monitors?: Readonly<Record<string, Monitored>>;
  /** Pods that it makes, by the name of what makes them. Left out: nobody needs them, or they are on the host network. */
  readonly pods?: Readonly<Record<string, ChartPods>>;
  /** Pods that its controllers make of objects, by the kind of the object. */
  readonly makesPods?: Readonly<Record<string, (object: Attributes) => readonly MadePods[]>>;
  /** What it has to reach, and who has to reach it, beyond what the other fields say. */
  readonly flows?: FlowsOf;
  /** Services of AWS that it calls for some objects alone, by their endpoint, and what such objects do without. */
  readonly mayDoWithout?: Readonly<Record<string, string>>;
  /** Kinds that it defines in the API by CustomResourceDefinitions, at the versions of src/releases: by API group. */
  readonly crds?: Readonly<Record<string, readonly string[]>>;
  /** Of them, what no team writes, whatever is in it. */
  readonly foreign?: readonly ForeignKind[];
  /** What no team has Argo CD deliver, though it may write some of it by itself: by API group. */
  readonly undelivered?: Readonly<Record<string, readonly string[]>>;
  /** Pages for a browser, as `octarine open` calls them. */
  readonly uis?: Readonly<Record<string, WebUi>>;
  /** Registries that its images come from, as its charts say. */
  readonly registries?: readonly ImageRegistryHost[];
  /** Images, without tag, that it puts into pods of teams or starts in their namespaces. */
  readonly injects?: readonly string[];
  /** What its identities call of AWS. Left out: it has none, or its role belongs to no service account. */
  readonly calls?: AccountCalls;
  /** What the registry module's policy for it lacks, by the family of the cluster's addresses where policies differ. */
  readonly added?: Readonly<Partial<Record<"any" | "ipv4" | "ipv6", readonly AllowedCalls[]>>>;
  /** By what its IAM roles are for, which stands behind the cluster's name: when a target that installs it has them. */
  readonly roles?: Readonly<Record<string, "always" | ((target: RoleOwner) => boolean)>>;
}

/** Charts that only work at one version of all are one component; the first one's version is the component's. */
export interface ChartComponentRecord<
  Name extends string,
  Charts extends string = Name,
> extends Installed<Name> {
  readonly kind: "charts";
  readonly charts: Readonly<Record<Charts, ChartFacts>>;
  readonly pins: ChartPins<Charts>;
}

export interface AddonRecord<Name extends string> extends Installed<Name> {
  readonly kind: "add-on";
  readonly pins: MinorPins;
}

export interface NodeImageRecord<Name extends string> extends Installed<Name> {
  readonly kind: "node image";
  readonly pins: MinorPins;
}

/** Kubernetes itself, which the module makes that makes the cluster. */
export interface ControlPlaneRecord<Name extends string> extends Installed<Name> {
  readonly kind: "control plane";
  readonly pins: MinorPins;
}

/** Definitions without a chart, from a file of upstream. */
export interface DefinitionsRecord<Name extends string> extends Installed<Name> {
  readonly kind: "definitions";
  readonly pins: ReleasePins<BundlePin>;
}

/** Not there by itself: another component's installer brings it along, since parts of the one come between parts of the other. */
export interface BroughtAlong<By extends string> {
  readonly broughtBy: readonly By[];
}

/** What releases pin so that whoever installs it knows what fits. No stack does, so a config has nothing to replace. */
export interface PinnedChart<Name extends string> extends Known<Name> {
  readonly kind: "pinned chart";
  readonly charts: Readonly<Record<Name, ChartFacts>>;
  readonly pins: ChartPins<Name>;
}

export interface PinnedAddon<Name extends string> extends Known<Name> {
  readonly kind: "pinned add-on";
  readonly pins: MinorPins;
}

export type InstalledRecord =
  | ChartComponentRecord<string, string>
  | AddonRecord<string>
  | NodeImageRecord<string>
  | ControlPlaneRecord<string>
  | DefinitionsRecord<string>;
export type ComponentRecord = InstalledRecord | PinnedChart<string> | PinnedAddon<string>;

/** What becomes of most: its controller stands still for a moment. */
export const CONTROLLER_RESTARTS = "its controller; workloads go on";
