import { text, type OutputContract } from "../base/output-contract";

/** What the identity stack publishes. */
export const identityContract = {
  trust_domain: text("SPIFFE trust domain of the workloads"),
} as const satisfies OutputContract;
