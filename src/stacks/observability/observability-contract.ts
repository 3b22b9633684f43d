import { map, type OutputContract } from "../base/output-contract";

/** What the observability stack publishes. */
export const observabilityContract = {
  role_arns: map("IAM roles of agents and collectors, by component"),
} as const satisfies OutputContract;
