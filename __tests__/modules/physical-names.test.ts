import { NameTooLongError, physicalName } from "../../src/modules/physical-names";
import { karpenterControllerRole } from "../../src/modules/role-names";

test("joins the parts with dashes", () => {
  expect(physicalName("iamRole", "prod-us-east-1", "main", "nodes")).toBe("prod-us-east-1-main-nodes");
});

describe("a name is refused by the limit of its kind", () => {
  test.each([
    ["iamRole", 64],
    ["eksCluster", 100],
    ["nodeGroup", 36],
    ["helmRelease", 53],
    ["ciliumCluster", 32],
  ] as const)("%s: %i characters are taken, one more is not", (kind, limit) => {
    const longest = "x".repeat(limit);

    expect(physicalName(kind, longest)).toBe(longest);
    expect(() => physicalName(kind, `${longest}y`)).toThrow(NameTooLongError);
  });

  test("the message says the name, its length and the limit", () => {
    const make = () => physicalName("helmRelease", "a".repeat(50), "bcd");

    expect(make).toThrow(`helmRelease name ${"a".repeat(50)}-bcd has 54 characters, more than 53`);
  });

  test("dashes count", () => {
    expect(() => physicalName("ciliumCluster", "a".repeat(31), "")).not.toThrow();
    expect(() => physicalName("ciliumCluster", "a".repeat(32), "")).toThrow(NameTooLongError);
  });
});

test("Karpenter's role is named by the cluster, which tells the region: IAM is global", () => {
  expect(karpenterControllerRole("prod-us-east-1")).toBe("prod-us-east-1-karpenter");
});
