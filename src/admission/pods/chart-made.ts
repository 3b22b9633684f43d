import { factsOfChart } from "../../components/components";
import { fill, type GivenRelease, podSpecOf } from "../../components/chart-work";
import type { Resource } from "../../guardrails/resource";
import { chartPods, type PlatformPods } from "../../reachability/needs/chart-pods";
import { type Attributes, text } from "../../values/value";
import { countsOf } from "./made-pods";
import type { AdmittedPod } from "./pod";

/** Pods that charts of the platform's components make, as their records say; of add-ons only that there are some. */
export function chartMadePods(resources: readonly Resource[]): AdmittedPod[] {
  return resources
    .filter(({ type }) => type === "helm_release" || type === "aws_eks_addon")
    .flatMap((resource) => chartPods([resource]).flatMap((known) => madePod(known, resource)));
}

function madePod({ component, facts, pods }: PlatformPods, resource: Resource): AdmittedPod[] {
  const { stack, address } = resource;
  const { namespace, name, labels, serviceAccount, hostNetwork } = pods;
  const whose = {
    ...{ name, namespace, labels, component, by: { stack, address }, injected: [] },
    annotations: facts.annotations,
  };
  const { work } = facts;
  const release = releaseOf(resource);
  if (work === undefined) return [{ ...whose, spec: {}, unread: "no record says what is in it" }];
  if (work.isMade?.(release) === false) return [];
  const read = factsOfChart(facts.of)?.podsReadAt ?? [];
  if (!read.includes(release.version))
    return [{ ...whose, spec: {}, unread: unreadAt(facts.of, release.version, read) }];
  const spec: Attributes = {
    ...podSpecOf(work, release),
    serviceAccountName: serviceAccount,
    ...(hostNetwork === true && { hostNetwork }),
  };
  const maker = makerOf(whose, work, release, spec);
  // A Job of a chart is over before the others run, or runs beside them while a release goes out.
  const counts = work.kind === "Job" ? { count: 0, surge: 1 } : countsOf(maker, new Map());
  return [{ ...whose, spec, maker, ...counts }];
}

function unreadAt(chart: string, version: string, read: readonly string[]): string {
  return `it was read at ${read.join(", ")} of the chart ${chart}, not at ${version || "a version that is not known yet"}`;
}

function releaseOf({ attributes }: Resource): GivenRelease {
  return { name: text(attributes.name), version: text(attributes.version), values: attributes.values };
}

function makerOf(
  {
    name,
    namespace,
    labels,
    annotations,
  }: Pick<AdmittedPod, "name" | "namespace" | "labels" | "annotations">,
  { kind, name: own, replicas, surge }: NonNullable<PlatformPods["facts"]["work"]>,
  release: GivenRelease,
  spec: Attributes,
): Attributes {
  const metadata = { name: own ?? text(name.split("/")[1]), namespace, labels };
  const template = { metadata: { labels, annotations }, spec };
  const batch = kind === "Job" || kind === "CronJob";
  const maxSurge = fill(surge, release);
  return {
    apiVersion: batch ? "batch/v1" : "apps/v1",
    kind,
    metadata,
    spec:
      kind === "CronJob"
        ? { schedule: "0 0 * * *", jobTemplate: { spec: { template } } }
        : {
            ...(!batch && { selector: { matchLabels: labels }, replicas: fill(replicas, release) }),
            ...(kind === "Deployment" &&
              maxSurge !== undefined && { strategy: { rollingUpdate: { maxSurge } } }),
            template,
          },
  };
}

/** Labels of namespaces that charts make, and the release that does. */
export function chartNamespaces(releases: readonly Resource[]): {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly release: Resource;
}[] {
  return releases.flatMap((release) => {
    const chart = text(release.attributes.chart).split("/").at(-1) ?? "";
    return Object.entries(factsOfChart(chart)?.namespaces ?? {}).map(([name, labels]) => ({
      name,
      labels: { ...labels, "kubernetes.io/metadata.name": name },
      release,
    }));
  });
}
