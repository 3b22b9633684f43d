import type { ForcingAttributes } from "./forcing-attribute";
import published from "./forcing-attributes.json";

interface PublishedAttributes {
  readonly attributes: readonly string[];
  readonly byValues?: readonly string[];
  /** `internal/service/eks resourceCluster` */
  readonly source: string;
}

/** Written by tools/provider-replacements, from the source of the version that stacks pin. */
const types: Readonly<Record<string, PublishedAttributes>> = published.types;

function ofAws({ source, ...rest }: PublishedAttributes): ForcingAttributes {
  return {
    ...rest,
    source: { repository: "hashicorp/terraform-provider-aws", version: published.version, place: source },
  };
}

const helmRelease: ForcingAttributes = {
  attributes: ["name", "namespace"],
  source: {
    repository: "hashicorp/terraform-provider-helm",
    version: "3.1.1",
    place: "helm/resource_helm_release.go",
  },
};

/**
 * `ForceNew` and `RequiresReplace` of the providers, by resource type: for a plan of a provider that does not know. A real
 * plan says `replace_paths`. An update of an attribute that is not here is not proven harmless. A map: a plan may name a type
 * `constructor`.
 */
export const forcingAttributes: ReadonlyMap<string, ForcingAttributes> = new Map([
  ...Object.entries(types).map(([type, each]): [string, ForcingAttributes] => [type, ofAws(each)]),
  ["helm_release", helmRelease],
]);
