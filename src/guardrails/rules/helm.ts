import { protectionsOf } from "../read/chart-protections";
import type { Resource } from "../resource";
import { type Rule, rule, show, undecided, type Verdict, violation } from "../rule";
import {
  at,
  entries,
  isAbsent,
  isFalse,
  isTrue,
  isUnknown,
  text,
  type Value,
  walk,
} from "../../values/value";

const RELEASE = ["helm_release"];

/** Names that mean the same in every chart, by the last part of the path. */
const EVERYWHERE: Readonly<
  Record<string, { readonly isOff: (value: Value) => boolean; readonly protects: string }>
> = {
  insecureSkipVerify: { isOff: isTrue, protects: "the check of certificates" },
  insecureSkipTLSVerify: { isOff: isTrue, protects: "the check of certificates" },
  skipTLSVerify: { isOff: isTrue, protects: "the check of certificates" },
  tlsInsecure: { isOff: isTrue, protects: "the check of certificates" },
  failurePolicy: { isOff: (v) => v === "Ignore", protects: "admission while the webhook is away" },
};

/** Arguments that turn a protection off. */
const ARGUMENTS =
  /^--(kubelet-insecure-tls|insecure(-skip-tls-verify)?(=true)?|disable-auth(=true)?|anonymous-auth=true)$/;

export function chartOf({ attributes }: Resource): string {
  return text(attributes.chart).split("/").at(-1) ?? "";
}

/** Runs over every value, where the values are known. */
function eachValue(
  resource: Resource,
  judge: (path: readonly string[], value: Value) => Verdict[],
): Verdict[] {
  const { values } = resource.attributes;
  if (isUnknown(values)) return [undecided("the values are known after apply")];
  const set = entries(resource.attributes.set).map(([name, value]) => [name.split("."), value] as const);
  return [...walk(values), ...set]
    .filter(([path]) => path[0] !== "manifests")
    .flatMap(([path, value]) => judge(path, value));
}

