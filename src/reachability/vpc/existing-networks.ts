import type { Resource } from "../../guardrails/resource";
import { at, items, text } from "../../values/value";

import type { Key } from "./keys";
import { labelsOf } from "./tags";

/** A VPC that no stack makes, as the network stack records what the config says of it. Keys are AWS's ids. */
export interface ExistingNetwork {
  /** The network stack's. */
  readonly stack: string;
  readonly vpc: string;
  /** IPv4. */
  readonly ranges: readonly string[];
  readonly subnets: readonly {
    readonly id: string;
    readonly tier: string;
    readonly zone: string;
    readonly cidr: string;
    readonly table: Key;
    /** Those that a plan asks of it. */
    readonly tags: Readonly<Record<string, string>>;
  }[];
}

/** Address of the record in a network stack (src/modules/network/existing-network.ts). */
const RECORD = "terraform_data.network_record";

export function existingNetworks(resources: readonly Resource[]): readonly ExistingNetwork[] {
  return resources
    .filter(({ address }) => address === RECORD)
    .map(({ stack, attributes }) => {
      const network = at(attributes, "input", "existing_network");
      return {
        stack,
        vpc: text(at(network, "vpc_id")),
        ranges: items(at(network, "ranges")).map(text),
        subnets: items(at(network, "subnets")).map((each) => ({
          id: text(at(each, "id")),
          tier: text(at(each, "tier")),
          zone: text(at(each, "zone")),
          cidr: text(at(each, "cidr")),
          // Nobody has said which it is.
          table: text(at(each, "route_table_id")) || `the route table of ${text(at(each, "id"))}`,
          tags: labelsOf(at(each, "tags")),
        })),
      };
    });
}
