import { eksRegistryAccount } from "../../src/facts/eks-registry-accounts";
import { regions } from "../../src/facts/regions";

test.each(Object.keys(regions))("the add-on images of %s are in an account", (region) => {
  expect(eksRegistryAccount(region)).toMatch(/^\d{12}$/);
});

test("regions that must be enabled have accounts of their own", () => {
  const own = ["af-south-1", "eu-south-1", "me-central-1", "us-gov-west-1"].map(eksRegistryAccount);

  expect(new Set([...own, eksRegistryAccount("us-east-1")]).size).toBe(5);
});
