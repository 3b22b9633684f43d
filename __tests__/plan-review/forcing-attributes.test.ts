import fs from "node:fs";
import path from "node:path";
import { createOnly, disagreements, isCreateOnly } from "../../src/plan-review/facts/create-only";
import { forcingAttributes } from "../../src/plan-review/facts/forcing-attributes";
import { formatSarif } from "../../src/plan-review/format/sarif";
import { entry, reviewOf } from "./support";

describe("attributes that force a replacement", () => {
  test("are known of as many resources as the documentation says, each with the place it was read at", () => {
    const page = fs.readFileSync(path.join(__dirname, "..", "..", "docs", "plan-review.md"), "utf8");
    expect(page).toContain(`holds the attributes of ${forcingAttributes.size} resources`);
    for (const { attributes, byValues = [], source } of forcingAttributes.values()) {
      expect(attributes.length + byValues.length).toBeGreaterThan(0);
      expect(source.version).toMatch(/^\d+\.\d+\.\d+$/);
      expect(source.place).toMatch(/^(internal\/service\/\w+ \w+|helm\/\w+\.go)$/);
    }
  });

  test("are all that AWS takes at creation only, but for those that Terraform changes or does not have", () => {
    const unmatched = [...createOnly].flatMap(([type, { attributes }]) => {
      const forcing = forcingAttributes.get(type)?.attributes ?? [];
      const isForced = (name: string) =>
        forcing.some((each) => each === name || each.startsWith(`${name}.`) || name.startsWith(`${each}.`));
      return attributes.filter((each) => !isForced(each)).map((each) => `${type}.${each}`);
    });
    const excused = Object.entries(disagreements).flatMap(([type, reasons]) =>
      Object.keys(reasons).map((each) => `${type}.${each}`),
    );

    expect(unmatched.sort()).toEqual(excused.sort());
  });

  test("are replaced for some values only where the provider's source says so", () => {
    const some = Object.entries(disagreements).flatMap(([type, reasons]) =>
      Object.entries(reasons)
        .filter(([, why]) => why.includes("some values"))
        .map(([attribute]) => forcingAttributes.get(type)?.byValues?.includes(attribute)),
    );

    expect(some).toEqual([true]);
  });

  test("are those of the version that stacks pin", () => {
    const pins = new Map(
      [...forcingAttributes.values()].map(({ source }) => [source.repository, source.version]),
    );

    for (const [provider, repository] of [
      ["aws", "hashicorp/terraform-provider-aws"],
      ["helm", "hashicorp/terraform-provider-helm"],
    ] as const) {
      const bindings = fs.readFileSync(
        require.resolve(`@cdktf/provider-${provider}/lib/provider/index.js`),
        "utf8",
      );
      expect(bindings).toContain(`providerVersion: '${pins.get(repository)}'`);
    }
  });

  // hashicorp/terraform-provider-aws v6.25.0, internal/service.
  test.each([
    ["aws_eks_node_group", "launch_template.name"],
    ["aws_eks_access_policy_association", "access_scope"],
    ["aws_flow_log", "regional_nat_gateway_id"],
    ["aws_route", "destination_cidr_block"],
    ["aws_sqs_queue", "fifo_queue"],
    ["aws_vpc_security_group_ingress_rule", "security_group_id"],
    ["aws_s3_bucket_versioning", "bucket"],
  ])("%s is replaced for its %s", (type, attribute) => {
    expect(forcingAttributes.get(type)?.attributes).toContain(attribute);
  });

  test.each([
    // In place since 6.x: "remote_network_config" of UpdateClusterConfig.
    ["aws_eks_cluster", "remote_network_config"],
    ["aws_eks_cluster", "vpc_config"],
    ["aws_eks_node_group", "scaling_config"],
  ])("%s is not replaced for its %s", (type, attribute) => {
    expect(forcingAttributes.get(type)?.attributes).not.toContain(attribute);
  });

  test.each([
    ["aws_eks_node_group", "subnet_ids", true],
    ["aws_eks_cluster", "kubernetes_network_config.service_ipv4_cidr", true],
    ["aws_vpc_security_group_ingress_rule", "from_port", false],
    ["constructor", "name", false],
  ])("%s.%s is taken at creation only by AWS and Terraform alike: %s", (type, attribute, agreed) => {
    expect(isCreateOnly(type, attribute)).toBe(agreed);
  });

  test.each([
    ["aws_eks_cluster", { name: "a" }, { name: "b" }, "EKS-CLUSTER-LOST"],
    ["aws_subnet", { availability_zone: "us-east-1a" }, { availability_zone: "us-east-1b" }, "NET-MOVED"],
    [
      "aws_eks_node_group",
      { instance_types: ["m7i.large"] },
      { instance_types: ["m7i.xlarge"] },
      "NODES-LOST",
    ],
    ["helm_release", { namespace: "a" }, { namespace: "b" }, "HELM-LOST"],
    ["aws_acm_certificate", { domain_name: "a.example" }, { domain_name: "b.example" }, "REPLACED"],
  ])(
    "an update of %s that forces one is a doubt, under the rule that a replacement has",
    (type, before, after, id) => {
      const review = reviewOf([entry(type, { before, after })]);
      const inDoubt = review.changes[0]?.findings.filter(({ doubt }) => doubt !== undefined);

      expect(inDoubt?.map(({ rule, impact }) => [rule, impact])).toEqual([[id, "may-replace"]]);
      expect(formatSarif(review, "0")).toContain(`"ruleId": "${id}"`);
    },
  );
});
