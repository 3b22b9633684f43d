import { allOf, anyOf, isUndecided, not, type Truth } from "../../guardrails/iam/truth";
import { at, entries, isUnknown, items, text, type Value } from "../../values/value";
import { type Caller, type Attribute, attributes, isUnseen, whenAttribute } from "./authorization-attributes";
import type { MeshObject, MeshWorld } from "./mesh-world";
import { hasLabels, selectorOf } from "./workloads";
import type { Pods } from "../policy/peers";

export interface Authorization {
  readonly verdict: "allowed" | "denied" | "undecided";
  readonly why: string;
  readonly by: readonly string[];
}

/**
 * What AuthorizationPolicies say of a call (pilot/pkg/security/authz, istio 1.29.6): CUSTOM, then DENY, then ALLOW, of which
 * one has to match where there is any.
 */
export function authorize(
  pods: Pods,
  caller: Caller,
  { authorizations, settings }: MeshWorld,
): Authorization {
  const applying = authorizations
    .filter(
      ({ namespace, spec }) =>
        (namespace === pods.namespace || namespace === settings.rootNamespace) && !hasTargets(spec),
    )
    .map((each) => ({
      ...each,
      applies: hasLabels(selectorOf(each.spec) ?? {}, pods.labels),
      action: text(at(each.spec, "action")) || "ALLOW",
    }))
    // ztunnel asks no authorizer: istiod does not tell it of such policies (pilot/pkg/serviceregistry/ambient/authorization.go).
    .filter(({ applies, action }) => applies !== false && !(caller.byZtunnel && action === "CUSTOM"));
  const judged = applying.map((each) => ({
    ...each,
    truth: allOf([each.applies, matches(each, caller, settings)]),
  }));
  const custom = judged.find(({ action, truth }) => action === "CUSTOM" && truth !== false);
  if (custom !== undefined)
    return { verdict: "undecided", why: "an authorizer outside of the mesh is asked", by: [custom.object] };
  const denies = judged.filter(({ action }) => action === "DENY");
  const denied = anyOf(denies.map(({ truth }) => truth));
  const who = caller.principal ?? "a caller without mutual TLS";
  if (denied === true) return { verdict: "denied", why: `a policy denies ${who}`, by: named(denies, true) };
  const allows = judged.filter(({ action }) => action === "ALLOW");
  const closed = anyOf(allows.map(({ applies }) => applies));
  const allowed = anyOf([not(closed), ...allows.map(({ truth }) => truth)]);
  if (allowed === false)
    return {
      verdict: "denied",
      why: `no policy allows ${who}`,
      by: allows.map(({ object }) => object).sort(),
    };
  const truth = allOf([not(denied), allowed]);
  if (isUndecided(truth))
    return {
      verdict: "undecided",
      why: `not known before apply: ${truth.unknown}`,
      by: judged.filter((each) => isUndecided(each.truth)).map(({ object }) => object),
    };
  return {
    verdict: "allowed",
    why: allows.length === 0 ? "no policy closes it" : `a policy allows ${who}`,
    by: named(allows, true),
  };
}

/** For gateways and waypoints, not for sidecars. */
function hasTargets(spec: Value): boolean {
  return at(spec, "targetRef") !== undefined || items(at(spec, "targetRefs")).length > 0;
}

function named(judged: readonly (MeshObject & { readonly truth: Truth })[], truth: Truth): string[] {
  return judged
    .filter((each) => each.truth === truth)
    .map(({ object }) => object)
    .sort();
}

interface Policy extends MeshObject {
  readonly action: string;
}

function matches(
  { spec, namespace, action }: Policy,
  caller: Caller,
  settings: MeshWorld["settings"],
): Truth {
  const rules = at(spec, "rules");
  if (isUnknown(rules)) return { unknown: "rules of an AuthorizationPolicy" };
  return anyOf(items(rules).map((rule) => matchesRule(rule, { namespace, action, caller, settings })));
}

interface Context {
  readonly namespace: string;
  readonly action: string;
  readonly caller: Caller;
  readonly settings: MeshWorld["settings"];
}

function matchesRule(rule: Value, context: Context): Truth {
  const conditions = items(at(rule, "when")).map((each) => ({
    attribute: whenAttribute(text(at(each, "key"))),
    values: items(at(each, "values")),
    not: items(at(each, "notValues")),
  }));
  const from = alternatives(at(rule, "from"), "source");
  const to = alternatives(at(rule, "to"), "operation");
  const used = [...from.flat(), ...to.flat(), ...conditions];
  // An attribute that Istio does not know: it leaves the rule out.
  if (used.some(({ attribute }) => attribute === undefined)) return false;
  // Without requests to look at, an allow with attributes of them takes nothing, and a deny forgets these attributes.
  const { action, caller } = context;
  if (action === "ALLOW" && used.some(({ attribute }) => attribute && isUnseen(attribute, caller)))
    return false;
  const take = (parts: readonly Part[]): Truth => allOf(parts.map((each) => takes(each, context)));
  return allOf([take(conditions), anyOf(from.map(take)), anyOf(to.map(take))]);
}

interface Part {
  readonly attribute: Attribute | undefined;
  readonly values: readonly Value[];
  readonly not: readonly Value[];
}

/** Each `from` or `to`, as what it asks; without any one that asks nothing. */
function alternatives(list: Value, key: "source" | "operation"): Part[][] {
  if (items(list).length === 0) return [[]];
  return items(list).map((each) => {
    const fields = new Map(entries(at(each, key)));
    const names = new Set([...fields.keys()].map((name) => attributeName(name)));
    return [...names].map((name) => ({
      attribute: attributes[name],
      values: items(fields.get(name)),
      not: items(fields.get(`not${name.charAt(0).toUpperCase()}${name.slice(1)}`)),
    }));
  });
}

function attributeName(field: string): string {
  const negated = /^not([A-Z])(.*)$/.exec(field);
  return negated === null ? field : `${(negated[1] ?? "").toLowerCase()}${negated[2] ?? ""}`;
}

function takes({ attribute, values, not: others }: Part, { caller, settings, namespace }: Context): Truth {
  if (attribute === undefined || isUnseen(attribute, caller)) return true;
  const one = (list: readonly Value[]): Truth =>
    anyOf(
      list.map((value) =>
        isUnknown(value)
          ? { unknown: value.text }
          : attribute.takes(text(value), caller, { settings, namespace }),
      ),
    );
  return allOf([values.length === 0 || one(values), others.length === 0 || not(one(others))]);
}
