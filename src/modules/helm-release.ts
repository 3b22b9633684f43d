import { Release, type ReleaseConfig } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { proxyFor, withProxy } from "./chart-proxy";
import { requestValues } from "./chart-requests";
import { type ChartValues, encodeChartValues, mergeValues } from "./chart-values";
import { physicalName } from "./physical-names";

/** A chart at one pinned version. */
export interface ChartRef {
  /** Chart repository: `https://…` or `oci://…`. */
  readonly repository: string;
  readonly name: string;
  /** Exact version: a range would let two plans of one commit differ. */
  readonly version: string;
}

/** A chart that lies in the stack's folder. Its content is its version. */
export interface LocalChart {
  /** Relative to the folder that Terraform runs in. */
  readonly path: string;
}

export interface HelmReleaseProps {
  /** @default the construct's id */
  readonly name?: string;
  readonly chart: ChartRef | LocalChart;
  readonly namespace: string;
  /** Chart values. Tokens (outputs of modules and states) are allowed anywhere in the tree. */
  readonly values: ChartValues;
  /** Releases or resources that must be applied first. */
  readonly dependsOn?: ITerraformDependable[];
  /**
   * Wait until the release is ready, and roll a failed one back. Off before there are nodes: nothing would become ready.
   *
   * @default true
   */
  readonly wait?: boolean;
  /**
   * Leave out what lies in the chart's crds/ folder, because a release of its own has it.
   *
   * @default false
   */
  readonly skipCrds?: boolean;
  /** @default 600 */
  readonly timeoutSeconds?: number;
}

/** One Helm release with the settings that every release of the platform shares. */
export class HelmRelease extends Construct {
  readonly release: Release;

  constructor(scope: Construct, id: string, props: HelmReleaseProps) {
    super(scope, id);
    const {
      name = id,
      chart,
      namespace,
      values,
      dependsOn,
      wait = true,
      skipCrds,
      timeoutSeconds = 600,
    } = props;
    this.release = new Release(this, "release", {
      name: physicalName("helmRelease", name),
      ...chartArguments(chart),
      namespace,
      createNamespace: namespace !== "kube-system",
      wait,
      // atomic implies wait, so the two go together.
      atomic: wait,
      cleanupOnFail: wait,
      ...(skipCrds && { skipCrds }),
      maxHistory: 5,
      timeout: timeoutSeconds,
      // Beneath what its module says: one that forgets them has them all the same.
      values: [
        encodeChartValues(
          callingOut(this, chart, mergeValues("path" in chart ? {} : requestValues(chart.name), values)),
        ),
      ],
      ...(dependsOn && { dependsOn }),
    });
  }
}

/** Charts of others get the proxy that their pods need; objects of our own say it themselves. */
function callingOut(scope: Construct, chart: ChartRef | LocalChart, values: ChartValues): ChartValues {
  const proxy = proxyFor(scope);
  return proxy === undefined || "path" in chart ? values : withProxy(chart.name, values, proxy);
}

function chartArguments(
  chart: ChartRef | LocalChart,
): Pick<ReleaseConfig, "chart" | "repository" | "version"> {
  if ("path" in chart) return { chart: chart.path };
  const { repository, name, version } = chart;
  // An OCI chart is named by its whole address; `repository` is for index files.
  if (repository.startsWith("oci://")) return { chart: `${repository}/${name}`, version };
  return { repository, chart: name, version };
}
