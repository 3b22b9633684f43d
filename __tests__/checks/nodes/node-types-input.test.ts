import { ENVIRONMENT, NETWORK, problemsIn } from "../../support/problems";

const types = (names: string, more = "") =>
  problemsIn(
    `${NETWORK}nodes: { main: { instanceTypes: [${names}], size: { min: 3, max: 3 }${more} } }\n`,
    ENVIRONMENT.replace(/nodes:\n.*\n/, ""),
  ).map((line) => line.replace(/^\S+ {2}/, ""));
const pool = (text: string) =>
  problemsIn(
    `${NETWORK}capacity: { quotas: { vcpusOnDemand: 4000, vcpusSpot: 4000 } }\nkarpenter: { pools: { general: { class: general, limits: { cpus: 64 }, ${text} } } }\n`,
  ).map((line) => line.replace(/^\S+ {2}/, ""));

const SIZES = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge"];
const twenty = ["m7i", "m6i", "c7i", "c6i"].flatMap((family) => SIZES.map((size) => `${family}.${size}`));

// EKS API reference, CreateNodegroup: 0 to 20 instance types (botocore 1.44.8, data/eks).
test("a group has at most 20 instance types", () => {
  expect(types(twenty.join(", "))).toEqual([]);
  expect(types([...twenty, "r7i.large"].join(", "))).toEqual([
    "nodes.main.instanceTypes  AWS rejects this: at most 20 types in a group; write fewer, or make two groups",
  ]);
});

const A1 =
  "has first-generation Graviton processors, on which AL2023 does not start; write a type with Graviton2 or later, such as m6g, or ami: bottlerocket";

test("types that no image starts on are refused", () => {
  expect(types("mac2.metal")).toContain(
    "nodes.main.instanceTypes[0]: mac2.metal  runs macOS on a dedicated host, and no image of EKS's starts on it; write another type",
  );
  expect(types("a1.large")).toEqual([`nodes.main.instanceTypes[0]: a1.large  ${A1}`]);
  expect(pool("arch: [arm64], instanceTypes: [m7g.large, a1.xlarge]")).toEqual([
    `karpenter.pools.general.instanceTypes[1]: a1.xlarge  ${A1}`,
  ]);
});

test("Bottlerocket starts on A1", () => {
  expect(types("a1.large", ", ami: bottlerocket")).toEqual([]);
});

test("a type that resembles no known one gets an example of a type", () => {
  expect(types("u-6tb1.metal")).toEqual([
    "nodes.main.instanceTypes[0]: u-6tb1.metal  is not an EC2 instance type; write a type as EC2 names it, for example m7g.large",
  ]);
});

test("more blocks are not advised for a zone letter that no block is for", () => {
  const network = NETWORK.replace("us-east-1c", "us-east-1z");

  expect(problemsIn(network).join()).toContain(
    "us-east-1z has no block: there are 8 at most, for zones a to h; write another zone, or give cidrs for each tier",
  );
});

test.each(["169.254.0.0/16", "127.0.0.0/16", "224.0.0.0/16", "0.0.0.0/16"])(
  "refuses %s for a VPC, where no host can have an address",
  (range) => {
    expect(problemsIn(NETWORK.replace("10.0.0.0/16", range)).join()).toContain(
      "lies where no host can have an address",
    );
  },
);
