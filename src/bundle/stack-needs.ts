import { z } from "zod";
import { packageOf } from "./module-source";

const provider = z.object({ source: z.string(), version: z.string().optional() });
const call = z.object({ source: z.string(), version: z.string().optional() });
const release = z.object({
  chart: z.string(),
  repository: z.string().optional(),
  version: z.string().optional(),
});
const stackJson = z.object({
  terraform: z
    .object({
      required_version: z.string().optional(),
      required_providers: z.record(z.string(), provider).optional(),
    })
    .optional(),
  module: z.record(z.string(), call).optional(),
  resource: z.looseObject({ helm_release: z.record(z.string(), release).optional() }).optional(),
});

/** A provider, by its address without the registry's host where none is named: `hashicorp/aws`. */
export interface ProviderNeed {
  readonly source: string;
  /** As the stack demands it; the platform's own are exact. */
  readonly version: string;
}

/** A module package: what one download brings, with the modules in its folders. */
export interface ModuleNeed {
  readonly source: string;
  readonly version?: string;
}

export interface ChartNeed {
  readonly repository: string;
  readonly name: string;
  readonly version: string;
}

/** A call of a module that is downloaded, as a stack names it. */
export interface ModuleCall extends ModuleNeed {
  /** Name of the block. */
  readonly name: string;
}

/** A release that takes its chart from a repository. */
export interface ChartUse extends ChartNeed {
  /** Name of the `helm_release` block. */
  readonly address: string;
}

/** What the deployment of one stack downloads. */
export interface StackNeeds {
  /** `>= 1.11` */
  readonly terraform?: string;
  readonly providers: readonly ProviderNeed[];
  readonly calls: readonly ModuleCall[];
  readonly charts: readonly ChartUse[];
}

/** Reads it from a stack's Terraform JSON, so that stacks which a project adds are not forgotten. */
export function stackNeeds(json: unknown): StackNeeds {
  const { terraform, module = {}, resource } = stackJson.parse(json);
  return {
    ...(terraform?.required_version !== undefined && { terraform: terraform.required_version }),
    providers: Object.values(terraform?.required_providers ?? {}).map(({ source, version }) => ({
      source: providerAddress(source),
      version: (version ?? ANY).replace(/^= */, ""),
    })),
    calls: Object.entries(module)
      .filter(([, { source }]) => packageOf(source) !== undefined)
      .map(([name, each]) => ({ name, ...each })),
    charts: Object.entries(resource?.helm_release ?? {}).flatMap(([address, each]) =>
      chartOf(each).map((chart) => ({ address, ...chart })),
    ),
  };
}

/** Of a stack that demands no version. */
export const ANY = ">= 0.0.0";

/** A name alone is HashiCorp's (Terraform, internal/addrs, ParseProviderSourceString). */
function providerAddress(source: string): string {
  return source.includes("/") ? source : `hashicorp/${source}`;
}

/** A chart without a version lies in the stack's folder. An OCI chart is named by its whole address. */
function chartOf({ chart, repository, version }: z.output<typeof release>): ChartNeed[] {
  if (version === undefined) return [];
  if (repository !== undefined) return [{ repository: repository.replace(/\/$/, ""), name: chart, version }];
  const slash = chart.lastIndexOf("/");
  return chart.startsWith("oci://")
    ? [{ repository: chart.slice(0, slash), name: chart.slice(slash + 1), version }]
    : [];
}
