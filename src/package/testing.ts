// `octarine/testing`: targets and their stacks in memory, for any test runner.
export type { JudgedFinding } from "../guardrails/waivers";
export { exampleTarget } from "../testing/example-target";
export { type Block, SynthesizedStack } from "../testing/synthesized-stack";
export { judgeTarget, type SynthesizedTarget, synthesizeTarget } from "../testing/synthesize-target";
