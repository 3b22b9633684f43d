import { overlaps, parseCidr } from "../../ip-capacity/cidr";
import type { TargetCheck } from "../finding";

/** Docker's bridge on the hosts of EKS's control planes. */
const DOCKER = parseCidr("172.17.0.0/16");

/**
 * Amazon EKS User Guide, "View Amazon EKS networking requirements for VPC and subnets": Docker runs in 172.17.0.0/16 in
 * EKS clusters, and the VPC's subnets should not overlap it; else the API server finds no route to kubelets there.
 */
export const dockerRangeCheck: TargetCheck = ({ ownRanges }) =>
  ownRanges
    .filter(({ kind, cidr }) => kind === "vpc" && overlaps(cidr, DOCKER))
    .map(({ path }) => ({
      path,
      message:
        "overlaps 172.17.0.0/16, which Docker has on EKS's control planes: they may find no route to nodes there (logs, exec, webhooks); write another range",
      rule: "VPC-DOCKER-RANGE",
      severity: "warning",
    }));
