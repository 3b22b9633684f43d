import { regionNamed, regions } from "../../src/facts/regions";

test.each(Object.entries(regions))(
  "accounts of %s are account numbers, or said to be unknown",
  (_, region) => {
    const { eksImages, bottlerocketImages = "000000000000", accessLogs = "000000000000" } = region;

    for (const account of [eksImages, bottlerocketImages, accessLogs]) expect(account).toMatch(/^\d{12}$/);
  },
);

test("opt-in regions have registry accounts of their own", () => {
  const own = ["af-south-1", "eu-south-1", "me-central-1", "us-gov-west-1", "us-east-1"].map(regionNamed);

  expect(new Set(own.map(({ eksImages }) => eksImages)).size).toBe(own.length);
  expect(new Set(own.map(({ bottlerocketImages }) => bottlerocketImages)).size).toBe(own.length);
});

test("Bottlerocket knows no account of the newest regions", () => {
  expect(regionNamed("mx-central-1").bottlerocketImages).toBeUndefined();
});

test("access logs are written by an account of AWS's in GovCloud only", () => {
  const byAccount = Object.entries(regions).filter(([, { accessLogs }]) => accessLogs !== undefined);

  expect(byAccount.map(([name]) => name)).toEqual(
    Object.keys(regions).filter((name) => regions[name]?.partition === "aws-us-gov"),
  );
});

test("a region that the schema refuses has no record", () => {
  expect(() => regionNamed("us-east-9")).toThrow("us-east-9 is not a region");
});
