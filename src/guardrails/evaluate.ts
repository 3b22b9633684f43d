import { byType, type Inventory, type Resource, type Source } from "./resource";
import type { Rule, Severity, Verdict } from "./rule";

/** What a rule says of one resource, in one reading. */
export interface Finding {
  readonly rule: Rule;
  /** crash: the rule itself failed, so that nothing is known of the resource. */
  readonly outcome: Verdict["outcome"] | "crash";
  readonly severity: Severity;
  readonly stack: string;
  readonly address: string;
  readonly source: Source;
  readonly detail: string;
  /** Path of the setting that decides it, where one does. */
  readonly setting?: string;
}

/** Everything the rules find, in the order of rules and resources. Never throws. */
export function evaluate(inventory: Inventory, rules: readonly Rule[]): Finding[] {
  const index = byType(inventory.resources);
  return rules.flatMap((rule) =>
    rule.types
      .flatMap((type) => index.get(type) ?? [])
      .filter(({ source }) => rule.sources.includes(source))
      .flatMap((resource) => judge(rule, resource, inventory)),
  );
}

function judge(rule: Rule, resource: Resource, inventory: Inventory): Finding[] {
  const finding = (outcome: Finding["outcome"], detail: string, severity = rule.severity): Finding => {
    const { stack, address, source } = resource;
    const setting = settingOf(rule, resource);
    return {
      rule,
      outcome,
      severity,
      stack,
      address,
      source,
      detail,
      ...(setting !== undefined && { setting }),
    };
  };
  try {
    return rule.check(resource, inventory).map(({ outcome, detail }) => finding(outcome, detail));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [finding("crash", `the rule failed, so this is not checked: ${message}`, "error")];
  }
}

function settingOf({ setting }: Rule, resource: Resource): string | undefined {
  if (typeof setting !== "function") return setting;
  try {
    return setting(resource);
  } catch {
    return undefined;
  }
}
