import { byType, onceOf, type Resource } from "../resource";
import { type Rule, rule, show, undecided, type Verdict, violation } from "../rule";
import {
  at,
  isAbsent,
  isFalse,
  isTrue,
  isUnknown,
  items,
  texts,
  toNumber,
  type Value,
} from "../../values/value";
import { type Container, containers, isPodUnknown, POD_KINDS, podSpec, securityContext } from "./pod-specs";

const STANDARDS = "https://kubernetes.io/docs/concepts/security/pod-security-standards/";

/** Runs over the containers, where the pod is known. */
function eachContainer(judge: (container: Container) => readonly string[]): Rule["check"] {
  return (resource) => {
    if (isPodUnknown(resource)) return [undecided("the pod is known after apply")];
    return containers(resource).flatMap((each) =>
      judge(each).map((detail) => violation(`${each.name} ${detail}`)),
    );
  };
}

/** Judges a field; what is not known yet is said to be. */
function eachField(
  read: (container: Container) => Value,
  holds: (value: Value) => boolean,
  says: string,
): Rule["check"] {
  return (resource) => {
    if (isPodUnknown(resource)) return [undecided("the pod is known after apply")];
    return containers(resource).flatMap((container): Verdict[] => {
      const value = read(container);
      if (isUnknown(value)) return [undecided(`${container.name}: known after apply`)];
      return holds(value) ? [] : [violation(`${container.name} ${says}`)];
    });
  };
}

const base = { area: "manifests" as const, types: POD_KINDS, reference: STANDARDS };

