import { RemovedStack, type RemovedStackProps } from "../stacks/removed/removed-stack";
import { writeOutput } from "./output/write-output";

/** Writes the Terraform JSON that destroys a stack which the config no longer asks for. */
export function synthesizeRemoved(props: RemovedStackProps, outDir: string): void {
  const owner = `${props.target.name} without ${props.name}`;
  const scope = { ownerOf: () => owner, decidesOver: (each: string) => each === owner };
  writeOutput(outDir, scope, (app) => new RemovedStack(app, props));
}
