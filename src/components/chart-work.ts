import { isAtLeast } from "../text/versions";
import { at, type Attributes, isList, isMap, isTrue, isUnknown, text, type Value } from "../values/value";

/** A release of a chart as facts about its pods read it. */
export interface GivenRelease {
  readonly name: string;
  readonly version: string;
  readonly values: Value;
}

/** What hangs on a release. */
export type Given = (release: GivenRelease) => Value;

/** Part of a pod: as the chart has it, or as a release says. */
export type Part = Value | Given | readonly Part[] | { readonly [key: string]: Part };

export type WorkKind = "Deployment" | "StatefulSet" | "DaemonSet" | "Job" | "CronJob";

/**
 * What makes pods of a chart, and of the pods what the API server's admission looks at: Pod Security, policies, LimitRanges and
 * quotas. What these never look at is left out: commands, environment, mounts, volumes that every level takes.
 */
export interface ChartWork {
  readonly kind: WorkKind;
  /** Its name, where records call its pods otherwise. */
  readonly name?: string;
  /** Most there are at a time. Left out: one; of a DaemonSet: one on each node. */
  readonly replicas?: Part;
  /** Beyond them while a release goes out, as `maxSurge`. Left out: as Kubernetes does, 25 %. */
  readonly surge?: Part;
  readonly priorityClassName?: Part;
  readonly hostPID?: true;
  /** Of the pod, as of its containers: what Pod Security looks at. */
  readonly securityContext?: Part;
  readonly init?: readonly Part[];
  readonly containers: readonly Part[];
  /** Volumes that are paths of the node, by their names. All others are of kinds that every level takes. */
  readonly hostPaths?: Readonly<Record<string, Part>>;
  /** Whether a release has it, where that is not for one value to say. */
  readonly isMade?: (release: GivenRelease) => boolean;
}

/** No escalation and no capability. */
export const DROPS_ALL = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
} as const;
export const CONFINED = { seccompProfile: { type: "RuntimeDefault" } } as const;
/** All that the level restricted asks of a container. */
export const RESTRICTED = { ...DROPS_ALL, runAsNonRoot: true, ...CONFINED } as const;

interface ContainerFacts {
  readonly name: Part;
  /** Without tag: policies ask for some version, and a chart has one. */
  readonly image: Part;
  /** Value that its resources are in; where they are not as the values say: what they are. */
  readonly resources?: string | Part;
  readonly securityContext?: Part;
  /** It has a readiness probe. */
  readonly isProbed?: true;
  /** An init container that goes on beside the others. */
  readonly staysOn?: true;
  /** Ports that it takes on its node. */
  readonly hostPorts?: Part;
}

/** A container as the API server gets it. */
export function container({ image, resources, isProbed, staysOn, hostPorts, ...own }: ContainerFacts): Part {
  return {
    ...own,
    image: (release) => tagged(fill(image, release), release.version),
    resources: typeof resources === "string" ? given(resources) : resources,
    ...(isProbed && { readinessProbe: { tcpSocket: { port: 1 } } }),
    ...(staysOn && { restartPolicy: "Always" }),
    ...(hostPorts !== undefined && { ports: (release) => ports(fill(hostPorts, release)) }),
  };
}

function ports(value: Value): Value {
  return isList(value) ? value.map((port) => ({ containerPort: port, hostPort: port })) : undefined;
}

/** Istio's injector puts an image in place of `auto`. */
function tagged(image: Value, version: string): Value {
  const name = text(image);
  const isWhole = isUnknown(image) || name === "" || name === "auto" || /:[^/]+$/.test(name);
  return isWhole ? image : `${name}:${version}`;
}

/** The value at a path, dots between its keys. */
export const given =
  (path: string, otherwise?: Part): Given =>
  (release) =>
    at(release.values, ...path.split(".")) ?? fill(otherwise, release);

/** The value at a path over what the chart has there by itself, as Helm lays values over a chart's own. */
export const over =
  (path: string, own: Attributes): Given =>
  ({ values }) =>
    laid(own, at(values, ...path.split(".")));

function laid(own: Value, value: Value): Value {
  if (value === undefined) return own;
  if (!isMap(own) || !isMap(value)) return value;
  const both = Object.entries(value).map(([key, each]): [string, Value] => [key, laid(own[key], each)]);
  return { ...own, ...Object.fromEntries(both) };
}

/** An image whose registry, or registry and repository, is at a path; `rest` is what comes behind it. */
export const imageAt =
  (path: string, own: string, rest = ""): Given =>
  ({ values }) => {
    const name = at(values, ...path.split(".")) ?? own;
    return isUnknown(name) ? name : `${text(name)}${rest}`;
  };

/** Only where the value at a path is true, or something at all that is not off. */
export const when =
  (path: string, part: Part, otherwise?: Part): Given =>
  (release) =>
    fill(isOn(at(release.values, ...path.split("."))) ? part : otherwise, release);

export const unless = (path: string, part: Part): Given => when(path, undefined, part);

/** From a version on, such as `1.19`; before it something else. */
export const since =
  (version: string, part: Part, before?: Part): Given =>
  (release) =>
    fill(isAtLeast(release.version, version) ? part : before, release);

export function isOn(value: Value): boolean {
  return isTrue(value) || (value !== undefined && value !== null && value !== false && value !== "false");
}

/** A part as it is in a release; what a release does not have is left out. */
export function fill(part: Part, release: GivenRelease): Value {
  if (typeof part === "function") return fill(part(release), release);
  if (Array.isArray(part))
    return (part as readonly Part[]).flatMap((each): readonly Value[] => {
      const filled = fill(each, release);
      return filled === undefined ? [] : [filled];
    });
  if (typeof part !== "object" || part === null || isUnknown(part as Value)) return part as Value;
  const filled = Object.entries(part as Readonly<Record<string, Part>>).flatMap(([key, each]) => {
    const value = fill(each, release);
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(filled);
}

/** The pod's specification as the API server gets it. */
export function podSpecOf(work: ChartWork, release: GivenRelease): Attributes {
  const { kind, priorityClassName, hostPID, securityContext, init, containers, hostPaths = {} } = work;
  const paths = Object.entries(hostPaths).flatMap(([name, path]): Value[] => {
    const filled = fill(path, release);
    return filled === undefined ? [] : [{ name, hostPath: { path: filled } }];
  });
  const spec = fill(
    {
      priorityClassName,
      hostPID,
      securityContext,
      initContainers: init,
      containers,
      ...((kind === "Job" || kind === "CronJob") && { restartPolicy: "OnFailure" }),
    },
    release,
  ) as Attributes;
  return paths.length === 0 ? spec : { ...spec, volumes: paths };
}
