import { list, type OutputContract } from "../base/output-contract";

/** What the federation stack publishes. */
export const federationContract = {
  peers: list("Targets that this one made a connection with"),
} as const satisfies OutputContract;
