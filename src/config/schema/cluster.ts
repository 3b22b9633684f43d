import { z } from "zod";
import { cidr, reason, retentionDays, securityGroupId } from "./common";
import { accessEntrySchema } from "./access-entry";
import { clusterNameSchema } from "./account";
import { securityGroupRulesSchema } from "./security-group-rules";

const endpointSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("private").describe("Reachable from the VPC and the networks connected to it."),
    }),
    z.strictObject({
      kind: z.literal("restricted-public").describe("Also from the internet, for the ranges listed."),
      cidrs: z
        .array(
          cidr.refine(
            ({ prefix }) => prefix >= 8,
            "opens the API server to the world; write the office's or VPN's ranges, /8 or narrower",
          ),
        )
        .min(1)
        .describe("Public ranges that may reach the API server, each /8 or narrower.")
        .meta({ examples: [["198.51.100.0/24"]] }),
      reason: reason("runners of GitHub have no way into the VPC: PLAT-310"),
    }),
  ])
  .prefault({ kind: "private" })
  .describe("Who can reach the Kubernetes API: a private one needs a runner with a way in.");

const migrationSchema = z
  .strictObject({
    from: z
      .string()
      .regex(
        /^(cilium-eni|cilium-overlay|cilium-chaining|vpc-cni)( [a-z0-9./-]+)*$/,
        "is not how pods can be networked; write what the refused plan names, for example vpc-cni prefix",
      )
      .describe("How pods are networked before the change, in the words of the refused plan."),
    way: z
      .literal("new-groups")
      .describe(
        "new-groups: the CNI changes at once, and every node group is made anew beside its old nodes, which are then removed. Until then the pods of old nodes have no network.",
      ),
    reason: reason("dev moves to Cilium before production does: PLAT-42"),
  })
  .describe(
    "Allows one change of cni that a running cluster otherwise refuses. Remove it once the change is deployed. Default: none.",
  );

export const clusterSchema = z
  .strictObject({
    name: clusterNameSchema
      .optional()
      .describe("Name of the cluster. Changing it makes another cluster. Default: <environment>-<region>."),
    endpoint: endpointSchema,
    serviceCidr: cidr
      .refine(
        ({ prefix }) => prefix >= 12 && prefix <= 24,
        "has a prefix that EKS does not take; write /12 to /24",
      )
      .prefault("172.20.0.0/16")
      .describe(
        "IPv4 range of Kubernetes services, /12 to /24. Can't be changed later, and must not overlap with any other range.",
      )
      .meta({ examples: ["172.20.0.0/16"] }),
    supportPolicy: z
      .enum(["standard", "extended"])
      .default("standard")
      .describe(
        "What happens when standard support for the Kubernetes version ends. standard: AWS upgrades the cluster; extended: 12 months more at an extra price.",
      ),
    logs: z
      .strictObject({
        retentionDays: retentionDays
          .default(90)
          .describe("Days that CloudWatch keeps control-plane logs, the API server's audit log among them."),
      })
      .prefault({})
      .describe("Control-plane logs. All five types are on, encrypted with a key of their own."),
    access: z
      .record(
        z
          .string()
          .regex(
            /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/,
            "is not a name for an access entry; write letters, digits, dots, dashes and underscores, at most 63",
          ),
        accessEntrySchema,
      )
      .prefault({})
      .describe("Access entries by name. The deploy role always has one; the creator as such has none."),
    securityGroups: z
      .array(securityGroupId)
      // "Amazon EKS service quotas": 4 control plane security groups for each cluster, of which one is the platform's.
      .max(
        3,
        "are more than EKS takes: 4 for each control plane, of which one is the platform's; write at most 3",
      )
      .refine((ids) => new Set(ids).size === ids.length, "has a group twice; keep one")
      .default([])
      .describe(
        "Security groups of the control plane's interfaces beside the platform's own, by id. Whatever they let in reaches the API server; they have to be in the cluster's VPC, which a plan looks up.",
      )
      .meta({ examples: [["sg-0d4e5f60718293a4b"]] }),
    securityGroupRules: securityGroupRulesSchema,
    deletionProtection: z
      .boolean()
      .optional()
      .describe("Whether EKS refuses to delete the cluster. Default: true in production, else false."),
    zonalShift: z
      .boolean()
      .optional()
      .describe(
        "Whether traffic, and with it new nodes, can be moved away from an impaired zone for a while (zonal shift of AWS's ARC). The remaining zones have to carry its load. Once it has been true, write false to turn it off: where it is left out, AWS is not told anything. Default: left as it is, off in a new cluster.",
      ),
    migration: migrationSchema.optional(),
    deletionProtectionReason: reason("torn down each night by the test pipeline")
      .optional()
      .describe("Why deletion protection is off, for reviewers. Needed in production. Default: none."),
  })
  .prefault({})
  .describe("The EKS control plane.");

export type ClusterConfig = z.output<typeof clusterSchema>;
