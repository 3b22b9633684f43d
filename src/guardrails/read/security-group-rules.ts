import type { Resource } from "../resource";
import { at, type Attributes, isUnknown, items, Unknown, type Value } from "../../values/value";

/** The rules of security groups, whichever of Terraform's three ways they are written in, in one shape. */
export function securityGroupRules(resource: Resource): Resource[] {
  const { attributes } = resource;
  switch (resource.type) {
    case "aws_security_group_rule":
      return [
        sgRule(resource, attributes, attributes.type, attributes.cidr_blocks, attributes.ipv6_cidr_blocks),
      ];
    case "aws_vpc_security_group_ingress_rule":
      return [sgRule(resource, single(attributes), "ingress", attributes.cidr_ipv4, attributes.cidr_ipv6)];
    case "aws_vpc_security_group_egress_rule":
      return [sgRule(resource, single(attributes), "egress", attributes.cidr_ipv4, attributes.cidr_ipv6)];
    case "aws_security_group":
      return ["ingress", "egress"].flatMap((direction) =>
        isUnknown(attributes[direction])
          ? []
          : items(attributes[direction]).map((each, index) => inline(resource, direction, each, index)),
      );
    default:
      return [];
  }
}

function single(attributes: Attributes): Attributes {
  return { ...attributes, protocol: attributes.ip_protocol };
}

function inline(resource: Resource, direction: string, block: Value, index: number): Resource {
  const address = `${resource.address}#${direction}[${index}]`;
  const attributes: Attributes =
    typeof block === "object" && block !== null
      ? { ...(block as Attributes), security_group_id: new Unknown(true, `\${${resource.address}.id}`) }
      : {};
  return sgRule(
    { ...resource, address },
    attributes,
    direction,
    at(block, "cidr_blocks"),
    at(block, "ipv6_cidr_blocks"),
  );
}

function referenced(rule: Attributes): Value {
  const lists = [rule.source_security_group_id, rule.referenced_security_group_id, rule.security_groups];
  return lists.flatMap((each) => (isUnknown(each) ? [each] : items(each)));
}

function sgRule(resource: Resource, rule: Attributes, direction: Value, ipv4: Value, ipv6: Value): Resource {
  const unknown = [ipv4, ipv6].find(isUnknown);
  return {
    ...resource,
    type: "sg-rule",
    attributes: {
      // The module's default.
      direction: direction ?? "ingress",
      fromPort: rule.from_port,
      toPort: rule.to_port,
      protocol: rule.protocol,
      cidrs: unknown ?? [...items(ipv4), ...items(ipv6)],
      description: rule.description,
      group: rule.security_group_id,
      /** Groups at the other end. */
      groups: referenced(rule),
      self: rule.self,
      prefixLists: [...items(rule.prefix_list_ids), ...items(rule.prefix_list_id)],
    },
  };
}
