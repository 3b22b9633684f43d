import { endpointPolicyOf } from "../../model/egress";
import { namedElsewhere } from "../../model/elsewhere";
import { roleArn } from "../../model/role-arn";
import type { Target } from "../../model/target";
import { partitionOf } from "../../facts/regions";
import { readerRoleArn } from "../../modules/mesh/reader-access";
import type { EndpointPerimeter } from "../../modules/network/endpoint-perimeter";

/** Whom the endpoints of a target's VPC are for; undefined where they have full access. */
export function endpointPerimeterOf(target: Target): EndpointPerimeter | undefined {
  const { region, config } = target;
  const { account, network, backup } = config;
  if (endpointPolicyOf(network) === "full-access") return undefined;
  const elsewhere = namedElsewhere(target);
  // By them External Secrets reads what peers of other accounts tell of themselves.
  const readerRoles = target.mesh.peers
    .filter((peer) => elsewhere.meshAccounts.includes(peer.config.account.id))
    .map(({ region, clusterName, config }) =>
      readerRoleArn({ partition: partitionOf(region), accountId: config.account.id, region, clusterName }),
    );
  return {
    accountId: account.id,
    organizationId: account.organizationId,
    partition: partitionOf(region),
    region,
    buckets: [
      ...network.endpoints.buckets,
      ...(backup?.restoreFrom === undefined ? [] : [backup.restoreFrom.bucket]),
    ],
    deployRoleArn: roleArn(account.deployRole, target),
    elsewhere: { ...elsewhere, arns: [...elsewhere.arns, ...readerRoles] },
  };
}
