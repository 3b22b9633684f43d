import { ACME_SOLVER_IMAGE, VELERO_IMAGE } from "../../facts/injected-containers";
import { INJECTED_TEMPLATES } from "../../facts/istio-labels";
import type { Resource } from "../../guardrails/resource";
import { at, type Attributes, isTrue, isUnknown, items, text, type Value } from "../../values/value";
import { ownProxy, type ProxyMaker, withGatewayProxy, withSidecar } from "./istio-proxy";
import type { AdmittedPod } from "./pod";

type Labels = Readonly<Record<string, Value>>;

/** Whose release of istiod puts a sidecar into a pod; undefined: none does (istio/istio 1.29.6, mutatingwebhook.yaml and injectRequired). */
export function injectorOf(
  pod: Pick<AdmittedPod, "labels" | "annotations" | "spec">,
  namespace: Labels,
  makers: readonly ProxyMaker[],
): ProxyMaker | undefined {
  if (isTrue(pod.spec.hostNetwork)) return undefined;
  const own = text(
    at(pod.labels, "sidecar.istio.io/inject") ?? at(pod.annotations, "sidecar.istio.io/inject"),
  );
  if (own === "false") return undefined;
  const injection = namespace["istio-injection"];
  const asked = injection === undefined ? text(namespace["istio.io/rev"]) : "";
  if (injection !== undefined && injection !== "enabled") return undefined;
  const revision = injection === undefined && asked === "" ? text(at(pod.labels, "istio.io/rev")) : asked;
  if (injection === undefined && revision === "" && own !== "true") return undefined;
  return makers.find((each) =>
    revision === "" || revision === "default"
      ? each.revision === ""
      : each.revision === revision || each.tags.includes(revision),
  );
}

/** A pod with its sidecar, where istiod puts one into it. */
export function injected(
  pod: AdmittedPod,
  namespace: Labels,
  makers: readonly ProxyMaker[],
  native: boolean,
): AdmittedPod {
  const maker = injectorOf(pod, namespace, makers);
  if (maker === undefined || pod.unread !== undefined) return pod;
  const isGateway = text(at(pod.annotations, INJECTED_TEMPLATES)).split(",").includes("gateway");
  const spec = isGateway
    ? withGatewayProxy(pod.spec, pod.annotations, maker)
    : withSidecar(pod.spec, pod.annotations, maker, native);
  return {
    ...pod,
    spec,
    injected: [...pod.injected, "Istio"],
  };
}

/** Proxies that istiod runs for Gateways of its classes. */
export function proxiesOf(objects: readonly Resource[], makers: readonly ProxyMaker[]): AdmittedPod[] {
  const [maker] = makers;
  if (maker === undefined) return [];
  return objects.flatMap(({ attributes, stack, address }): AdmittedPod[] => {
    const gatewayClass = text(at(attributes, "spec", "gatewayClassName"));
    const isWaypoint = gatewayClass === "istio-waypoint";
    if (attributes.kind !== "Gateway" || (!isWaypoint && gatewayClass !== "istio")) return [];
    const namespace = text(at(attributes, "metadata", "namespace")) || "default";
    const name = text(at(attributes, "metadata", "name"));
    const spec = ownProxy(maker, isWaypoint ? "waypoint" : "gateway");
    const deployment = isWaypoint ? name : `${name}-istio`;
    const labels = { "gateway.networking.k8s.io/gateway-name": name };
    return [
      {
        name: `${namespace}/${deployment}`,
        namespace,
        labels,
        annotations: undefined,
        spec,
        by: { stack, address },
        maker: {
          apiVersion: "apps/v1",
          kind: "Deployment",
          metadata: { name: deployment, namespace },
          spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
        },
        count: 1,
        surge: 1,
        injected: ["Istio"],
      },
    ];
  });
}

/** Who answers challenges of HTTP-01 in any namespace that asks for a certificate (cert-manager 1.21.1, pkg/issuer/acme/http/pod.go). */
export function solversOf(
  objects: readonly Resource[],
  releases: readonly Resource[],
  namespaces: readonly string[],
): AdmittedPod[] {
  const issuer = objects.find(
    ({ attributes }) =>
      /^(Cluster)?Issuer$/.test(text(attributes.kind)) &&
      items(at(attributes, "spec", "acme", "solvers")).some((each) => at(each, "http01") !== undefined),
  );
  const release = releases.find(
    ({ attributes }) => text(attributes.chart).split("/").at(-1) === "cert-manager",
  );
  if (issuer === undefined || release === undefined) return [];
  const { values, version } = release.attributes;
  return namespaces.map((namespace) => ({
    name: `${namespace}/cm-acme-http-solver`,
    namespace,
    labels: { "acme.cert-manager.io/http01-solver": "true" },
    annotations: { "sidecar.istio.io/inject": "false" },
    spec: {
      automountServiceAccountToken: false,
      restartPolicy: "OnFailure",
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      containers: [
        {
          name: "acmesolver",
          image: imageOf(
            at(values, "acmesolver", "image"),
            solverImage(at(values, "imageRegistry")),
            version,
          ),
          resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { cpu: "100m", memory: "64Mi" } },
          securityContext: {
            readOnlyRootFilesystem: true,
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"] },
          },
        },
      ],
    },
    by: { stack: issuer.stack, address: issuer.address },
    count: 1,
    surge: 0,
    injected: ["cert-manager" as const],
  }));
}

/** Pods as they come back from a backup of their files (Velero 1.18.1, pkg/restore/actions/pod_volume_restore_action.go). */
export function restoredPods(pods: readonly AdmittedPod[], releases: readonly Resource[]): AdmittedPod[] {
  const release = releases.find(({ attributes }) => text(attributes.chart).split("/").at(-1) === "velero");
  if (release === undefined) return [];
  const { values, version } = release.attributes;
  if (!isTrue(at(values, "deployNodeAgent"))) return [];
  return pods
    .filter(({ spec }) => items(spec.volumes).some((each) => at(each, "persistentVolumeClaim") !== undefined))
    .map((pod) => ({
      ...pod,
      name: `${pod.name} as Velero restores it`,
      spec: {
        ...pod.spec,
        initContainers: [waiting(pod.spec, values, version), ...items(pod.spec.initContainers)],
      },
      injected: [...pod.injected, "Velero" as const],
      // It takes the place of the pod that it was.
      count: 0,
      surge: 0,
    }));
}

/** Velero gives its container the first one's security context. */
function waiting(spec: Attributes, values: Value, version: Value): Attributes {
  return {
    name: "restore-wait",
    image: imageOf(at(values, "image"), VELERO_IMAGE, version),
    resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "100m", memory: "128Mi" } },
    securityContext: at(items(spec.containers)[0], "securityContext"),
  };
}

/** The chart puts it behind `imageRegistry` (cert-manager 1.21.1, templates/_helpers.tpl). */
function solverImage(registry: Value): Value {
  if (isUnknown(registry)) return registry;
  return registry === undefined ? ACME_SOLVER_IMAGE : ACME_SOLVER_IMAGE.replace(/^[^/]+/, text(registry));
}

/** Where the values name no tag it is the chart's own; the chart's version stands for it, since rules ask for some version. */
function imageOf(own: Value, image: Value, version: Value): Value {
  const repository = at(own, "repository") ?? image;
  const tag = at(own, "tag") ?? version;
  if (isUnknown(repository)) return repository;
  return isUnknown(tag) ? tag : `${text(repository)}:${text(tag)}`;
}
