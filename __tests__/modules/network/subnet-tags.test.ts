import type { Tier } from "../../../src/modules/network/tier";
import { tierTags } from "../../../src/modules/network/subnet-tags";

// AWS Load Balancer Controller, deploy/subnet_discovery: it finds subnets by these tags.
test.each<[Tier, Record<string, string>]>([
  ["public", { "kubernetes.io/role/elb": "1", "kubernetes.io/cluster/dev": "shared" }],
  [
    "nodes",
    {
      "kubernetes.io/role/internal-elb": "1",
      "kubernetes.io/cluster/dev": "shared",
      "karpenter.sh/discovery": "dev",
    },
  ],
  ["pods", { "octarine/pods": "dev" }],
  ["controlPlane", {}],
])("a subnet of tier %s carries exactly its tags", (tier, tags) => {
  expect(tierTags(tier, "dev")).toEqual(tags);
});
