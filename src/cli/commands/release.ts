import { table } from "../../text/columns";
import { supportEnd } from "../../facts/eks-calendar";
import { releaseDiff } from "../../releases/diff";
import { releaseNames } from "../../releases/names";
import { releases } from "../../releases/releases";
import { namedRelease } from "../release-name";
import { releaseText, unverifiedPins } from "../release-text";
import { print, printJson } from "../terminal";

export function listReleases(options: { json?: boolean }): void {
  const rows = releaseNames.map((name) => {
    const { kubernetes, gatewayApi, charts } = releases[name];
    return {
      release: name,
      kubernetes: kubernetes.version,
      cilium: charts.cilium.version,
      istio: charts.istiod.version,
      gatewayApi: gatewayApi.version,
      karpenter: charts.karpenter.version,
      support: support(kubernetes.version),
      unverified: unverifiedPins(releases[name]).length,
    };
  });
  if (options.json) return printJson("release_list", rows);
  const header = [
    "RELEASE",
    "KUBERNETES",
    "CILIUM",
    "ISTIO",
    "GATEWAY API",
    "KARPENTER",
    "SUPPORT",
    "UNVERIFIED PINS",
  ];
  print(table([header, ...rows.map((row) => Object.values(row).map(String))]));
}

function support(minor: string): string {
  const end = supportEnd(minor);
  if (end === undefined) return "unknown";
  return end.standardEnded ? `extended, until ${end.extended}` : `standard, until ${end.standard}`;
}

export function showRelease(name: string, options: { sources?: boolean; json?: boolean }): void {
  const release = namedRelease(name);
  if (options.json) return printJson("release_show", release);
  print(releaseText(release, options.sources ?? false));
}

export function diffReleases(a: string, b: string, options: { json?: boolean }): void {
  const changes = releaseDiff(namedRelease(a), namedRelease(b));
  if (options.json) return printJson("release_diff", changes);
  if (changes.length === 0) return print(`${a} and ${b}: no difference`);
  const rows = changes.map(({ component, from, to }) => [component, from, to]);
  print(table([["COMPONENT", a, b], ...rows]));
}
