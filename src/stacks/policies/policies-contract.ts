import { list, type OutputContract } from "../base/output-contract";

/** What the policies stack publishes. */
export const policiesContract = {
  namespaces: list("Namespaces that the stack makes"),
} as const satisfies OutputContract;
