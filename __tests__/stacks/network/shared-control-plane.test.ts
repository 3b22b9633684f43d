import { reachOf, unmet } from "../../reachability/support";
import { problemsIn } from "../../support/problems";
import { aTarget } from "../../support/fixtures";
import { parsed, releaseValues, resourcesOf, synthYaml } from "../../support/synth";

const reason = "the network team gives no further ranges in this VPC";
const shared = (tier: string, zones = "", pods = ", pods: { prefix: 20 }") =>
  `zones: [us-east-1a, us-east-1b, us-east-1c], subnets: { controlPlane: { in: ${tier}, reason: ${reason} }${pods} }${zones}`;
const rest = `
cni: { kind: vpc-cni, customNetworking: true }
namespaces: { shop: { apiServer: true } }
`;
const stacks = synthYaml(`network: { ${shared("pods")} }${rest}`);

describe("a control plane in the pods' subnets", () => {
  test("has no subnets of its own, and the cluster those of the pods in its zones", () => {
    const ids = parsed(stacks.network).output?.control_plane_subnet_ids?.value;

    expect(JSON.stringify(Object.keys(resourcesOf(stacks.network, "aws_subnet")))).not.toContain(
      "controlPlane",
    );
    expect(ids).toEqual(
      Object.fromEntries(
        ["us-east-1a", "us-east-1b", "us-east-1c"].map((zone) => [
          zone,
          `\${aws_subnet.network_pods-${zone}.id}`,
        ]),
      ),
    );
  });

  test("is known by those ranges to pods that call the API server", () => {
    const policies = JSON.stringify(
      releaseValues(stacks.policies, "namespace-shop_policies-shop_helm_release"),
    );

    // The upper half of each zone's block.
    for (const cidr of ["10.0.32.0/20", "10.0.96.0/20", "10.0.160.0/20"]) expect(policies).toContain(cidr);
  });

  test("reaches and is reached as everybody needs it", () => {
    expect(unmet(reachOf(aTarget(`network: { ${shared("pods")} }${rest}`)).judged)).toEqual([]);
  });
});

test.each<[string, string, string]>([
  [
    "tier that is not there",
    shared("pods", "", ""),
    "network.subnets.controlPlane.in: pods  names subnets that this target does not have; write network.subnets.pods, or nodes",
  ],
  [
    "zone that the tier has not",
    shared("nodes", ", controlPlaneZones: [us-east-1a, us-east-1b, us-east-1d]"),
    "network.subnets.controlPlane.in: nodes  has no subnet in us-east-1d, where the control plane is; add the zone to network.zones, or give the control plane subnets of its own",
  ],
])("refuses a %s", (_what, network, problem) => {
  const lines = problemsIn(`network: { vpcCidr: 10.0.0.0/16, ${network} }\n`).map((line) =>
    line.replace(/^\S+  /, ""),
  );

  expect(lines).toContain(problem);
});
