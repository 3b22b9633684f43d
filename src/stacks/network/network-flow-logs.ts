import type { Construct } from "constructs";
import type { Target } from "../../model/target";
import { lastAddress } from "../../ip-capacity/cidr";
import type { NetworkParts } from "../../modules/network/existing-network";
import { FlowLogAnalysis } from "../../modules/network/flow-log-analysis";
import type { SubnetRange } from "../../modules/network/flow-log-queries";
import { CloudWatchFlowLogs } from "../../modules/network/flow-logs";
import { S3FlowLogs } from "../../modules/network/s3-flow-logs";
import { keyOwner } from "../../wiring/key-owner";

/** Flow logs as configured, and what asks them. */
export function addFlowLogs(scope: Construct, target: Target, network: NetworkParts): void {
  const { workspace: name, region, config } = target;
  const { flowLogs } = config.network;
  const owner = keyOwner(target);
  const common = { name, region, vpcId: network.vpcId, owner };
  switch (flowLogs.kind) {
    case "none":
      return;
    case "cloudwatch":
      new CloudWatchFlowLogs(scope, "flow-logs", { ...common, retentionDays: flowLogs.retentionDays });
      return;
    case "s3": {
      const { bucket: destination, athena } = flowLogs;
      const logs = new S3FlowLogs(scope, "flow-logs", { ...common, destination });
      if (!athena) return;
      new FlowLogAnalysis(scope, "flow-log-analysis", {
        name,
        region,
        owner,
        bucketName: logs.bucketName,
        subnets: subnetRanges(target),
        natInterfaceIds: network.natInterfaceIds,
      });
    }
  }
}

function subnetRanges({ subnets }: Target): SubnetRange[] {
  return [...subnets].flatMap(([tier, byZone]) =>
    [...byZone].map(([zone, cidr]) => ({ zone, tier, first: cidr.base, last: lastAddress(cidr) })),
  );
}
