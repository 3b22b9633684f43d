import { Command, CommanderError } from "commander";
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
import { reportAndExit } from "./report-error";

const program = new Command("octarine")
  .description("One YAML file per environment and region becomes the Terraform of a production EKS platform.")
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

// Sub-commands do not inherit these from the program they are added to.
const throughout = (command: Command): void => {
  command.exitOverride().showHelpAfterError(`(${fullName(command)} --help shows what it takes)`);
  command.commands.forEach(throughout);
};
program.commands.forEach(throughout);

function fullName(command: Command): string {
  return command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name();
}

// `octarine list | head` closes our output early; that is no failure of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else reportAndExit(error);
});
