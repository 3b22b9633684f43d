import { CommanderError } from "commander";
import { endWhenDone } from "./end-process";
import { program } from "./program";
import { reportAndExit } from "./report-error";

// `octarine list | head` closes our output early; that is not a failure of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

program()
  .parseAsync()
  .catch((error: unknown) => {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else reportAndExit(error);
  })
  .finally(endWhenDone);
