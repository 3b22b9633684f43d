import type { BundledChart } from "./manifest";
import { chartName } from "./needs";
import type { ChartUse } from "./stack-needs";

/** In a stack's folder, and of Terraform's own, so that it is neither committed nor taken for a part of the stack. */
const CHARTS_DIR = ".terraform/charts";

export interface LaidCharts {
  readonly copies: readonly { readonly from: string; readonly to: string }[];
  /** Text of the override file; undefined where no release takes a chart from a repository. */
  readonly override: string | undefined;
  readonly missing: readonly ChartUse[];
}

/**
 * Charts of a stack by their path. A path that is there comes before `repository` (Helm 3, pkg/action/install.go, LocateChart),
 * which stays, so that nothing else of the release changes.
 */
export function laidCharts(bundled: readonly BundledChart[], uses: readonly ChartUse[]): LaidCharts {
  const byName = new Map(bundled.map((each) => [chartName(each), each.file]));
  const found = uses.flatMap((use) => {
    const file = byName.get(chartName(use));
    return file === undefined
      ? []
      : [{ use, file, to: `${CHARTS_DIR}/${file.slice(file.lastIndexOf("/") + 1)}` }];
  });
  const releases = Object.fromEntries(found.map(({ use, to }) => [use.address, { chart: to }]));
  return {
    copies: [...new Map(found.map(({ file, to }) => [to, { from: file, to }])).values()],
    override:
      found.length === 0
        ? undefined
        : `${JSON.stringify({ resource: { helm_release: releases } }, null, 2)}\n`,
    missing: uses.filter((use) => !byName.has(chartName(use))),
  };
}
