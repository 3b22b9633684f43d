import { at, isUnknown, items, text, texts, type Value } from "../../values/value";
import { asksAsAWhole, type ContainerAmounts } from "./pod-resources";

/** What restricts a quota to some pods. */
export interface QuotaScope {
  readonly name: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** All of them have to hold; a scope by itself asks whether it does at all. */
export function scopesOf(spec: Value): QuotaScope[] {
  return [
    ...texts(at(spec, "scopes")).map((name) => ({ name, operator: "Exists", values: [] })),
    ...items(at(spec, "scopeSelector", "matchExpressions")).map((each) => ({
      name: text(at(each, "scopeName")),
      operator: text(at(each, "operator")),
      values: texts(at(each, "values")),
    })),
  ];
}

/**
 * Whether a quota counts a pod (kubernetes/kubernetes v1.33.13, pkg/quota/v1/evaluator/core/pods.go, podMatchesScopeFunc);
 * undefined: nobody can tell.
 */
export function isCounted(
  scopes: readonly QuotaScope[],
  spec: Value,
  containers: readonly ContainerAmounts[],
): boolean | undefined {
  const answers = scopes.map((scope) => holds(scope, spec, containers));
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function holds(
  { name, operator, values }: QuotaScope,
  spec: Value,
  containers: readonly ContainerAmounts[],
): boolean | undefined {
  const [deadline, priority] = [at(spec, "activeDeadlineSeconds"), at(spec, "priorityClassName")];
  switch (name) {
    case "Terminating":
    case "NotTerminating":
      if (isUnknown(deadline)) return undefined;
      return (deadline !== undefined && deadline !== null) === (name === "Terminating");
    case "BestEffort":
    case "NotBestEffort":
      return asksForNothing(spec, containers) === (name === "BestEffort");
    case "PriorityClass":
      return isUnknown(priority) ? undefined : isClass(text(priority), operator, values);
    default:
      return undefined;
  }
}

/** The API server gives no pod a class here that names none: no stack makes one that is everybody's. */
function isClass(priority: string, operator: string, values: readonly string[]): boolean | undefined {
  switch (operator) {
    case "Exists":
      return priority !== "";
    case "DoesNotExist":
      return priority === "";
    case "In":
      return values.includes(priority);
    case "NotIn":
      return !values.includes(priority);
    default:
      return undefined;
  }
}

/** Neither CPU nor memory, of any of its containers (k8s.io/kubernetes pkg/apis/core/v1/helper/qos). */
function asksForNothing(spec: Value, containers: readonly ContainerAmounts[]): boolean {
  return (
    !asksAsAWhole(spec) &&
    containers.every(({ requests, limits }) =>
      [requests, limits].every((amounts) =>
        ["cpu", "memory"].every((resource) => !((amounts.get(resource) ?? 0) > 0)),
      ),
    )
  );
}
