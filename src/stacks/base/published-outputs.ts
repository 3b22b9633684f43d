import {
  type DataTerraformRemoteStateS3,
  propertyAccess,
  TerraformOutput,
  type TerraformStack,
  Token,
} from "cdktf";
import type { OutputContract, Outputs, OutputSpec, Published, ReadZones } from "./output-contract";

/** Writes every output of the contract. A missing one does not compile; what the target does not have is empty. */
export function publish<Contract extends OutputContract>(
  stack: TerraformStack,
  contract: Contract,
  outputs: Published<Contract>,
): void {
  for (const [name, { kind, description, sensitive }] of Object.entries(contract)) {
    const value = withoutNull(outputs[name as keyof Contract] ?? EMPTY[kind]);
    new TerraformOutput(stack, name, { value, description, staticId: true, ...(sensitive && { sensitive }) });
  }
}

const EMPTY = { text: "", list: [], map: {}, "by-zone": {} };

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
