import { list, map, type OutputContract } from "../base/output-contract";

/** What the workloads stack publishes. */
export const workloadsContract = {
  services: list("Services that the stack makes"),
  role_arns: map("IAM roles of services that have one, by service"),
} as const satisfies OutputContract;
