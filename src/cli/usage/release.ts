import { Command } from "commander";
import { seconds } from "../refresh/seconds";
import { lazily } from "./lazily";

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
    .action(lazily(async () => (await import("../commands/release")).listReleases));
}

function showCommand(): Command {
  return new Command("show")
    .description("show every pin of a release; unverified ones with the reason")
    .argument("<release>", "for example 2026.11")
    .option("--sources", "with the source of each pin")
    .option("--json", "as JSON, with everything that is known of each pin")
    .action(lazily(async () => (await import("../commands/release")).showRelease));
}

function diffCommand(): Command {
  return new Command("diff")
    .description("show the versions that differ between two releases")
    .argument("<a>", "for example 2025.09")
    .argument("<b>", "for example 2026.11")
    .option("--json", "as JSON")
    .action(lazily(async () => (await import("../commands/release")).diffReleases));
}

function refreshCommand(): Command {
  return new Command("refresh")
    .description(
      "check the pins against AWS and the chart repositories; changes nothing.\n" +
        "Exit code 0: all confirmed, 1: a pin is contradicted, 3: not everything could be reached",
    )
    .argument("[release]", "only this one, for example 2026.11")
    .option("--region <region>", "region in which AWS is asked", "us-east-1")
    .option("--timeout <seconds>", "how long to wait for an answer", seconds, 20)
    .option("--json", "as JSON")
    .action(lazily(async () => (await import("../commands/release-refresh")).refreshReleases));
}

export function vendorCommand(): Command {
  return new Command("vendor")
    .description("keep what others publish in the project's vendor folder (docs/render.md)")
    .addCommand(gatewayApiCommand());
}

function gatewayApiCommand(): Command {
  return new Command("gateway-api")
    .description("keep a release's Gateway API definitions, for cni.gatewayApi; commit the file")
    .option("--release <release>", "the release whose bundle it is (default: the newest)")
    .option("--bundle <version>", "another version, where a config overrides it (versions.gateway-api)")
    .option("--from <file or address>", "the install manifest's file or address (default: its publisher's)")
    .option("--sha256 <digest>", "what its SHA-256 must be; needed where the release records none")
    .action(lazily(async () => (await import("../commands/vendor")).vendorBundle));
}
