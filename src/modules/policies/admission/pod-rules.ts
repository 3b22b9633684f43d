import { type AdmissionRule, celList, type ResourceRule } from "./admission-policy";

const PODS: ResourceRule = { apiGroups: [""], apiVersions: ["v1"], resources: ["pods"] };
const DEBUG_CONTAINERS: ResourceRule = {
  apiGroups: [""],
  apiVersions: ["v1"],
  resources: ["pods/ephemeralcontainers"],
};
const JOBS: ResourceRule = { apiGroups: ["batch"], apiVersions: ["v1"], resources: ["jobs", "cronjobs"] };
/** What keeps pods running. The templates too: or a deployment would be taken and never get a pod. */
const SERVERS: readonly ResourceRule[] = [
  { apiGroups: ["apps"], apiVersions: ["v1"], resources: ["deployments", "statefulsets", "daemonsets"] },
  { apiGroups: ["argoproj.io"], apiVersions: ["v1alpha1"], resources: ["rollouts"] },
];

/**
 * Objects whose content stays may always be changed otherwise: a controller that takes a finalizer off an old pod must
 * not be refused for an image that was allowed when the pod was made.
 */
const CONTENT_CHANGES = {
  "content-changes": "request.operation == 'CREATE' || object.spec != oldObject.spec",
};

// dyn: the kinds have different shapes, and the type check of one would complain of the fields of another.
const POD = `has(dyn(object).spec.jobTemplate) ? dyn(object).spec.jobTemplate.spec.template.spec :
has(dyn(object).spec.template) ? dyn(object).spec.template.spec : dyn(object).spec`;

const list = (field: string) => `(has(variables.pod.${field}) ? variables.pod.${field} : [])`;
const names = (containers: string) => `variables.${containers}.map(c, c.name).join(', ')`;
const WHERE = "object.kind + ' ' + (has(object.metadata.name) ? object.metadata.name : '')";

function containerRule(
  name: string,
  { resources, containers, passes, problem }: ContainerRule,
): AdmissionRule {
  return {
    name,
    resources,
    conditions: CONTENT_CHANGES,
    variables: {
      pod: POD,
      containers: containers.map(list).join(" + "),
      refused: `variables.containers.filter(c, !(${passes}))`,
    },
    validations: [
      {
        expression: "variables.refused.size() == 0",
        message: `${WHERE} + ': ' + ${problem}`,
      },
    ],
  };
}

interface ContainerRule {
  readonly resources: readonly ResourceRule[];
  readonly containers: readonly ("containers" | "initContainers" | "ephemeralContainers")[];
  /** CEL: whether container `c` passes. */
  readonly passes: string;
  /** CEL: what is wrong with `variables.refused`, and the remedy. */
  readonly problem: string;
}

const EVERY_CONTAINER = ["containers", "initContainers", "ephemeralContainers"] as const;

/**
 * Images come from these registries, or from a path in one; or are one of `images`, which the platform's components
 * put into pods. A short name such as `nginx` has no registry and is refused, whatever the node would make of it.
 */
export function imageRegistryRule(registries: readonly string[], images: readonly string[]): AdmissionRule {
  const known = [...registries].sort().join(", ").replace(/[\\']/g, "");
  return containerRule("image-registries", {
    resources: [PODS, DEBUG_CONTAINERS, JOBS, ...SERVERS],
    containers: EVERY_CONTAINER,
    passes: `${celList([
      ...registries.map((each) => `${each}/`),
      ...images.flatMap((each) => [`${each}:`, `${each}@`]),
    ])}.exists(r, c.image.startsWith(r))`,
    problem: `'images from registries that are not allowed: ' + variables.refused.map(c, c.image).join(', ') + '; allowed: ${known}'`,
  });
}

/** Images have a digest, or a tag that is not `latest`: two pods of one template then run the same. */
export function imageTagRule(): AdmissionRule {
  return containerRule("image-tags", {
    resources: [PODS, DEBUG_CONTAINERS, JOBS, ...SERVERS],
    containers: EVERY_CONTAINER,
    passes:
      "c.image.contains('@sha256:') || (c.image.matches('^(.*/)?[^/:@]+:[^/:@]+$') && !c.image.endsWith(':latest'))",
    problem:
      "'images without a fixed version: ' + variables.refused.map(c, c.image).join(', ') + '; write a digest, or a tag that is not latest'",
  });
}

/** Containers ask for CPU and memory. A limit counts: the API server takes it as the request. */
export function resourceRequestRule(): AdmissionRule {
  const asks = (resource: string) =>
    ["requests", "limits"]
      .map((kind) => `(has(c.resources.${kind}) && '${resource}' in c.resources.${kind})`)
      .join(" || ");
  return containerRule("resource-requests", {
    resources: [PODS, JOBS, ...SERVERS],
    containers: ["containers", "initContainers"],
    passes: `has(c.resources) && (${asks("cpu")}) && (${asks("memory")})`,
    problem: `'containers that do not ask for CPU and memory: ' + ${names("refused")} + '; set resources.requests.cpu and resources.requests.memory'`,
  });
}

/**
 * Containers of servers say when they are ready. Liveness is left to the team: a wrong one restarts what was only slow.
 * Jobs answer nobody and need none.
 */
export function readinessProbeRule(): AdmissionRule {
  return containerRule("readiness-probes", {
    resources: SERVERS,
    containers: ["containers"],
    passes: "has(c.readinessProbe)",
    problem: `'containers without a readiness probe: ' + ${names("refused")} + '; set readinessProbe'`,
  });
}
