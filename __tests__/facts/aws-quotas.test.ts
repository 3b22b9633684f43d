import { type AwsQuota, awsQuotaNames, awsQuotas, isAwsQuotaName } from "../../src/facts/aws-quotas";

// Amazon VPC User Guide, "Amazon VPC quotas"; vCPUs from the EKS Best Practices Guide, "Known Limits".
test.each([
  ["networkInterfaces", 5000, "zone"],
  ["elasticIps", 5, "region"],
  ["natGateways", 5, "zone"],
  ["routes", 500, "route-table"],
  ["securityGroupRules", 60, "security-group"],
  ["cidrBlocks", 5, "vpc"],
  ["vcpusOnDemand", 5, "region"],
] as const)("%s are %d by default in a %s", (name, value, scope) => {
  expect(awsQuotas[name]).toMatchObject({ default: value, scope });
});

test("every quota names its source and has a code that Service Quotas takes", () => {
  const facts: readonly AwsQuota[] = awsQuotaNames.map((name) => awsQuotas[name]);

  expect(facts.filter(({ source, code }) => source === "" || !/^L-[0-9A-F]{8}$/.test(code ?? ""))).toEqual(
    [],
  );
});

test("tells its own names from others", () => {
  expect(isAwsQuotaName("routes")).toBe(true);
  expect(isAwsQuotaName("toString")).toBe(false);
});
