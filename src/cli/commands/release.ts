import { Command } from "commander";
import { supportEnd } from "../../facts/eks-calendar";
import { releaseDiff } from "../../releases/diff";
import { releaseNames, releases } from "../../releases/releases";
import { namedRelease } from "../release-name";
import { releaseText } from "../release-text";
import { print, printJson, table } from "../terminal";
import { refreshCommand } from "./release-refresh";

export function releaseCommand(): Command {
  return new Command("release")
    .description("show, compare and check the releases: named sets of versions")
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(diffCommand())
    .addCommand(refreshCommand());
}

function listCommand(): Command {
  return new Command("list")
    .description("list the releases, oldest first")
    .option("--json", "as JSON")
    .action((options: { json?: boolean }) => {
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
        };
      });
      if (options.json) return printJson(rows);
      const header = ["RELEASE", "KUBERNETES", "CILIUM", "ISTIO", "GATEWAY API", "KARPENTER", "SUPPORT"];
      print(table([header, ...rows.map((row) => Object.values(row))]));
    });
}

function support(minor: string): string {
  const end = supportEnd(minor);
  if (end === undefined) return "unknown";
  return end.standardEnded ? `extended, until ${end.extended}` : `standard, until ${end.standard}`;
}

function showCommand(): Command {
  return new Command("show")
    .description("show every pin of a release; an unverified one with its reason")
    .argument("<release>", "for example 2026.11")
    .option("--sources", "with the source of each pin")
    .option("--json", "as JSON, with everything that is known of each pin")
    .action((name: string, options: { sources?: boolean; json?: boolean }) => {
      const release = namedRelease(name);
      if (options.json) return printJson(release);
      print(releaseText(release, options.sources ?? false));
    });
}

function diffCommand(): Command {
  return new Command("diff")
    .description("show the versions that differ between two releases")
    .argument("<a>", "for example 2025.09")
    .argument("<b>", "for example 2026.11")
    .option("--json", "as JSON")
    .action((a: string, b: string, options: { json?: boolean }) => {
      const changes = releaseDiff(namedRelease(a), namedRelease(b));
      if (options.json) return printJson(changes);
      if (changes.length === 0) return print(`${a} and ${b}: no difference`);
      const rows = changes.map(({ component, from, to }) => [component, from, to]);
      print(table([["COMPONENT", a, b], ...rows]));
    });
}
