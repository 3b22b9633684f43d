import { Command } from "commander";
import { version } from "../../package.json";
import { loadProject } from "./project/load-project";
import { addCommand } from "./usage/add";
import { adoptCommand } from "./usage/adopt";
import { bootstrapCommand } from "./usage/bootstrap";
import { bundleCommand } from "./usage/bundle";
import { capacityCommand, podsCommand } from "./usage/capacity";
import { checkCommand } from "./usage/check";
import { ciCommand } from "./usage/ci";
import { completionCommand } from "./usage/completion";
import { configCommand } from "./usage/config";
import { costCommand } from "./usage/cost";
import { deployCommand, destroyCommand, driftCommand, planCommand, sweepCommand } from "./usage/deploy";
import { diagnoseCommand } from "./usage/diagnose";
import { diffCommand } from "./usage/diff";
import { importCommand } from "./usage/import";
import { initCommand } from "./usage/init";
import { listCommand } from "./usage/list";
import { kubeconfigCommand, openCommand, verifyCommand } from "./usage/live";
import { meshCommand } from "./usage/mesh";
import { permissionsCommand } from "./usage/permissions";
import { reachabilityCommand } from "./usage/reachability";
import { readinessCommand } from "./usage/readiness";
import { releaseCommand, vendorCommand } from "./usage/release";
import { imagesCommand, renderCommand } from "./usage/render";
import { diagramCommand, reportCommand } from "./usage/report";
import { reviewCommand } from "./usage/review";
import { synthCommand } from "./usage/synth";
import { replaceGroupCommand, upgradeCommand } from "./usage/upgrade";

/** The program with all its commands. */
export function program(): Command {
  const root = new Command("octarine")
    .description(
      "One YAML file per environment and region becomes the Terraform of a production EKS platform.",
    )
    .version(`octarine ${version}`, "--version", "print the version")
    .option("--envs <dir>", "folder of environments and targets", process.env.OCTARINE_ENVS ?? "envs")
    .option(
      "--as-of <day>",
      "the day that waivers are compared with (default: that of SOURCE_DATE_EPOCH, or none)",
    )
    .showHelpAfterError("(npx octarine --help shows the commands)")
    .exitOverride()
    .addCommand(initCommand())
    .addCommand(addCommand())
    .addCommand(importCommand())
    .addCommand(adoptCommand())
    .addCommand(listCommand())
    .addCommand(synthCommand())
    .addCommand(configCommand())
    .addCommand(checkCommand())
    .addCommand(permissionsCommand())
    .addCommand(reachabilityCommand())
    .addCommand(readinessCommand())
    .addCommand(capacityCommand())
    .addCommand(podsCommand())
    .addCommand(costCommand())
    .addCommand(diagramCommand())
    .addCommand(reportCommand())
    .addCommand(ciCommand())
    .addCommand(meshCommand())
    .addCommand(releaseCommand())
    .addCommand(upgradeCommand())
    .addCommand(replaceGroupCommand())
    .addCommand(vendorCommand())
    .addCommand(renderCommand())
    .addCommand(imagesCommand())
    .addCommand(bundleCommand())
    .addCommand(bootstrapCommand())
    .addCommand(planCommand())
    .addCommand(reviewCommand())
    .addCommand(diffCommand())
    .addCommand(driftCommand())
    .addCommand(deployCommand())
    .addCommand(destroyCommand())
    .addCommand(sweepCommand())
    .addCommand(kubeconfigCommand())
    .addCommand(openCommand())
    .addCommand(verifyCommand())
    .addCommand(diagnoseCommand())
    .addCommand(completionCommand());
  // Before a command runs, and not for help or a slip in an option.
  root.hook("preAction", async () => loadProject(process.cwd()));
  root.commands.forEach(throughout);
  return root;
}

/** Sub-commands do not inherit these from the program they are added to. */
function throughout(command: Command): void {
  command.exitOverride().showHelpAfterError(`(npx ${fullName(command)} --help shows what it takes)`);
  command.commands.forEach(throughout);
}

function fullName(command: Command): string {
  return command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name();
}
