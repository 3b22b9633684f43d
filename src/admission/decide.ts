import type { Decider } from "../reachability/hop";
import { at, type Attributes, text } from "../values/value";
import type { AdmissionWorld, Ruling } from "./admission-world";
import { defaultedSpec } from "./limits/defaulted-spec";
import { aboveTheirLimit, limitProblems, withDefaults } from "./limits/limit-range";
import { type ContainerAmounts, containerAmounts } from "./limits/pod-resources";
import { type CountedPod, overruns, type Quota, silentContainers } from "./limits/quota";
import { isCounted } from "./limits/quota-scopes";
import { enforcedLevel, podSecurityProblems } from "./pod-security/pod-security";
import type { AdmittedPod } from "./pods/pod";
import type { Making } from "./policies/matching";
import { isAsked, policyProblems } from "./policies/policy";

/** What the API server asks before it takes an object. */
export type Gate = "Pod Security" | "policy" | "limits" | "quota" | "rollout";

/** What is held against a pod, or all pods of a namespace together. */
export interface Objection {
  readonly gate: Gate;
  /** The pod, `payments/orders`; the namespace where all of its pods together are too much. */
  readonly who: string;
  readonly namespace: string;
  /** The object that refuses: `ResourceQuota payments/quota`. */
  readonly object: string;
  readonly says: string;
  readonly by: Decider;
  /** Whose pods they are, where a component's chart makes them. */
  readonly component?: string;
  /** Nobody can tell before the apply. */
  readonly unsure?: true;
}

/** All that the API server would refuse, or may refuse. */
export function objections(world: AdmissionWorld): Objection[] {
  return [
    ...world.pods.flatMap((pod) => podObjections(world, pod)),
    ...world.quotas.flatMap((quota) => quotaObjections(world, quota)),
  ];
}

/** What is held against one pod by itself, and against the object that makes it. */
export function podObjections(world: AdmissionWorld, pod: AdmittedPod): Objection[] {
  const found =
    pod.unread === undefined
      ? [...securityObjections(world, pod), ...policyObjections(world, pod), ...limitObjections(world, pod)]
      : unreadObjections(world, pod, pod.unread);
  const { component } = pod;
  return component === undefined ? found : found.map((each) => ({ ...each, component }));
}

/** Of a pod that nobody knows: every gate before it may hold it back. */
function unreadObjections(world: AdmissionWorld, pod: AdmittedPod, says: string): Objection[] {
  const { namespaces, minor, policies, limitRanges, quotas } = world;
  const namespace = namespaces.get(pod.namespace);
  const objection = (gate: Gate, object: string, by: Decider): Objection => ({
    ...{ gate, who: pod.name, namespace: pod.namespace, object, says, by },
    unsure: true,
  });
  const making = makingOf(world, podObject(pod), pod);
  return [
    ...(namespace !== undefined && enforcedLevel(namespace.labels, minor).level !== "privileged"
      ? [objection("Pod Security", `Namespace ${pod.namespace}`, namespace.by)]
      : []),
    ...policies
      .filter((policy) => isAsked(policy, making) !== false)
      .map(({ name, by }) => objection("policy", `ValidatingAdmissionPolicy ${name}`, by)),
    ...[...limitRanges, ...quotas]
      .filter((each) => each.namespace === pod.namespace)
      .map(({ name, by }) => objection("limits", name, by)),
  ];
}

function securityObjections({ namespaces, minor }: AdmissionWorld, pod: AdmittedPod): Objection[] {
  const namespace = namespaces.get(pod.namespace);
  if (namespace === undefined) return [];
  const enforced = enforcedLevel(namespace.labels, minor);
  return podSecurityProblems(pod, enforced).map(({ says, unsure }) => ({
    gate: "Pod Security",
    who: pod.name,
    namespace: pod.namespace,
    object: `Namespace ${pod.namespace}`,
    says: `${says} (${enforced.level}, v1.${enforced.minor})`,
    by: namespace.by,
    ...(unsure && { unsure }),
  }));
}

/** Of the object that makes it, else of the pod: what is said of the one is not said of the other again. */
function policyObjections(world: AdmissionWorld, pod: AdmittedPod): Objection[] {
  const { maker } = pod;
  const makings = [podObject(pod), ...(maker === undefined ? [] : [maker])].map((each) =>
    makingOf(world, each, pod),
  );
  // Most policies leave most namespaces out.
  const asked = world.policies.filter((each) => makings.some((making) => isAsked(each, making) !== false));
  if (asked.length === 0) return [];
  const containers = withAllDefaults(world, pod);
  const spec = containers === undefined ? pod.spec : defaultedSpec(pod.spec, containers);
  return asked.flatMap((policy) => {
    const judged = (object: Attributes) => policyProblems(policy, object, makingOf(world, object, pod));
    const ofMaker = maker === undefined ? [] : judged(maker);
    const problems = ofMaker.length > 0 ? ofMaker : judged(podObject({ ...pod, spec }));
    return problems.map(({ says, unsure }): Objection => ({
      gate: "policy",
      who: pod.name,
      namespace: pod.namespace,
      object: `ValidatingAdmissionPolicy ${policy.name}`,
      says,
      by: policy.by,
      ...(unsure && { unsure }),
    }));
  });
}

