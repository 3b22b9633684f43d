import type { Inventory, Resource, Source } from "./resource";
import { at, isAbsent, isUnknown, type Value } from "../values/value";

/** error: synth and check fail; warning: shown. */
export type Severity = "error" | "warning";

export type Area =
  | "network"
  | "control plane"
  | "nodes"
  | "IAM"
  | "names"
  | "values"
  | "encryption"
  | "secrets"
  | "Helm values"
  | "manifests"
  | "state";

/** What a rule says of one resource. Nothing said is a pass. */
export interface Verdict {
  readonly outcome: "violation" | "unknown";
  /** What is wrong here, with the value; never the value of a secret. */
  readonly detail: string;
}

/** Path of the setting in the configuration that decides it, such as `cluster.endpoint`. */
export type Setting = string | ((resource: Resource) => string | undefined);

/** One guardrail: pure, the same over the configuration and over a plan. */
export interface Rule {
  readonly id: string;
  readonly area: Area;
  readonly severity: Severity;
  /** What must hold. */
  readonly what: string;
  /** What goes wrong where it does not. */
  readonly why: string;
  /** What to write instead. */
  readonly remedy: string;
  /** Documentation that says so. */
  readonly reference: string;
  /** Resources it judges. */
  readonly types: readonly string[];
  /** Readings that show what it judges. */
  readonly sources: readonly Source[];
  readonly setting?: Setting;
  readonly check: (resource: Resource, inventory: Inventory) => readonly Verdict[];
}

type RuleOptions = Omit<Rule, "sources"> & { readonly sources?: readonly Source[] };

export function rule({ sources = ["input", "plan"], ...options }: RuleOptions): Rule {
  return { ...options, sources };
}

export function violation(detail: string): Verdict {
  return { outcome: "violation", detail };
}

export function undecided(detail: string): Verdict {
  return { outcome: "unknown", detail };
}

type Path = readonly (string | number)[];

/** Holds where the value at `path` is known and `holds`; `says` names what is wrong. */
export function expectThat(
  resource: Resource,
  path: Path,
  holds: (value: Value) => boolean,
  says: (value: Value) => string,
): Verdict[] {
  const value = at(resource.attributes, ...path);
  if (isUnknown(value)) return [undecided(`${path.join(".")} is known after apply`)];
  return holds(value) ? [] : [violation(says(value))];
}

/** Holds where something is given at `path`, be it a reference. */
export function expectGiven(resource: Resource, path: Path, says: string): Verdict[] {
  const value = at(resource.attributes, ...path);
  if (isUnknown(value)) return value.given ? [] : [undecided(`${path.join(".")} is known after apply`)];
  return isAbsent(value) ? [violation(says)] : [];
}

/** A value as a message shows it. */
export function show(value: Value): string {
  if (value === undefined || value === null) return "not set";
  if (isUnknown(value)) return "known after apply";
  return typeof value === "string" ? value : JSON.stringify(value);
}
