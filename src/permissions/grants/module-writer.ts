import { type ModuleStatement, modulePolicies } from "../../facts/module-policies";
import { statement, unreadPolicy } from "../../guardrails/read/policy-statements";
import type { AwsPlace, Resource } from "../../guardrails/resource";
import {
  type Attributes,
  entries,
  isAbsent,
  isMap,
  isTrue,
  items,
  text,
  type Value,
} from "../../values/value";

/** Writes statements as the module does. */
export class ModuleWriter {
  readonly input: Attributes;

  constructor(
    readonly call: Resource,
    readonly place: AwsPlace,
  ) {
    this.input = call.attributes;
  }

  at(address: string): Resource {
    return {
      ...this.call,
      type: "aws_iam_policy",
      address: `${this.call.address}.${address}`,
      attributes: {},
    };
  }

  /** Statements that the caller writes itself. */
  given(policy: Resource, value: Value): Resource[] {
    return items(value).map((each, index) => statement(policy, "identity", isMap(each) ? each : {}, index));
  }

  /** Those of a document of the module. */
  document(name: string, policy: Resource, holder: "identity" | "resource" = "identity"): Resource[] {
    const statements = modulePolicies[name]?.statements;
    if (statements === undefined) return [unreadPolicy(policy, holder, "policy")];
    return statements
      .filter(({ when }) => when === undefined || this.isOn(when))
      .map((each, index) => statement(policy, holder, this.filled(each), index));
  }

  trusted(role: string, service: string, actions = ["sts:AssumeRole"]): Resource[] {
    const principals = [{ type: "Service", identifiers: [`${service}.amazonaws.com`] }];
    const condition = service === "pods.eks" ? this.input.trust_policy_conditions : undefined;
    return [statement(this.at(role), "trust", { actions, principals, ...(condition && { condition }) }, 0)];
  }

  aws(name: string): string {
    return `arn:${this.place.partition}:iam::aws:policy/${name}`;
  }

  private isOn(input: string): boolean {
    const value = input === "enable_spot_termination" ? (this.input[input] ?? true) : this.input[input];
    return (
      isTrue(value) ||
      (typeof value !== "string" && items(value).some((each) => !isAbsent(each) && each !== false))
    );
  }

  private filled({ resources, ...rest }: ModuleStatement): Attributes {
    const listed = "input" in resources ? this.fromInput(resources.input, resources.or ?? []) : resources;
    const known = this.fill(rest);
    return { ...(isMap(known) && known), resources: this.fill(listed) };
  }

  private fromInput(input: string, fallback: readonly string[]): Value {
    const value = this.input[input];
    return isAbsent(value) ? fallback : value;
  }

  private fill(value: Value): Value {
    if (typeof value === "string")
      return !value.includes("{")
        ? value
        : value.replaceAll(/\{(\w+)\}/g, (_, name: string) => this.word(name));
    if (Array.isArray(value)) return (value as readonly Value[]).map((each) => this.fill(each));
    return isMap(value)
      ? Object.fromEntries(entries(value).map(([key, each]) => [key, this.fill(each)]))
      : value;
  }

  private word(name: string): string {
    const { partition, region, account } = this.place;
    const { cluster_name: cluster } = this.input;
    const own = `arn:${partition}`;
    const words: Readonly<Record<string, string>> = {
      partition,
      region,
      account_id: account,
      cluster_name: text(cluster),
      queue_arn: `${own}:sqs:${region}:${account}:${text(this.input.queue_name) || `Karpenter-${text(cluster)}`}`,
      node_role_arn: `${own}:iam::${account}:role${text(this.input.node_iam_role_path) || "/"}${text(this.input.node_iam_role_name)}`,
    };
    return words[name] ?? name;
  }
}
