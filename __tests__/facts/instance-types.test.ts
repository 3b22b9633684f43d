import {
  instanceType,
  instanceTypeNames,
  instanceTypeSource,
  nearestInstanceTypes,
  priceSource,
  requireInstanceType,
  UnknownInstanceTypeError,
} from "../../src/facts/instance-types";

test("knows m5.large", () => {
  expect(instanceType("m5.large")).toMatchObject({
    name: "m5.large",
    vcpu: 2,
    memoryMiB: 8192,
    arch: ["x86_64"],
    enis: 3,
    ipv4PerEni: 10,
    trunking: true,
    branchEnis: 9,
    hypervisor: "nitro",
    bareMetal: false,
    onDemandUsdPerHour: 0.096,
  });
});

test("says where the figures and the prices are from", () => {
  expect(instanceTypeSource).toContain("EC2");
  expect(priceSource).toMatchObject({ region: "us-east-1", currency: "USD" });
  expect(priceSource.asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
});

test.each(["toString", "__proto__", "constructor", "", "m5.larg"])("does not know %j", (name) => {
  expect(instanceType(name)).toBeUndefined();
});

// aws/amazon-vpc-cni-k8s misc/eni-max-pods.txt: 51 and 100 pods, which one and two ENIs of 50 addresses give.
test.each([
  ["hpc6id.32xlarge", 1],
  ["hpc7a.96xlarge", 2],
  ["hpc8a.96xlarge", 2],
  ["trn2.48xlarge", 2],
])("counts the default network card of %s alone", (name, enis) => {
  expect(instanceType(name)?.enis).toBe(enis);
});

test.each([
  ["m5.larg", "m5.large"],
  ["m5large", "m5.large"],
  ["M7G.XLARGE", "m7g.xlarge"],
  ["c6i.4xlarg", "c6i.4xlarge"],
])("offers for %s first %s", (written, meant) => {
  expect(nearestInstanceTypes(written)[0]).toBe(meant);
});

test("suggests nothing for a word that resembles no type", () => {
  expect(nearestInstanceTypes("standard_d4s_v5")).toEqual([]);
});

test("refuses an unknown type, naming it and a near miss", () => {
  expect(() => requireInstanceType("m5.larg")).toThrow(UnknownInstanceTypeError);
  expect(() => requireInstanceType("m5.larg")).toThrow(/"m5\.larg" is not an EC2 instance type .*m5\.large/);
  expect(() => requireInstanceType("standard_d4s_v5")).toThrow(/m7g\.large/);
});

test("every type has at least one ENI of two addresses, and vCPUs", () => {
  const odd = instanceTypeNames()
    .map(requireInstanceType)
    .filter(({ enis, ipv4PerEni, vcpu }) => !(enis >= 1 && ipv4PerEni >= 2 && vcpu >= 1));

  expect(odd).toEqual([]);
});

test("branch ENIs and trunking agree, or both are unknown", () => {
  const odd = instanceTypeNames()
    .map(requireInstanceType)
    .filter(
      ({ trunking, branchEnis }) =>
        (trunking === null) !== (branchEnis === null) || (trunking === true && branchEnis === 0),
    );

  expect(odd).toEqual([]);
});
