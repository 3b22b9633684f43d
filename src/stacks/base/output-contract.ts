/**
 * What a stack publishes: a fixed set of names, all of them always, whether anybody reads them or not. cdktf's own
 * cross-stack outputs exist only once somebody refers to them, so that a change that adds a reference could not be
 * planned before upstream is applied.
 */
export type OutputContract = Readonly<Record<string, OutputSpec>>;

/** Zones that have nodes, those and the ones they are leaving, or those of the control plane. */
export type ReadZones = "in-use" | "kept" | "control-plane";

export interface OutputSpec {
  /** `by-zone` is a map from availability zone to text; the order of zones never matters. */
  readonly kind: "text" | "list" | "by-zone" | "map";
  /** Of which zones others read a `by-zone` output. @default "in-use" */
  readonly zones?: ReadZones;
  readonly description: string;
  /** Hidden in what Terraform prints; it lies in the state all the same. */
  readonly sensitive?: boolean;
}

type ValueOf<Kind extends OutputSpec["kind"]> = Kind extends "text"
  ? string
  : Kind extends "list"
    ? string[]
    : Record<string, string>;

/** The values of a contract, as its stack gives them and as others read them. */
export type Outputs<Contract extends OutputContract> = {
  readonly [Name in keyof Contract]: ValueOf<Contract[Name]["kind"]>;
};

/** What a stack publishes: undefined is what this target does not have. */
export type Published<Contract extends OutputContract> = {
  readonly [Name in keyof Contract]: ValueOf<Contract[Name]["kind"]> | undefined;
};

/** Forms of an output, with its description. */
export const text = (description: string) => ({ kind: "text", description }) as const;
export const list = (description: string) => ({ kind: "list", description }) as const;
export const map = (description: string) => ({ kind: "map", description }) as const;
export const byZone = (description: string, zones?: ReadZones) =>
  ({ kind: "by-zone", description, ...(zones && { zones }) }) as const;
