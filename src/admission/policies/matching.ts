import { at, isUnknown, items, text, texts, type Unknown, type Value } from "../../values/value";

/** A request that makes an object. */
export interface Making {
  readonly group: string;
  readonly version: string;
  /** In the plural: `pods`. */
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
  readonly namespaceLabels: Readonly<Record<string, string | Unknown>>;
  readonly labels: Readonly<Record<string, string | Unknown>>;
}

/** Undefined: it hangs on what is not known yet. */
type Answer = boolean | undefined;

/** Whether constraints of a policy or of its binding take in a request; none take in all. */
export function matches(constraints: Value, making: Making): Answer {
  if (constraints === undefined) return true;
  if (isUnknown(constraints)) return undefined;
  const rules = at(constraints, "resourceRules");
  const isNamed = rules === undefined || items(rules).some((each) => isRuleFor(each, making));
  if (!isNamed || items(at(constraints, "excludeResourceRules")).some((each) => isRuleFor(each, making)))
    return false;
  const answers = [
    selects(at(constraints, "namespaceSelector"), making.namespaceLabels),
    selects(at(constraints, "objectSelector"), making.labels),
  ];
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function isRuleFor(rule: Value, { group, version, resource, name }: Making): boolean {
  const takes = (key: string, value: string) =>
    texts(at(rule, key)).some((each) => each === "*" || each === value);
  const names = texts(at(rule, "resourceNames"));
  const scope = text(at(rule, "scope"));
  return (
    takes("apiGroups", group) &&
    takes("apiVersions", version) &&
    takes("operations", "CREATE") &&
    texts(at(rule, "resources")).some((each) => ["*", "*/*", resource].includes(each)) &&
    (names.length === 0 || names.includes(name)) &&
    scope !== "Cluster"
  );
}

/** Whether a label selector takes in labels; an empty one takes in all. */
export function selects(selector: Value, labels: Readonly<Record<string, string | Unknown>>): Answer {
  if (isUnknown(selector)) return undefined;
  const wanted = at(selector, "matchLabels");
  if (isUnknown(wanted)) return undefined;
  const answers = [
    ...Object.entries((wanted ?? {}) as Readonly<Record<string, Value>>).map(([key, value]) =>
      holds("In", labels[key], [value]),
    ),
    ...items(at(selector, "matchExpressions")).map((each) =>
      holds(text(at(each, "operator")), labels[text(at(each, "key"))], items(at(each, "values"))),
    ),
  ];
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function holds(operator: string, label: string | Unknown | undefined, values: readonly Value[]): Answer {
  switch (operator) {
    case "Exists":
      return label !== undefined;
    case "DoesNotExist":
      return label === undefined;
    case "In":
    case "NotIn": {
      if (label === undefined) return operator === "NotIn";
      if (isUnknown(label) || values.some(isUnknown)) return undefined;
      return values.includes(label) === (operator === "In");
    }
    default:
      return undefined;
  }
}