/** The pod as its controller sends it. */
export function podObject({ name, namespace, labels, annotations, spec }: AdmittedPod): Attributes {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: name.split("/")[1], namespace, labels, annotations },
    spec,
  };
}

function makingOf({ namespaces }: AdmissionWorld, object: Attributes, pod: AdmittedPod): Making {
  const [version = "", group = ""] = text(object.apiVersion).split("/").reverse();
  const name = pod.namespace;
  return {
    group,
    version,
    resource: `${text(object.kind).toLowerCase()}s`,
    namespace: name,
    name: text(at(object, "metadata", "name")),
    namespaceLabels: namespaces.get(name)?.labels ?? { "kubernetes.io/metadata.name": name },
    labels: (at(object, "metadata", "labels") ?? {}) as Making["labels"],
  };
}

/** Containers with the defaults of all LimitRanges of their namespace; undefined where nobody can tell. */
function withAllDefaults({ limitRanges }: AdmissionWorld, pod: AdmittedPod): ContainerAmounts[] | undefined {
  return limitRanges
    .filter(({ namespace }) => namespace === pod.namespace)
    .reduce<ContainerAmounts[] | undefined>(
      (containers, { rules }) => containers && rules && withDefaults(containers, rules),
      containerAmounts(pod.spec),
    );
}

function limitObjections(world: AdmissionWorld, pod: AdmittedPod): Objection[] {
  const own = <T>(each: Ruling<T>) => each.namespace === pod.namespace;
  const ranges = world.limitRanges.filter(own);
  const quotas = world.quotas.filter(own);
  const containers = withAllDefaults(world, pod);
  const objection = (
    gate: Gate,
    { name, by }: Pick<Ruling<unknown>, "name" | "by">,
    says: string,
    unsure?: true,
  ): Objection => ({
    ...{ gate, who: pod.name, namespace: pod.namespace, object: name, says, by },
    ...(unsure && { unsure }),
  });
  if (containers === undefined)
    return [...ranges, ...quotas].map((each) =>
      objection("limits", each, "what its containers ask for is not known yet", true),
    );
  const above = ranges[0] === undefined ? [] : aboveTheirLimit(containers);
  return [
    ...ranges.flatMap((each) =>
      limitProblems(pod.spec, containers, each.rules ?? []).map((says) => objection("limits", each, says)),
    ),
    ...ranges.slice(0, 1).flatMap((each) => above.map((says) => objection("limits", each, says))),
    ...quotas.flatMap((each) =>
      isCounted(each.rules.scopes, pod.spec, containers) === true
        ? silentContainers(each.rules, { spec: pod.spec, containers }).map((says) =>
            objection("quota", each, says),
          )
        : [],
    ),
  ];
}

function quotaObjections(world: AdmissionWorld, { name, namespace, by, rules }: Ruling<Quota>): Objection[] {
  const pods = world.pods.filter((each) => each.namespace === namespace);
  const objection = (gate: Gate, says: string, unsure?: true): Objection => ({
    ...{ gate, who: namespace, namespace, object: name, says, by },
    ...(unsure && { unsure }),
  });
  if (pods.length === 0) return [];
  const known = pods.flatMap((pod) => {
    const containers = withAllDefaults(world, pod);
    return containers === undefined
      ? []
      : [{ pod, containers, isCounted: isCounted(rules.scopes, pod.spec, containers) }];
  });
  const counted = known.flatMap(({ pod, containers, isCounted: isOurs }): CountedPod[] => {
    const { count, surge = 0, spec } = pod;
    return isOurs !== true || count === undefined
      ? []
      : [{ name: pod.name.split("/")[1] ?? pod.name, spec, containers, count, surge }];
  });
  const open = known.filter((each) => each.isCounted === undefined);
  const said = (gate: Gate, surging: boolean) =>
    overruns(rules, counted, surging).map((each) =>
      objection(gate, `${each.name} is ${each.hard}, its pods can ask for ${each.total} (${each.parts})`),
    );
  const over = said("quota", false);
  const uncounted = known.filter(
    ({ pod, isCounted: isOurs }) => isOurs !== false && pod.count === undefined && pod.unread === undefined,
  );
  return [
    ...over,
    ...open.map(({ pod }) => objection("quota", `whether it counts pods of ${pod.name} is not known`, true)),
    ...(over.length > 0 ? [] : said("rollout", true)),
    ...uncounted.map(({ pod }) =>
      objection("quota", `how many pods of ${pod.name} there are is not known`, true),
    ),
  ];
}

/** Whether one pod gets in by itself; undefined: nobody can tell. */
export function isAdmitted(found: readonly Objection[]): boolean | undefined {
  const refusing = found.filter(({ gate }) => gate !== "rollout");
  if (refusing.some(({ unsure }) => !unsure)) return false;
  return refusing.length > 0 ? undefined : true;
}