export const helmRules: readonly Rule[] = [
  rule({
    id: "HELM-UNREAD",
    area: "Helm values",
    severity: "warning",
    what: "A release's values, and the objects in them, can be judged.",
    why: "These rules can't see values that are only known after apply.",
    remedy: "Check again with a plan made after the stacks before it have been applied.",
    reference: "https://developer.hashicorp.com/terraform/internals/json-format",
    types: RELEASE,
    check: ({ attributes }) =>
      isUnknown(attributes.values)
        ? [undecided("the values and the objects in them are known after apply")]
        : [],
  }),
  rule({
    id: "HELM-PROTECTION-OFF",
    area: "Helm values",
    severity: "error",
    what: "No chart value turns off a protection.",
    why: "One line among hundreds of values, and the whole cluster is without policy, TLS or admission control.",
    remedy: "Leave the value out; the chart's default protects.",
    reference: "https://helm.sh/docs/chart_template_guide/values_files/",
    types: RELEASE,
    check: (resource) => {
      const chart = chartOf(resource);
      const ofChart = protectionsOf(chart);
      return eachValue(resource, (path, value) => {
        const key = path.join(".");
        const known = ofChart.find((each) => each.path.join(".") === key);
        const general = EVERYWHERE[path.at(-1) ?? ""];
        const off = [known, general].find((each) => each?.isOff(value));
        if (off !== undefined) return [violation(`${key}: ${show(value)} turns off ${off.protects}`)];
        return typeof value === "string" && ARGUMENTS.test(value) ? [violation(`${key}: ${value}`)] : [];
      });
    },
  }),
  rule({
    id: "HELM-PRIVILEGED",
    area: "Helm values",
    severity: "error",
    what: "No chart value makes a container privileged.",
    why: "A privileged container is root on its node.",
    remedy: "Add the capabilities that are needed, or waive the rule for the agent that can't do without.",
    reference: "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    types: RELEASE,
    check: (resource) =>
      eachValue(resource, (path, value) => {
        const bad = { privileged: isTrue, allowPrivilegeEscalation: isTrue, runAsNonRoot: isFalse }[
          path.at(-1) ?? ""
        ];
        return bad?.(value) && path.includes("securityContext")
          ? [violation(`${path.join(".")}: ${show(value)}`)]
          : [];
      }),
  }),
  rule({
    id: "HELM-IMAGE-TAG",
    area: "Helm values",
    severity: "error",
    what: "No chart value asks for the image tag latest.",
    why: "What runs then depends on the day on which a node first pulled it.",
    remedy: "Leave the tag to the chart, or write one.",
    reference: "https://kubernetes.io/docs/concepts/containers/images/",
    types: RELEASE,
    check: (resource) =>
      eachValue(resource, (path, value) => {
        const isTag = path.at(-1) === "tag" && value === "latest";
        const isImage = path.at(-1) === "image" && typeof value === "string" && value.endsWith(":latest");
        return isTag || isImage ? [violation(`${path.join(".")} is latest`)] : [];
      }),
  }),
  rule({
    id: "HELM-LB-SCHEME",
    area: "network",
    severity: "error",
    what: "A chart that makes a load balancer says whether it is internal or faces the internet.",
    why: "The default depends on the controller and its version: what was internal is public after an upgrade.",
    remedy: "Annotate the service with service.beta.kubernetes.io/aws-load-balancer-scheme.",
    reference:
      "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/",
    types: RELEASE,
    check: (resource) =>
      eachValue(resource, (path, value) => {
        const service = path.slice(0, -1);
        if (value !== "LoadBalancer" || path.at(-1) !== "type") return [];
        const around = at(resource.attributes.values, ...service);
        const annotations = [
          at(around, "annotations"),
          at(around, "serviceAnnotations"),
          at(resource.attributes.values, ...service.slice(0, -1), "serviceAnnotations"),
        ];
        if (annotations.some(isUnknown))
          return [undecided(`the annotations of ${service.join(".")} are known after apply`)];
        return annotations.some(hasScheme) ? [] : [violation(`${service.join(".")} names no scheme`)];
      }),
  }),
  rule({
    id: "HELM-VERSION-PIN",
    area: "Helm values",
    severity: "error",
    what: "Every chart has an exact version.",
    why: "A range or none at all lets two plans of one commit install different charts.",
    remedy: "Write the version; a release holds it.",
    reference: "https://registry.terraform.io/providers/hashicorp/helm/latest/docs/resources/release",
    types: RELEASE,
    setting: "release",
    check: ({ attributes }) => {
      const { version, chart } = attributes;
      // A chart in the stack's own folder: its content is its version.
      if (isLocal(chart)) return [];
      if (isUnknown(version)) return [undecided("the version is known after apply")];
      return /^v?\d+\.\d+\.\d+([-+.][\w.+-]+)?$/.test(text(version))
        ? []
        : [violation(`has version ${show(version)}`)];
    },
  }),
  rule({
    id: "HELM-REPOSITORY",
    area: "Helm values",
    severity: "error",
    what: "Charts come over TLS.",
    why: "Anybody in between can put anything into a chart that is fetched in plain text.",
    remedy: "Use https:// or oci://.",
    reference: "https://helm.sh/docs/topics/registries/",
    types: RELEASE,
    check: ({ attributes }) =>
      [attributes.repository, attributes.chart]
        .filter((each) => typeof each === "string" && each.startsWith("http://"))
        .map((each) => violation(`comes from ${show(each)}`)),
  }),
];

function isLocal(chart: Value): boolean {
  return isUnknown(chart) || (typeof chart === "string" && /^(\.|\/|assets\/)/.test(chart));
}

/** Annotations that a scheme is said by; `internal` is the older spelling. */
export function hasScheme(annotations: Value): boolean {
  return entries(annotations).some(
    ([key, value]) =>
      /aws-load-balancer-(scheme|internal)$|^alb\.ingress\.kubernetes\.io\/scheme$/.test(key) &&
      !isAbsent(value),
  );
}
