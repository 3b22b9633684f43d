import { contains } from "../../ip-capacity/cidr";
import { ELSEWHERE } from "../../config/schema/network/connections";
import { formatPath } from "../../config/read/source-node";
import type { Finding, TargetCheck } from "../finding";

/** A route table has one route for one range (EC2 API reference, CreateRoute: RouteAlreadyExists). */
export const runnerWayCheck: TargetCheck = (target) => {
  const { runner } = target.config;
  if (runner?.reach !== "peered" || runner.via === undefined || runner.via === ELSEWHERE) return [];
  const { via: own } = runner;
  const others = target.routedRanges.filter(({ path }) => path[0] !== "runner");
  return runner.cidrs.flatMap((cidr, index): Finding[] => {
    const other = others.find(
      ({ ranges, via }) =>
        !("id" in via && via.id === own) &&
        ranges.some((range) => contains(range, cidr) && contains(cidr, range)),
    );
    if (other === undefined) return [];
    const { path, via } = other;
    const way = "id" in via ? via.id : via.kind === "federation" ? "VPC peering" : "routes of somebody else";
    const message = `is also a range of ${formatPath(path)}, to which ${way} leads, and a route table has one way for a range; write the narrower range that ${own} leads to, or leave runner.via out`;
    return [{ path: ["runner", "cidrs", index], message, related: [path, ["runner", "via"]] }];
  });
};
