import { z } from "zod";
import { securityGroupId, shortName } from "./common";
import { labelMap } from "./labels";

/** A network interface takes five security groups (Amazon VPC User Guide, quotas; EKS User Guide). */
export const podSecurityGroupIds = z.array(securityGroupId).min(1).max(5);

const labels = labelMap.refine(
  (all) => Object.keys(all).length > 0,
  "selects every pod of the namespace; name a label",
);

const target = {
  namespace: shortName(63).describe("Namespace of the pods. The policies stack makes it."),
  securityGroupIds: podSecurityGroupIds.describe(
    "Security groups that the pods get in place of the nodes', 1 to 5.",
  ),
};

const policy = z
  .union(
    [
      z.strictObject({
        ...target,
        podSelector: labels
          .describe("Labels that the pods must all have.")
          .meta({ examples: [{ app: "ledger" }] }),
      }),
      z.strictObject({
        ...target,
        serviceAccountSelector: labels
          .describe("Labels of the service accounts of the pods.")
          .meta({ examples: [{ "acme.example/database": "ledger" }] }),
      }),
    ],
    "is not a policy; write { namespace, podSelector: { <label>: <value> }, securityGroupIds: [sg-...] }, or serviceAccountSelector in place of podSelector",
  )
  .describe("Which pods get which security groups.");

export const securityGroupsForPodsSchema = z
  .strictObject({
    enforcingMode: z
      .enum(["strict", "standard"])
      .default("standard")
      .describe(
        "Which traffic a pod's groups apply to. standard: all but what stays on its node and what the node translates on its way out of the VPC; works with network policy. strict: all of it.",
      ),
    policies: z.record(shortName(63), policy).default({}).describe("SecurityGroupPolicy objects by name."),
  })
  .optional()
  .describe(
    "Security groups for single pods, by a branch network interface for each. Only on instance types that support trunk interfaces, and few pods of a node can have one. Default: none; pods have their node's groups.",
  );

/** The same key under a CNI that makes its own interfaces: refused with the reason. */
export const noSecurityGroupsForPods = z
  .never(
    "can't be here: branch interfaces belong to the VPC CNI, and this CNI makes its own interfaces or none; write cni.kind: vpc-cni or cilium-chaining, or remove it",
  )
  .optional()
  .describe("Not with this CNI: only vpc-cni and cilium-chaining have it.");

export type SecurityGroupsForPods = NonNullable<z.output<typeof securityGroupsForPodsSchema>>;
