import type { Resource } from "../../guardrails/resource";
import type { Decider } from "../../reachability/hop";
import { at, type Attributes, items, text, texts, Unknown, type Value } from "../../values/value";
import { evaluate, type Scope } from "../cel/evaluate";
import { type Cel, CelError, CelUnsupported } from "../cel/value";
import { type Making, matches } from "./matching";

/** A ValidatingAdmissionPolicy with its bindings that deny. */
export interface Policy {
  readonly name: string;
  readonly spec: Value;
  readonly bindings: readonly Value[];
  readonly by: Decider;
}

/** What a policy has against an object. */
export interface PolicyProblem {
  readonly says: string;
  readonly unsure?: true;
}

export function policiesOf(objects: readonly Resource[]): Policy[] {
  const specs = (kind: string) => objects.filter(({ attributes }) => attributes.kind === kind);
  const bindings = specs("ValidatingAdmissionPolicyBinding").map(({ attributes }) => attributes.spec);
  return specs("ValidatingAdmissionPolicy").map(({ attributes, stack, address }) => {
    const name = text(at(attributes, "metadata", "name"));
    return {
      name,
      spec: attributes.spec,
      bindings: bindings.filter(
        (each) => at(each, "policyName") === name && texts(at(each, "validationActions")).includes("Deny"),
      ),
      by: { stack, address },
    };
  });
}

/** Whether a policy looks at an object at all; undefined: its selectors hang on what is not known yet. */
export function isAsked({ spec, bindings }: Policy, making: Making): boolean | undefined {
  const isBound = bindings.map((each) => matches(at(each, "matchResources"), making));
  const answers = [matches(at(spec, "matchConstraints"), making), isBound.find((each) => each !== false)];
  if (isBound.every((each) => each === false) || answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

/** What policies would refuse an object for, when it is made (Kubernetes, "Validating Admission Policy"). */
export function policyProblems(policy: Policy, object: Attributes, making: Making): PolicyProblem[] {
  const answer = isAsked(policy, making);
  if (answer === false) return [];
  if (answer === undefined) return [{ says: "its selectors hang on what is not known yet", unsure: true }];
  try {
    return judged(policy.spec, scopeOf(policy.spec, object, making));
  } catch (error) {
    if (error instanceof CelUnsupported) return [{ says: error.message, unsure: true }];
    throw error;
  }
}

function judged(spec: Value, scope: Scope): PolicyProblem[] {
  const conditions = items(at(spec, "matchConditions")).map((each) =>
    outcome(text(at(each, "expression")), scope),
  );
  if (conditions.includes(false)) return [];
  const refusesErrors = at(spec, "failurePolicy") !== "Ignore";
  const failed = conditions.find((each) => each instanceof CelError);
  if (failed instanceof CelError) return refusesErrors ? [{ says: failed.message }] : [];
  const hangs = conditions.some((each) => each !== true);
  return items(at(spec, "validations")).flatMap((each): PolicyProblem[] => {
    const answer = outcome(text(at(each, "expression")), scope);
    if (answer === true) return [];
    if (answer instanceof CelError) return refusesErrors ? [{ says: answer.message }] : [];
    const isSure = answer === false && !hangs;
    return [{ says: messageOf(each, scope), ...(!isSure && { unsure: true }) }];
  });
}

function outcome(expression: string, scope: Scope): Cel | CelError {
  try {
    return evaluate(expression, scope);
  } catch (error) {
    if (error instanceof CelError) return error;
    throw error;
  }
}

/** What the server would say; the expression itself where no message can be told. */
function messageOf(validation: Value, scope: Scope): string {
  const expression = text(at(validation, "messageExpression"));
  if (expression !== "") {
    try {
      const said = evaluate(expression, scope);
      if (typeof said === "string" && said !== "") return said;
    } catch (error) {
      if (!(error instanceof CelError || error instanceof CelUnsupported)) throw error;
    }
  }
  return text(at(validation, "message")) || `failed expression: ${text(at(validation, "expression"))}`;
}

/** Who asks is a controller of Kubernetes; which one, and what it may do, decides nothing here. */
const ASKER = new Unknown(true);

function scopeOf(spec: Value, object: Attributes, making: Making): Scope {
  const variables = new Map(
    items(at(spec, "variables")).map((each) => [text(at(each, "name")), text(at(each, "expression"))]),
  );
  const known = new Map<string, Cel | CelError>();
  const namespaceObject: Attributes = {
    metadata: { name: making.namespace, labels: { ...making.namespaceLabels } },
  };
  const scope: Scope = (name) => {
    switch (name) {
      case "object":
        return object;
      case "oldObject":
        return null;
      case "namespaceObject":
        return namespaceObject;
      case "request":
        return {
          operation: "CREATE",
          namespace: making.namespace,
          name: making.name,
          resource: { group: making.group, version: making.version, resource: making.resource },
          userInfo: ASKER,
          dryRun: false,
        };
      case "authorizer":
      case "params":
        return ASKER;
      default:
        return name.startsWith("variables.") ? variable(name.slice("variables.".length)) : undefined;
    }
  };
  const variable = (name: string): Cel => {
    const expression = variables.get(name);
    if (expression === undefined) return undefined;
    if (!known.has(name)) known.set(name, outcome(expression, scope));
    const found = known.get(name);
    if (found instanceof CelError) throw found;
    return found;
  };
  return scope;
}
