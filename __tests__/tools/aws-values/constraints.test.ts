import { javaScriptPattern, propertyConstraints } from "../../../tools/aws-values/property-constraints";
import { snakeCase, terraformPath } from "../../../tools/aws-values/terraform-paths";

// The form of CloudFormation's schemas: definitions by reference, entries of lists below items.
test("constraints of a schema are found below references, in lists and in objects", () => {
  const found = propertyConstraints({
    definitions: {
      Rule: {
        properties: {
          Description: { type: "string", maxLength: 255 },
          Ports: { $ref: "#/definitions/Ports" },
        },
      },
      Ports: { type: "array", maxItems: 5, items: { type: "integer", minimum: 1, maximum: 65535 } },
    },
    properties: {
      Name: { type: "string", pattern: "[a-z]{1,8}", minLength: 0 },
      Rules: { type: "array", items: { $ref: "#/definitions/Rule" } },
      Mode: { enum: ["a", "b"] },
      Free: { type: "string" },
    },
  });

  expect(Object.fromEntries(found)).toEqual({
    Name: { pattern: "^(?:[a-z]{1,8})$" },
    "Rules[].Description": { maxLength: 255 },
    "Rules[].Ports": { maxItems: 5 },
    "Rules[].Ports[]": { minimum: 1, maximum: 65535 },
    Mode: { enum: ["a", "b"] },
  });
});

test("a definition that holds itself comes to an end", () => {
  const Node = { properties: { Name: { maxLength: 3 }, Next: { $ref: "#/definitions/Node" } } };

  expect(
    propertyConstraints({ definitions: { Node }, properties: { Top: { $ref: "#/definitions/Node" } } }).size,
  ).toBeLessThan(20);
});

test.each([
  ["^[.\\-_/#A-Za-z0-9]{1,512}\\Z", "a/b", true],
  ["^[.\\-_/#A-Za-z0-9]{1,512}\\Z", "a b", false],
  ["[\\w+=,.@-]+", "role-a", true],
  ["[\\w+=,.@-]+", "role a", false],
  ["^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$", "Größe 1", true],
  ["^a\\_b\\-c$", "a_b-c", true],
])("%s of a schema becomes a pattern of JavaScript: %s is %s", (pattern, text, expected) => {
  expect(new RegExp(javaScriptPattern(pattern), "u").test(text)).toBe(expected);
});

describe("the attribute that a property stands for", () => {
  const block = {
    attributes: {
      name: { optional: true },
      arn: { computed: true },
      ingress: { optional: true, type: ["set", ["object", { description: "string" }]] },
    },
    block_types: { stateful_rule: { block: { attributes: { action: { required: true } } } } },
  };
  const path = (property: string, properties: Record<string, string> = {}) =>
    terraformPath(property, { cloudFormation: "AWS::X::Y", properties }, block);

  test.each([
    ["has the name with underscores", "Name", {}, "name"],
    ["has the name that is given", "RoleName", { RoleName: "name" }, "name"],
    ["is found in lists of objects", "Ingress[].Description", {}, "ingress.description"],
    ["is found in a block, whose name is of one", "StatefulRules[].Action", {}, "stateful_rule.action"],
    ["is found without a level", "Input.Name", { Input: "" }, "name"],
    ["is none where Terraform only reads it", "Arn", {}, undefined],
    ["is none where the provider has none", "Other", {}, undefined],
    ["is none of an object that has no such field", "Ingress[].Other", {}, undefined],
  ])("%s", (_, property, names, expected) => {
    expect(path(property, names)).toBe(expected);
  });

  test.each([
    ["KmsKeyId", "kms_key_id"],
    ["AWSServiceName", "aws_service_name"],
    ["ResourcesVpcConfig", "resources_vpc_config"],
  ])("%s is %s", (name, expected) => {
    expect(snakeCase(name)).toBe(expected);
  });
});
