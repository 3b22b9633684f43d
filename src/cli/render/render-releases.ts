import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { chartIn } from "./charts-folder";
import { type KubernetesObject, objectsOf, servedApis } from "./manifests";
import type { Helm, HelmAnswer } from "./run-helm";
import type { SynthesizedRelease } from "./synthesized-releases";

/**
 * APIs that every EKS cluster serves and `helm template` does not know of: it runs without a cluster, and its list has
 * only what Kubernetes' own client knows.
 */
const SERVED_BY_EKS = ["apiregistration.k8s.io/v1", "apiregistration.k8s.io/v1/APIService"];

export interface RenderOptions {
  /** `1.35` */
  readonly kubernetes: string;
  /** Folder of charts; without it they come from their repositories. */
  readonly charts?: string;
}

export interface RenderedRelease {
  readonly release: SynthesizedRelease;
  readonly result: { readonly manifests: string; readonly objects: readonly KubernetesObject[] } | Problem;
  /** What Helm was told that the API server serves, beyond Helm's own list. */
  readonly apiVersions: readonly string[];
}

interface Problem {
  readonly problem: string;
}

/**
 * Renders releases one after the other. Kinds that one defines are known to those after it, as they are to a cluster;
 * one that fails is told of, and the others go on.
 */
export function renderReleases(
  releases: readonly SynthesizedRelease[],
  options: RenderOptions,
  helm: Helm,
): RenderedRelease[] {
  const served = new Set(SERVED_BY_EKS);
  return releases.map((release) => {
    const apiVersions = [...served];
    const answer = template(release, apiVersions, options, helm);
    if ("problem" in answer) return { release, result: answer, apiVersions };
    const objects = objectsOf(answer.output);
    servedApis(objects).forEach((api) => served.add(api));
    return { release, result: { manifests: answer.output, objects }, apiVersions };
  });
}

function template(
  { name, namespace, chart, skipCrds, values }: SynthesizedRelease,
  apiVersions: readonly string[],
  { kubernetes, charts }: RenderOptions,
  helm: Helm,
): HelmAnswer {
  const found = source(chart, charts);
  if ("problem" in found) return found;
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "octarine-values-"));
  try {
    const files = values.map((text, index) => {
      const file = path.join(dir, `${index}.json`);
      fs.writeFileSync(file, text);
      return file;
    });
    return helm([
      "template",
      name,
      ...found.args,
      "--namespace",
      namespace,
      "--kube-version",
      `${kubernetes}.0`,
      skipCrds ? "--skip-crds" : "--include-crds",
      ...apiVersions.flatMap((api) => ["--api-versions", api]),
      ...files.flatMap((file) => ["--values", file]),
    ]);
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

function source(
  chart: SynthesizedRelease["chart"],
  charts: string | undefined,
): { readonly args: readonly string[] } | Problem {
  if (chart.kind === "local") return { args: [chart.path] };
  const { repository, name, version } = chart;
  if (charts !== undefined) {
    const found = chartIn(charts, name, version);
    return "problem" in found ? found : { args: [found.path] };
  }
  if (repository.startsWith("oci://")) return { args: [`${repository}/${name}`, "--version", version] };
  return { args: [name, "--repo", repository, "--version", version] };
}
