import type { Resource } from "../resource";
import { isUnknown, items, type Value } from "../../values/value";
import { parseTemplate } from "./expression";
import { helmRelease, kubernetesResource } from "./helm-values";
import { policyStatements } from "./policy-statements";
import { securityGroupRules } from "./security-group-rules";

/** A resource, and the parts of it that rules judge one by one. */
export function expand(resource: Resource): Resource[] {
  if (resource.type === "helm_release") return helmRelease(resource);
  const whole = resource.type === "aws_eks_addon" ? addon(resource) : resource;
  return [whole, ...securityGroupRules(whole), ...policyStatements(whole), ...kubernetesResource(whole)];
}

function addon(resource: Resource): Resource {
  const [text] = items(resource.attributes.configuration_values);
  const configuration: Value =
    typeof text === "string"
      ? parseTemplate(text)
      : isUnknown(text)
        ? (parseTemplate(text.text) ?? text)
        : {};
  return { ...resource, attributes: { ...resource.attributes, configuration } };
}
