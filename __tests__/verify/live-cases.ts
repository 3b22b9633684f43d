import { addressCases } from "./cases/address-cases";
import { balancerCases } from "./cases/balancer-cases";
import { clusterCases } from "./cases/cluster-cases";
import { cniCases } from "./cases/cni-cases";
import { deliveryCases } from "./cases/delivery-cases";
import { identityCases } from "./cases/identity-cases";
import { meshCases } from "./cases/mesh-cases";
import { nodeCases } from "./cases/node-cases";
import { requestedCases } from "./cases/requested-cases";
import { secretCases } from "./cases/secret-cases";
import type { LiveCase } from "./cases/objects";

/** Every check with answers, both ways. */
export const cases: readonly LiveCase[] = [
  ...clusterCases,
  ...nodeCases,
  ...cniCases,
  ...addressCases,
  ...identityCases,
  ...balancerCases,
  ...meshCases,
  ...secretCases,
  ...deliveryCases,
  ...requestedCases,
];
