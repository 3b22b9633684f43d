import { at, isAbsent, isUnknown, items, text, type Value } from "../../values/value";
import { containersOf } from "../pods/pod";

/** What Pod Security judges. */
export interface SecuredPod {
  readonly annotations: Value;
  readonly spec: Value;
}

/** What a check has against a pod. */
export interface Problem {
  readonly says: string;
  /** It hangs on a value that is not known yet. */
  readonly unsure?: true;
}

/** One check of Pod Security. */
export interface PodCheck {
  /** As kubernetes/pod-security-admission calls it. */
  readonly id: string;
  /** First minor of Kubernetes 1 that has it; left out: all that there are. */
  readonly since?: number;
  /** The check of baseline whose place it takes. */
  readonly replaces?: string;
  readonly check: (pod: SecuredPod, minor: number) => readonly Problem[];
}

/** A value with who says it: `container orders`, `pod`. */
interface Said {
  readonly who: string;
  readonly value: Value;
}

/** What each container says at a path. */
export function ofContainers({ spec }: SecuredPod, ...path: readonly string[]): Said[] {
  return containersOf(spec).map((each) => ({ who: `container ${each.name}`, value: at(each.spec, ...path) }));
}

/** What the pod as a whole and each container say at a path of the security context. */
export function ofContexts(pod: SecuredPod, ...path: readonly string[]): Said[] {
  return [
    { who: "pod", value: at(pod.spec, "securityContext", ...path) },
    ...ofContainers(pod, "securityContext", ...path),
  ];
}

/** A problem for each value that is given and does not hold. */
export function eachGiven(
  said: readonly Said[],
  holds: (value: Value) => boolean,
  says: (value: string) => string,
): Problem[] {
  return said.flatMap(({ who, value }): Problem[] => {
    if (value === undefined || value === null) return [];
    if (isUnknown(value)) return [{ says: `${who} ${says("what is not known yet")}`, unsure: true }];
    return holds(value) ? [] : [{ says: `${who} ${says(text(value) || JSON.stringify(value))}` }];
  });
}

/**
 * What each container must say itself, or the pod for all of them (kubernetes/pod-security-admission, runAsNonRoot and
 * seccompProfile_restricted): who says the wrong thing is named, else who says nothing.
 */
export function saidForEach(
  pod: SecuredPod,
  path: readonly string[],
  holds: (value: Value) => boolean,
  says: { readonly wrong: string; readonly missing: string },
): Problem[] {
  const [whole, ...containers] = ofContexts(pod, ...path);
  const wrong = eachGiven([...(whole ? [whole] : []), ...containers], holds, () => says.wrong);
  if (wrong.length > 0) return wrong;
  if (whole && !isAbsent(whole.value)) return [];
  return containers
    .filter(({ value }) => isAbsent(value))
    .map(({ who }) => ({ says: `${who} ${says.missing}` }));
}

/** Entries of lists that containers have at a path. */
export function entriesOf(pod: SecuredPod, list: string, ...field: readonly string[]): Said[] {
  return ofContainers(pod, list).flatMap(({ who, value }): Said[] =>
    isUnknown(value) ? [{ who, value }] : items(value).map((each) => ({ who, value: at(each, ...field) })),
  );
}

/** Since 1.35 some checks pass a pod with users of its own (relaxPolicyForUserNamespacePod). */
export function hasOwnUsers({ spec }: SecuredPod): boolean {
  return at(spec, "hostUsers") === false;
}

/** Since 1.25 what only Linux has is asked of no pod of Windows. */
export function isWindows({ spec }: SecuredPod): boolean {
  return at(spec, "os", "name") === "windows";
}
