import { Command } from "commander";
import { version } from "../../package.json";
import { bootstrapCommand } from "./commands/bootstrap";
import { checkCommand } from "./commands/check";
import { capacityCommand } from "./commands/capacity";
import { ciCommand } from "./commands/ci";
import { configCommand } from "./commands/config";
import { costCommand } from "./commands/cost";
import { deployCommand } from "./commands/deploy";
import { destroyCommand } from "./commands/destroy";
import { diagramCommand } from "./commands/diagram";
import { listCommand } from "./commands/list";
import { meshCommand } from "./commands/mesh";
import { planCommand } from "./commands/plan";
import { readinessCommand } from "./commands/readiness";
import { podsCommand } from "./commands/pods";
import { reportCommand } from "./commands/report";
import { diffCommand } from "./commands/diff";
import { reviewCommand } from "./commands/review";
import { releaseCommand } from "./commands/release";
import { synthCommand } from "./commands/synth";
import { upgradeCommand } from "./commands/upgrade";
import { imagesCommand } from "./commands/images";
import { renderCommand } from "./commands/render";
import { vendorCommand } from "./commands/vendor";

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
    .showHelpAfterError("(octarine --help shows the commands)")
    .exitOverride()
    .addCommand(listCommand())
    .addCommand(synthCommand())
    .addCommand(configCommand())
    .addCommand(checkCommand())
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
    .addCommand(vendorCommand())
    .addCommand(renderCommand())
    .addCommand(imagesCommand())
    .addCommand(bootstrapCommand())
    .addCommand(planCommand())
    .addCommand(reviewCommand())
    .addCommand(diffCommand())
    .addCommand(deployCommand())
    .addCommand(destroyCommand());
  root.commands.forEach(throughout);
  return root;
}

/** Sub-commands do not inherit these from the program they are added to. */
function throughout(command: Command): void {
  command.exitOverride().showHelpAfterError(`(${fullName(command)} --help shows what it takes)`);
  command.commands.forEach(throughout);
}

function fullName(command: Command): string {
  return command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name();
}
