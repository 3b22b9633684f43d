import { z } from "zod";
import { needlessKeys } from "./chosen-key";
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

/** Nodes that others make: EKS gives them their rights, and takes nothing else. */
export interface NodesEntry {
  readonly kind: "nodes";
  /** Name, or ARN. */
  readonly role: string;
}

/** People and programs, who may do what their policy and the bindings of their groups say: one of them is there. */
export interface UsersEntry {
  readonly kind: "users";
  /** Name, or ARN. */
  readonly role: string;
  readonly groups: readonly string[];
  readonly policy?: {
    readonly name: NonNullable<z.output<typeof policy>>;
    readonly scope: "cluster" | { readonly namespaces: readonly string[] };
  };
}

export type AccessEntry = NodesEntry | UsersEntry;

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
  .transform(
    ({ role: principal, type, policy: name, kubernetesGroups: groups, namespaces }, context): AccessEntry => {
      if (type === "ec2-linux") {
        needlessKeys(
          { policy: name, kubernetesGroups: groups, namespaces },
          ["policy", "kubernetesGroups", "namespaces"],
          "is not for nodes: EKS gives entries of type ec2-linux their rights itself; remove it",
          context,
        );
        return { kind: "nodes", role: principal };
      }
      if (name === undefined) {
        if (groups === undefined) context.addIssue("allows nothing; write policy, kubernetesGroups, or both");
        needlessKeys(
          { namespaces },
          ["namespaces"],
          "limit a policy, and there is none; the bindings of kubernetesGroups say where those hold",
          context,
        );
        return { kind: "users", role: principal, groups: groups ?? [] };
      }
      if (name === "cluster-admin" && namespaces !== undefined) {
        context.addIssue({
          code: "custom",
          path: ["policy"],
          message: "is for the whole cluster; write admin for namespaces",
        });
      }
      return {
        kind: "users",
        role: principal,
        groups: groups ?? [],
        policy: { name, scope: namespaces === undefined ? "cluster" : { namespaces } },
      };
    },
  )
  .describe("One access entry.")
  .meta({ examples: [{ role: "arn:aws:iam::111122223333:role/PlatformAdmin", policy: "cluster-admin" }] });
