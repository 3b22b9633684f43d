import { text, type OutputContract } from "../base/output-contract";

/** What the cni stack publishes. */
export const cniContract = {
  kind: text("CNI mode of the cluster, as configured"),
  version: text("Version of the CNI"),
} as const satisfies OutputContract;
