import { z } from "zod";
import { role } from "./common";

/** EKS User Guide, "Review access policy permissions": those for people. The others are of AWS's own controllers. */
const policy = z
  .enum(["cluster-admin", "admin", "edit", "view", "admin-view", "secret-reader"])
  .optional()
  .describe(
    "EKS access policy. cluster-admin: everything; admin: a namespace with its roles; edit: objects, but no roles; view: reading, without Secrets; admin-view: reading everything, Secrets too; secret-reader: reading Secrets. Default: none, where kubernetesGroups say it.",
  )
  .meta({ examples: ["view"] });

/** EKS refuses them (CreateAccessEntry: "it cannot start with system:"; terraform-aws-modules/terraform-aws-eks#2915). */
const OF_KUBERNETES = /^system:/;

const kubernetesGroups = z
  .array(
    z
      .string()
      .min(1, "is empty; write the group's name")
      .max(63, "is too long; write at most 63 characters")
      .regex(/^\S+$/, "has a space in it; write the name as RoleBindings have it")
      .refine(
        (name) => !OF_KUBERNETES.test(name),
        "starts with system:, and EKS refuses those; for an administrator write policy: cluster-admin, else a group of your own",
      ),
  )
  .min(1)
  .optional()
  .describe(
    "Groups that the role is in, as subjects of RoleBindings and ClusterRoleBindings that you bring: the group alone allows nothing. Default: none, where policy says it.",
  )
  .meta({ examples: [["shop-developers"]] });

export const accessEntrySchema = z
  .strictObject({
    role: role.describe("IAM role that gets access. For Identity Center give the ARN with its full path."),
    type: z
      .enum(["standard", "ec2-linux"])
      .default("standard")
      .describe(
        "What the role is for. standard: people and programs; ec2-linux: nodes that others make with a role of their own, which may then join. The platform's own nodes have their entry already.",
      ),
    policy,
    kubernetesGroups,
    namespaces: z
      .array(
        z
          .string()
          .regex(
            /^[a-z0-9*]([a-z0-9*-]{0,61}[a-z0-9*])?$/,
            "is not a namespace; write for example payments, or dev-* for all that start so",
          ),
      )
      .min(1)
      .optional()
      .describe("Namespaces that the policy is limited to. Default: the whole cluster."),
  })
  .superRefine((entry, context) => {
    const told = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
    if (entry.type === "ec2-linux") {
      const needless = (["policy", "kubernetesGroups", "namespaces"] as const).find(
        (key) => entry[key] !== undefined,
      );
      if (needless !== undefined) {
        told(
          [needless],
          "is not for nodes: EKS gives entries of type ec2-linux their rights itself; remove it",
        );
      }
      return;
    }
    if (entry.policy === undefined && entry.kubernetesGroups === undefined) {
      told([], "allows nothing; write policy, kubernetesGroups, or both");
    }
    if (entry.policy === undefined && entry.namespaces !== undefined) {
      told(
        ["namespaces"],
        "limit a policy, and there is none; the bindings of kubernetesGroups say where those hold",
      );
    }
  })
  .describe("One access entry.");