export const podRules: readonly Rule[] = [
  rule({
    ...base,
    id: "K8S-PRIVILEGED",
    severity: "error",
    what: "No container is privileged.",
    why: "It is root on the node, and sees every pod there.",
    remedy: "Leave securityContext.privileged out.",
    check: eachField(
      (each) => at(each.spec, "securityContext", "privileged"),
      (value) => !isTrue(value),
      "is privileged",
    ),
  }),
  rule({
    ...base,
    id: "K8S-HOST-NAMESPACES",
    severity: "error",
    what: "No pod shares the node's network, processes or IPC.",
    why: "Network policy does not apply there, and other pods' processes and memory can be read.",
    remedy: "Leave hostNetwork, hostPID and hostIPC out.",
    check: (resource) => {
      const pod = podSpec(resource);
      return ["hostNetwork", "hostPID", "hostIPC"]
        .filter((name) => isTrue(at(pod, name)))
        .map((name) => violation(`has ${name}`));
    },
  }),
  rule({
    ...base,
    id: "K8S-HOST-PATH",
    severity: "error",
    what: "No pod mounts a path of the node.",
    why: "Kubelet's credentials, other pods' volumes and the container socket are there.",
    remedy: "Use a volume claim, an emptyDir or a CSI volume.",
    check: (resource) =>
      items(at(podSpec(resource), "volumes"))
        .filter((each) => at(each, "hostPath") !== undefined)
        .map((each) => violation(`mounts ${show(at(each, "hostPath", "path"))}`)),
  }),
  rule({
    ...base,
    id: "K8S-HOST-PORT",
    severity: "warning",
    what: "No container takes a port of its node.",
    why: "It can be reached without any Service, and only one such pod fits on a node.",
    remedy: "Use a Service.",
    check: eachContainer(({ spec }) =>
      items(at(spec, "ports"))
        .filter((each) => !isAbsent(at(each, "hostPort")) && at(each, "hostPort") !== 0)
        .map((each) => `takes port ${show(at(each, "hostPort"))} of the node`),
    ),
  }),
  rule({
    ...base,
    id: "K8S-RUN-AS-ROOT",
    severity: "error",
    what: "Containers don't run as root.",
    why: "Root in a container is root on the node as soon as anything lets it out.",
    remedy: "Set runAsNonRoot to true.",
    check: eachField((each) => securityContext(each, "runAsNonRoot"), isTrue, "may run as root"),
  }),
  rule({
    ...base,
    id: "K8S-ROOT-USER",
    severity: "error",
    what: "No container sets user 0.",
    why: "It asks for root by its number, whatever the image says.",
    remedy: "Write a user of 10000 or more.",
    check: eachField(
      (each) => securityContext(each, "runAsUser"),
      (value) => toNumber(value) !== 0,
      "runs as user 0",
    ),
  }),
  rule({
    ...base,
    id: "K8S-ESCALATION",
    severity: "error",
    what: "Processes can't gain more rights than their parent.",
    why: "Otherwise a setuid program in the image makes any user root.",
    remedy: "Set allowPrivilegeEscalation to false.",
    check: eachField(
      (each) => at(each.spec, "securityContext", "allowPrivilegeEscalation"),
      isFalse,
      "may gain rights",
    ),
  }),
  rule({
    ...base,
    id: "K8S-CAPABILITIES",
    severity: "warning",
    what: "Containers drop all capabilities and add none but NET_BIND_SERVICE.",
    why: "The default set holds raw sockets and file ownership, which few programs need.",
    remedy: "Set capabilities.drop to [ALL].",
    check: eachContainer(({ spec }) => {
      const drops = texts(at(spec, "securityContext", "capabilities", "drop"));
      const adds = texts(at(spec, "securityContext", "capabilities", "add")).filter(
        (each) => each !== "NET_BIND_SERVICE",
      );
      return [
        ...(drops.includes("ALL") ? [] : ["keeps default capabilities"]),
        ...adds.map((each) => `adds ${each}`),
      ];
    }),
  }),
  rule({
    ...base,
    id: "K8S-ROOT-FILESYSTEM",
    severity: "warning",
    what: "The container's root file system is read-only.",
    why: "Otherwise an intruder can put programs where the next start finds them.",
    remedy: "Set readOnlyRootFilesystem to true and mount an emptyDir for what is written.",
    check: eachField(
      (each) => at(each.spec, "securityContext", "readOnlyRootFilesystem"),
      isTrue,
      "can write its root file system",
    ),
  }),
  rule({
    ...base,
    id: "K8S-SECCOMP",
    severity: "warning",
    what: "Containers run under a seccomp profile.",
    why: "Unconfined, they may make every system call of the kernel that they share.",
    remedy: "Set seccompProfile.type to RuntimeDefault.",
    check: eachField(
      (each) => at(securityContext(each, "seccompProfile"), "type"),
      (value) => value === "RuntimeDefault" || value === "Localhost",
      "has no seccomp profile",
    ),
  }),
  rule({
    ...base,
    id: "K8S-IMAGE-TAG",
    severity: "error",
    what: "Images have a tag other than latest, or a digest.",
    why: "Otherwise two nodes run two programs under one name.",
    remedy: "Write the tag or, better, the digest.",
    reference: "https://kubernetes.io/docs/concepts/containers/images/",
    check: eachField((each) => at(each.spec, "image"), isPinned, "has an image without a version"),
  }),
  rule({
    ...base,
    id: "K8S-RESOURCES",
    severity: "warning",
    what: "Containers request CPU and memory, and limit memory.",
    why: "Without requests nothing can be placed or scaled; without a limit one leak takes the node.",
    remedy: "Write resources.requests.cpu, requests.memory and limits.memory.",
    reference: "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
    check: eachContainer(({ spec }) =>
      [
        ["requests", "cpu"],
        ["requests", "memory"],
        ["limits", "memory"],
      ]
        .filter((path) => isAbsent(at(spec, "resources", ...path)))
        .map((path) => `has no ${path.join(".")}`),
    ),
  }),
  rule({
    ...base,
    id: "K8S-PROBES",
    severity: "warning",
    what: "Services say when they are ready and when they are stuck.",
    why: "Otherwise traffic reaches a pod that is still starting, and a stuck one is never restarted.",
    remedy: "Write readinessProbe and livenessProbe.",
    types: ["k8s:Deployment", "k8s:StatefulSet", "k8s:DaemonSet", "k8s:Rollout"],
    reference: "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
    check: eachContainer(({ spec, isInit }) =>
      isInit
        ? []
        : ["readinessProbe", "livenessProbe"]
            .filter((name) => isAbsent(spec[name]))
            .map((name) => `has no ${name}`),
    ),
  }),
  rule({
    ...base,
    id: "K8S-REPLICAS",
    severity: "warning",
    what: "A production workload has more than one replica.",
    why: "Otherwise every node update is an outage.",
    remedy: "Write two or more, or let an autoscaler.",
    types: ["k8s:Deployment", "k8s:StatefulSet", "k8s:Rollout"],
    reference: "https://docs.aws.amazon.com/eks/latest/best-practices/application.html",
    check: (resource, { production, resources }) => {
      if (!production || isScaled(resource, resources)) return [];
      const replicas = at(resource.attributes, "spec", "replicas");
      if (isUnknown(replicas)) return [undecided("spec.replicas is known after apply")];
      return (toNumber(replicas) ?? 1) < 2 ? [violation("has one replica")] : [];
    },
  }),
  rule({
    ...base,
    id: "K8S-DEFAULT-NAMESPACE",
    severity: "warning",
    what: "Nothing runs in the namespace default.",
    why: "Nobody's labels, quota or policy apply there, and whoever forgets to name a namespace ends up in it.",
    remedy: "Name a namespace.",
    reference: "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",
    check: ({ attributes }) =>
      at(attributes, "metadata", "namespace") === "default" ? [violation("is in default")] : [],
  }),
];

function isPinned(image: Value): boolean {
  if (typeof image !== "string") return false;
  if (image.includes("@sha256:")) return true;
  const tag = /:([^:/]+)$/.exec(image)?.[1];
  return tag !== undefined && tag !== "latest";
}

/** Whether an autoscaler decides the replicas. */
function isScaled({ attributes }: Resource, resources: readonly Resource[]): boolean {
  return scaledNames(resources).has(at(attributes, "metadata", "name"));
}

const scaledNames = onceOf((resources): ReadonlySet<Value> => {
  const byKind = byType(resources);
  const scalers = ["k8s:HorizontalPodAutoscaler", "k8s:ScaledObject"].flatMap(
    (each) => byKind.get(each) ?? [],
  );
  return new Set(scalers.map((each) => at(each.attributes, "spec", "scaleTargetRef", "name")));
});
