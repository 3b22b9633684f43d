import { type Cidr, contains, formatCidr } from "../../ip-capacity/cidr";
import type { Finding, TargetCheck } from "../finding";

export const runnerCheck: TargetCheck = ({ config, vpcCidrs }) => {
  const { runner, cluster } = config;
  const isPrivate = cluster.endpoint.kind === "private";
  if (runner === undefined) {
    if (!isPrivate) return [];
    return [
      {
        path: ["runner"],
        message:
          "is missing, and the API server is private; write runner: { reach: in-vpc | peered | ssm-tunnel } so that it lets the runner in",
        related: [["cluster", "endpoint"]],
      },
    ];
  }
  if (runner.reach === "public" && isPrivate) {
    return [
      {
        path: ["runner", "reach"],
        message: "can't reach a private API server; write in-vpc, peered or ssm-tunnel",
        related: [["cluster", "endpoint"]],
      },
    ];
  }
  return "cidrs" in runner && runner.reach !== "peered" ? outsideFindings(runner, vpcCidrs) : [];
};

/** The API server would let them in, and no route leads its answers out of the VPC. */
function outsideFindings(
  { reach, cidrs }: { readonly reach: string; readonly cidrs: readonly Cidr[] },
  own: readonly Cidr[],
): Finding[] {
  return cidrs.flatMap((cidr, index): Finding[] =>
    own.some((range) => contains(range, cidr))
      ? []
      : [
          {
            path: ["runner", "cidrs", index],
            message: `is outside the VPC (${own.map(formatCidr).join(", ")}), and a runner with reach ${reach} is inside it; write reach: peered and via, or a range of the VPC`,
            related: [["runner", "reach"]],
            rule: "RUNNER-OUTSIDE-VPC",
            severity: "warning",
          },
        ],
  );
}
