import { text, type OutputContract } from "../base/output-contract";

/** What the gitops stack publishes. */
export const gitopsContract = {
  namespace: text("Namespace of Argo CD"),
  repository: text("Git repository of the fleet's applications"),
} as const satisfies OutputContract;
