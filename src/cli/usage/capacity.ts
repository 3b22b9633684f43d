import { Command } from "commander";
import { podDensityModes } from "../../ip-capacity/pod-density-mode";
import { lazily } from "./lazily";

export function capacityCommand(): Command {
  return new Command("capacity")
    .description("whether targets fit their address space, what they need and what would fit")
    .argument("[target...]", "targets (prod/us-east-1) or environments (prod); all if none is named")
    .option("--json", "the reports as JSON (docs/capacity.md)")
    .action(lazily(async () => (await import("../commands/capacity")).capacity));
}

export function podsCommand(): Command {
  return new Command("pods")
    .description("how many pods a node of an instance type can run, and why")
    .argument("<instance-type...>", "for example m7i.large")
    .option("--mode <mode>", `one of ${podDensityModes.join(", ")}; all if left out`)
    .option("--json", "as JSON (docs/capacity.md)")
    .action(lazily(async () => (await import("../commands/pods")).pods));
}
