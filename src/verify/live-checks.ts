import { addressChecks } from "./checks/address-checks";
import { balancerChecks } from "./checks/balancer-checks";
import { clusterChecks } from "./checks/cluster-checks";
import { cniChecks } from "./checks/cni-checks";
import { deliveryChecks } from "./checks/delivery-checks";
import { dnsChecks } from "./checks/dns-checks";
import { identityChecks } from "./checks/identity-checks";
import { meshChecks } from "./checks/mesh-checks";
import { nodeChecks } from "./checks/node-checks";
import { requestedChecks } from "./checks/requested-checks";
import { secretChecks } from "./checks/secret-checks";
import { trafficChecks } from "./checks/traffic-checks";
import { groups, type LiveCheck } from "./live-check";

const all: readonly LiveCheck[] = [
  ...clusterChecks,
  ...nodeChecks,
  ...cniChecks,
  ...addressChecks,
  ...dnsChecks,
  ...identityChecks,
  ...balancerChecks,
  ...meshChecks,
  ...secretChecks,
  ...deliveryChecks,
  ...trafficChecks,
  ...requestedChecks,
];

/** Every live check, by group. */
export const liveChecks: readonly LiveCheck[] = groups.flatMap((group) =>
  all.filter((each) => each.group === group),
);
