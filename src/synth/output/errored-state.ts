import fs from "node:fs";
import path from "node:path";
import type { OutputLayout } from "./layout";
import { OutputError } from "./output-error";

/** The file in which Terraform leaves a state that it could not write to its backend. */
export const ERRORED_STATE = "errored.tfstate";

/**
 * Refuses to touch a stack of which a state lies in the folder that the backend does not have: with the next apply it would be
 * out of date, and what it alone knows of would be lost.
 *
 * @throws OutputError with every such stack
 */
export function refuseErroredStates(layout: OutputLayout, stacks: readonly string[]): void {
  const problems = stacks
    .map((id) => path.join(layout.stack(id), ERRORED_STATE))
    .filter((file) => fs.existsSync(file))
    .map((file) => {
      const folder = layout.show(path.dirname(file));
      return (
        `${layout.show(file)} is the only copy of a state that Terraform could not write to its bucket. Push it, then delete` +
        ` it:\n  (cd ${folder} && terraform state push ${ERRORED_STATE} && rm ${ERRORED_STATE})`
      );
    });
  if (problems.length > 0) throw new OutputError(problems.join("\n"));
}
