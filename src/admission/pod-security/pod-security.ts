import { text, type Value } from "../../values/value";
import { baselineChecks } from "./baseline";
import type { PodCheck, Problem, SecuredPod } from "./pod-fields";
import { restrictedChecks } from "./restricted";

export type SecurityLevel = "privileged" | "baseline" | "restricted";

const ENFORCE = "pod-security.kubernetes.io/enforce";

/** A level, and the minor of Kubernetes 1 whose checks it stands for. */
export interface EnforcedLevel {
  readonly level: SecurityLevel;
  readonly minor: number;
}

/**
 * What a namespace's labels ask of its pods. Without them nothing: EKS changes no default (EKS User Guide, "Pod security policies").
 *
 * @param clusterMinor newest checks that the API server knows; it takes them for any version that is newer
 */
export function enforcedLevel(labels: Readonly<Record<string, Value>>, clusterMinor: number): EnforcedLevel {
  const level = labels[ENFORCE];
  const [, pinned] = /^v1\.(\d+)$/.exec(text(labels[`${ENFORCE}-version`])) ?? [];
  return {
    level: level === "baseline" || level === "restricted" ? level : "privileged",
    minor: pinned === undefined ? clusterMinor : Math.min(Number(pinned), clusterMinor),
  };
}

/** What a level has against a pod. */
export function podSecurityProblems(pod: SecuredPod, { level, minor }: EnforcedLevel): Problem[] {
  return checksOf(level, minor).flatMap(({ check }) => check(pod, minor));
}

function checksOf(level: SecurityLevel, minor: number): PodCheck[] {
  if (level === "privileged") return [];
  const applies = ({ since = 0 }: PodCheck) => minor >= since;
  if (level === "baseline") return baselineChecks.filter(applies);
  const restricted = restrictedChecks.filter(applies);
  const replaced = restricted.map(({ replaces }) => replaces);
  return [...baselineChecks.filter((each) => applies(each) && !replaced.includes(each.id)), ...restricted];
}
