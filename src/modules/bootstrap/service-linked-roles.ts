import { DataAwsIamRoles } from "@cdktf/provider-aws/lib/data-aws-iam-roles";
import { IamServiceLinkedRole } from "@cdktf/provider-aws/lib/iam-service-linked-role";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { ServiceLinkedRole } from "../../facts/service-linked-roles";

export interface ServiceLinkedRolesProps {
  readonly accountId: string;
  readonly partition: string;
  /** By the name that its address gets. */
  readonly roles: Readonly<Record<string, ServiceLinkedRole>>;
}

/**
 * Service-linked roles of the account. AWS refuses to create one that is there already, which in an account that was
 * ever used is likely: so the plan first lists what is there and imports it, and creates only the rest.
 *
 * At most one of these in a stack: it writes the stack's `import` blocks.
 */
export class ServiceLinkedRoles extends Construct {
  constructor(scope: Construct, id: string, { accountId, partition, roles }: ServiceLinkedRolesProps) {
    super(scope, id);
    const entries = Object.entries(roles).sort(([a], [b]) => (a < b ? -1 : 1));
    if (entries.length === 0) return;
    const existing = new DataAwsIamRoles(this, "existing", { pathPrefix: "/aws-service-role/" });
    const imports = entries.map(([name, { service, roleName }]) => {
      const role = new IamServiceLinkedRole(this, name, {
        awsServiceName: service,
        // AWS writes the description of those that it makes itself.
        lifecycle: { ignoreChanges: ["description"] },
      });
      const arn = `arn:${partition}:iam::${accountId}:role/aws-service-role/${service}/${roleName}`;
      return {
        // cdktf has `importFrom`, but nothing that imports only what is there. A set: of lists, which a choice of two makes,
        // OpenTofu imports nothing (opentofu/opentofu v1.12.6, internal/lang/evalchecks/eval_for_each.go).
        for_each: `\${contains(data.aws_iam_roles.${existing.friendlyUniqueId}.arns, "${arn}") ? toset(["${arn}"]) : toset([])}`,
        to: `aws_iam_service_linked_role.${role.friendlyUniqueId}`,
        id: "${each.value}",
      };
    });
    TerraformStack.of(this).addOverride("import", imports);
  }
}
