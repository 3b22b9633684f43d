// What `import ... from "octarine"` gives. Files of this folder export what others wrote for: the names that stay
// (docs/extend.md), and nothing else of src is for use outside.
export { runApp } from "../cli/app";
export { loadFleet, type LoadOptions } from "../fleet/load-fleet";
export type { StackName } from "../model/stacks/stack-names";
export type { Fleet, Target } from "../model/target";
export { defineProject, type Project } from "../project/project";
export { synthesize, type Synthesis, type SynthesisOptions } from "../synth/synthesize";
export { ExpectedError } from "../text/errors";
