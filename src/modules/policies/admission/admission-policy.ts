import type { ChartValues } from "../../chart-values";
import type { Manifest } from "../../manifest";
import { NAMESPACE_NAME } from "../labels";

/** What happens to an object that breaks a rule. `warn` also writes it to the audit log. */
export type AdmissionAction = "deny" | "warn" | "audit";

export interface AdmissionScope {
  readonly action: AdmissionAction;
  /** Namespaces that the rule does not look at. */
  readonly exemptNamespaces: readonly string[];
}

/** Kinds that a rule looks at, when they are made or changed. */
export interface ResourceRule {
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly string[];
  readonly resources: readonly string[];
}

export interface AdmissionRule {
  /** Becomes `octarine-<name>`. */
  readonly name: string;
  readonly resources: readonly ResourceRule[];
  /** CEL expressions that must hold for the rule to look, by name. */
  readonly conditions?: Readonly<Record<string, string>>;
  /** CEL expressions by name, each of which may use those before it. */
  readonly variables: Readonly<Record<string, string>>;
  readonly validations: readonly {
    readonly expression: string;
    /** CEL expression that gives the text for the user. */
    readonly message: string;
  }[];
}

const API = "admissionregistration.k8s.io/v1";

const ACTIONS: Readonly<Record<AdmissionAction, readonly string[]>> = {
  deny: ["Deny"],
  warn: ["Warn", "Audit"],
  audit: ["Audit"],
};

/**
 * A ValidatingAdmissionPolicy and its binding, by key. The API server judges by itself: no webhook can be down. What
 * can't be judged is refused.
 */
export function admissionPolicy(rule: AdmissionRule, scope: AdmissionScope): Record<string, Manifest> {
  const metadata = { name: `octarine-${rule.name}` };
  const { conditions = {} } = rule;
  return {
    [rule.name]: {
      apiVersion: API,
      kind: "ValidatingAdmissionPolicy",
      metadata,
      spec: {
        failurePolicy: "Fail",
        matchConstraints: {
          resourceRules: rule.resources.map((each): ChartValues => ({
            ...each,
            operations: ["CREATE", "UPDATE"],
          })),
        },
        ...(Object.keys(conditions).length > 0 && { matchConditions: named(conditions) }),
        variables: named(rule.variables),
        validations: rule.validations.map(({ expression, message }) => ({
          expression,
          messageExpression: message,
          reason: "Forbidden",
        })),
      },
    },
    [`${rule.name}-binding`]: {
      apiVersion: API,
      kind: "ValidatingAdmissionPolicyBinding",
      metadata,
      spec: {
        policyName: metadata.name,
        matchResources: { namespaceSelector: notIn(scope.exemptNamespaces) },
        validationActions: ACTIONS[scope.action],
      },
    },
  };
}

function named(expressions: Readonly<Record<string, string>>): { name: string; expression: string }[] {
  return Object.entries(expressions).map(([name, expression]) => ({ name, expression }));
}

function notIn(namespaces: readonly string[]): ChartValues {
  if (namespaces.length === 0) return {};
  const values = [...new Set(namespaces)].sort();
  return { matchExpressions: [{ key: NAMESPACE_NAME, operator: "NotIn", values }] };
}

/**
 * Finalizers, annotations and status come and go on objects that were there before a rule: only what they say is judged.
 */
export const CONTENT_CHANGES = {
  "content-changes": "request.operation == 'CREATE' || object.?spec != oldObject.?spec",
};

/** CEL: what a message begins with. */
export const WHERE = "object.kind + ' ' + object.metadata.?name.orValue('')";

/**
 * CEL: whether who asks could take the rule away as well. Not so for service accounts: Argo CD may do everything, and
 * does it for teams.
 */
export const IS_ADMINISTRATOR =
  "(!request.userInfo.username.startsWith('system:serviceaccount:') && authorizer.group('admissionregistration.k8s.io').resource('validatingadmissionpolicies').check('update').allowed())";

/** A list of texts in CEL. JSON's quoting is CEL's. */
export function celList(texts: readonly string[]): string {
  return JSON.stringify([...texts].sort());
}
