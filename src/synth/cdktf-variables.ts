/** By these cdktf 0.21.0 writes something else (lib/app.js, lib/terraform-stack.js): HCL, other names, stacks with errors. */
const VARIABLES = [
  "SYNTH_HCL_OUTPUT",
  "CDKTF_CONTEXT_JSON",
  "CDKTF_TARGET_STACK_ID",
  "CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS",
];

/** Does something for which cdktf is given no variables: what is written is of the configuration alone. */
export function withoutCdktfVariables<Result>(work: () => Result): Result {
  const before = VARIABLES.map((name) => [name, process.env[name]] as const);
  try {
    for (const name of VARIABLES) delete process.env[name];
    return work();
  } finally {
    for (const [name, value] of before) if (value !== undefined) process.env[name] = value;
  }
}
