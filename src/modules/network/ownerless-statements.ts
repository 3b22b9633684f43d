import { ownerlessActions } from "../../facts/ownerless-actions";
import type { PolicyStatement } from "../policy-document";
import { allow, type EndpointPerimeter, ours } from "./endpoint-perimeter";

/**
 * Calls of EC2 that connect networks. Data could leave by what they make, so only Terraform's role may: it runs in the
 * VPC with runner.reach in-vpc.
 */
const CONNECTING =
  /^(Accept|Create|Delete|Reject)(TransitGatewayPeeringAttachment|VpcPeeringConnection|VpcEndpoint)/;

/** Services whose calls of this kind take up an invitation of somebody else's: closed, as nothing of ours makes them. */
const INVITATIONS = ["auditmanager", "detective", "ds", "es", "guardduty", "macie2", "securityhub"];

/**
 * Calls that no condition on the resource's owner can admit (src/facts/ownerless-actions.ts), by whose they are and,
 * where AWS tells the account in it, by the resource's ARN.
 *
 * @param prefix IAM's prefix of the service, for example `ec2`
 */
export function ownerlessStatements(prefix: string, perimeter: EndpointPerimeter): PolicyStatement[] {
  const { accountId, partition, deployRoleArn } = perimeter;
  const actions = ownerlessActions[prefix] ?? [];
  if (actions.length === 0 || INVITATIONS.includes(prefix)) return [];
  const own = { StringEquals: ours("Principal", perimeter) };
  const named = (names: readonly string[]) => names.map((name) => `${prefix}:${name}`);
  if (prefix === "events") {
    return [
      allow("OwnEvents", named(actions), `arn:${partition}:events:*:${accountId}:*`, own),
      // They know no resources.
      allow("ListEvents", named(["List*", "TestEventPattern"]), "*", own),
    ];
  }
  const connecting = actions.filter((name) => CONNECTING.test(name));
  const others = actions.filter((name) => !CONNECTING.test(name));
  return [
    ...(others.length === 0 ? [] : [allow("CallsWithoutOwner", named(others), "*", own)]),
    ...(connecting.length === 0
      ? []
      : [allow("Connections", named(connecting), "*", { ArnEquals: { "aws:PrincipalArn": deployRoleArn } })]),
  ];
}
