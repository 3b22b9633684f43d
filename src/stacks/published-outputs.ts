import {
  type DataTerraformRemoteStateS3,
  propertyAccess,
  TerraformOutput,
  type TerraformStack,
  Token,
} from "cdktf";

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

/** Writes every output of the contract. A missing one does not compile. */
export function publish<Contract extends OutputContract>(
  stack: TerraformStack,
  contract: Contract,
  outputs: Outputs<Contract>,
): void {
  for (const [name, { description, sensitive }] of Object.entries(contract)) {
    const value = withoutNull(outputs[name as keyof Contract]);
    new TerraformOutput(stack, name, { value, description, staticId: true, ...(sensitive && { sensitive }) });
  }
}

/** cdktf leaves an empty map out, and Terraform then has no such output: readers would fail, and the cdktf CLI does. */
function withoutNull(
  value: string | string[] | Record<string, string>,
): string | string[] | Record<string, string> {
  if (typeof value === "string" || Token.isUnresolved(value)) return value;
  if (Array.isArray(value)) return value.length > 0 ? value : "${tolist([])}";
  return Object.keys(value).length > 0 ? value : "${tomap({})}";
}

/** Reads every output of the contract from another stack's state. `by-zone` outputs have the publisher's zones given. */
export function readOutputs<Contract extends OutputContract>(
  state: DataTerraformRemoteStateS3,
  contract: Contract,
  zones: Readonly<Record<ReadZones, readonly string[]>>,
): Outputs<Contract> {
  const read = (
    name: string,
    { kind, zones: which = "in-use" }: OutputSpec,
  ): string | string[] | Record<string, string> => {
    switch (kind) {
      case "text":
        return state.getString(name);
      case "list":
        return state.getList(name);
      case "map":
        return Token.asStringMap(state.get(name));
      case "by-zone":
        return Object.fromEntries(
          zones[which].map((zone) => [zone, Token.asString(propertyAccess(state.get(name), [zone]))]),
        );
    }
  };
  const entries = Object.entries(contract).map(([name, spec]) => [name, read(name, spec)]);
  return Object.fromEntries(entries) as Outputs<Contract>;
}
