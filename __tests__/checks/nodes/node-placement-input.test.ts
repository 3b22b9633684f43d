import { ENVIRONMENT, NETWORK, problemsIn, warningsOf } from "../../support/problems";

const yaml = (type: string, text: string, size = "min: 0, max: 2") =>
  `${NETWORK}capacity: { quotas: { vcpusOnDemand: 4000 } }\nnodes: { hpc: { instanceTypes: [${type}], size: { ${size} }, maxPods: 20, ${text} } }\n`;
const said = (type: string, text: string, size?: string) => problemsIn(yaml(type, text, size));
const ID = "id: cr-0123456789abcdef0";
const GROUP = "arn:aws:resource-groups:us-east-1:111122223333:group/training";
const zone = "zones: [us-east-1a]";

test.each([
  ["m7i.large", `${zone}, placementGroup: { name: near, strategy: cluster }`],
  ["m7i.large", "placementGroup: { name: apart, strategy: spread }"],
  ["m7i.large", `${zone}, capacityReservation: { kind: on-demand, ${ID} }`],
  ["m7i.large, m7a.large", `capacityReservation: { kind: resource-group, arn: "${GROUP}" }`],
  ["p5.48xlarge", `${zone}, capacityReservation: { kind: ml-block, ${ID} }, efa: {}`],
  ["c6in.32xlarge", `${zone}, efa: { interfaces: 2 }`],
])("%s with %s is taken", (type, text) => {
  expect(said(type, text)).toEqual([]);
});

// EC2 User Guide, "Placement strategies"; "Create a Capacity Reservation"; "Elastic Fabric Adapter", limitations.
test.each([
  [
    "m7i.large",
    "placementGroup: { name: near, strategy: cluster }",
    "is a cluster placement group, which is in one zone; write nodes.hpc.zones: [us-east-1a]",
  ],
  [
    "m7i.large",
    `capacityReservation: { kind: on-demand, ${ID} }`,
    "is of one zone, and nodes of others would never start",
  ],
  ["c6in.32xlarge", "efa: {}", "does not reach from one zone into another"],
  [
    "m7i.large, m7a.large",
    `${zone}, capacityReservation: { kind: on-demand, ${ID} }`,
    "is of one instance type, and nodes of the others would never start in it",
  ],
  [
    "m7i.large",
    `${zone}, capacity: spot, capacityReservation: { kind: on-demand, ${ID} }`,
    "is of on-demand capacity, and spot nodes take none of it; write capacity: on-demand",
  ],
  [
    "m7i.large",
    `${zone}, capacityReservation: { kind: ml-block, ${ID} }`,
    "can't be for m7i.large: Capacity Blocks are of p4d.24xlarge",
  ],
  [
    "m7i.large",
    `capacityReservation: { kind: resource-group, arn: "${GROUP.replace("us-east-1", "us-west-2")}" }`,
    "is in us-west-2, and reservations are of their own region; write one of us-east-1",
  ],
  [
    "m7i.large",
    `${zone}, efa: {}`,
    "can't be on m7i.large: it has none, or its number of network cards is not known",
  ],
  [
    "c6in.32xlarge",
    `${zone}, efa: { interfaces: 4 }`,
    "is more than the 2 network cards of c6in.32xlarge; write at most 2",
  ],
  [
    "c6in.32xlarge, c6i.32xlarge",
    `${zone}, efa: {}`,
    "is of types with different numbers of network cards; write efa: { interfaces: 1 }",
  ],
])("%s with %s is refused: %s", (type, text, problem) => {
  expect(said(type, text)).toEqual([expect.stringContaining(problem)]);
});

test("more nodes than a spread placement group takes are refused", () => {
  const spread = "placementGroup: { name: apart, strategy: spread }";

  expect(said("m7i.large", spread, "min: 0, max: 22")).toEqual([
    expect.stringMatching(
      /nodes\.hpc\.size\.max: 22 {2}is more than fit into a spread placement group: 7 in each zone, 21 in all/,
    ),
  ]);
});

// EKS User Guide, "Create a managed node group with Capacity Blocks for ML".
test("a capacity block that nodes are started for before it begins is warned of", () => {
  const warned = (size: string) =>
    warningsOf({
      "dev/environment.yaml": ENVIRONMENT,
      "dev/us-east-1.yaml": yaml(
        "p5.48xlarge",
        `${zone}, capacityReservation: { kind: ml-block, ${ID} }`,
        size,
      ),
    }).filter((line) => line.includes("until the block begins"));

  expect(warned("min: 1, max: 2")).toHaveLength(1);
  expect(warned("min: 0, max: 2")).toEqual([]);
});
