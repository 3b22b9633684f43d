import { istioProxy } from "../../facts/injected-containers";
import type { Resource } from "../../guardrails/resource";
import { at, type Attributes, isMap, isTrue, isUnknown, items, text, type Value } from "../../values/value";

/** What a release of istiod puts into pods (istio/istio 1.29.6, istio-discovery/files/*.yaml). */
export interface ProxyMaker {
  /** Empty: the default one. */
  readonly revision: string;
  /** Tags by which namespaces ask for it as well. */
  readonly tags: readonly string[];
  readonly values: Value;
  readonly version: Value;
}

/** Of charts as the release builder leaves them: `global.hub`, and the version as tag. */
const HUB = istioProxy.image.replace(/\/[^/]+$/, "");

export function proxyMakers(resources: readonly Resource[]): ProxyMaker[] {
  return resources
    .filter(
      ({ type, attributes }) =>
        type === "helm_release" && text(attributes.chart).split("/").at(-1) === "istiod",
    )
    .map(({ attributes: { values, version } }) => ({
      revision: text(at(values, "revision")),
      tags: [at(values, "revisionTags")].flat().flatMap((each) => text(each) || []),
      values,
      version,
    }));
}

/** Image of the proxy and of the init container. */
function proxyImage({ values, version }: ProxyMaker, annotations: Value): Value {
  const own = at(annotations, "sidecar.istio.io/proxyImage");
  const image = own ?? at(values, "global", "proxy", "image") ?? "proxyv2";
  if (isUnknown(image)) return image;
  if (text(image).includes("/")) return image;
  const [hub, tag] = [at(values, "global", "hub") ?? HUB, at(values, "global", "tag") ?? version];
  if (isUnknown(hub)) return hub;
  if (isUnknown(tag)) return tag;
  const variant = text(at(values, "global", "variant"));
  return `${text(hub)}/${text(image)}:${text(tag)}${variant && `-${variant}`}`;
}

const AS_PROXY = {
  runAsUser: 1337,
  runAsGroup: 1337,
  runAsNonRoot: true,
  readOnlyRootFilesystem: true,
} as const;

const AS_GATEWAY = { runAsUser: 1337, runAsGroup: 1337 } as const;

const probe: Attributes = { httpGet: { path: "/healthz/ready", port: 15021 } };

const ANNOTATED = [
  ["sidecar.istio.io/proxyCPU", "requests", "cpu"],
  ["sidecar.istio.io/proxyMemory", "requests", "memory"],
  ["sidecar.istio.io/proxyCPULimit", "limits", "cpu"],
  ["sidecar.istio.io/proxyMemoryLimit", "limits", "memory"],
] as const;

/** Annotations of a pod take the place of all that the values say. */
function sidecarResources({ values }: ProxyMaker, annotations: Value): Value {
  const said = ANNOTATED.filter(([key]) => at(annotations, key) !== undefined);
  if (said.length === 0) return at(values, "global", "proxy", "resources") ?? DEFAULT_RESOURCES;
  const part = (name: "requests" | "limits"): Attributes =>
    Object.fromEntries(
      said.filter((each) => each[1] === name).map(([key, , resource]) => [resource, at(annotations, key)]),
    );
  return { requests: part("requests"), limits: part("limits") };
}

const DEFAULT_RESOURCES: Attributes = {
  requests: { cpu: "100m", memory: "128Mi" },
  limits: { cpu: "2000m", memory: "1024Mi" },
};

/** The container that leads traffic through the proxy, or only looks whether the CNI plugin has. */
function initContainer(maker: ProxyMaker, annotations: Value): Attributes {
  const { values } = maker;
  const byPlugin = isTrue(at(values, "cni", "enabled") ?? at(values, "pilot", "cni", "enabled"));
  const privileged = isTrue(at(values, "global", "proxy", "privileged"));
  return {
    name: byPlugin ? "istio-validation" : "istio-init",
    image: proxyImage(maker, annotations),
    resources: sidecarResources(maker, annotations),
    securityContext: {
      allowPrivilegeEscalation: privileged,
      privileged,
      capabilities: { ...(!byPlugin && { add: ["NET_ADMIN", "NET_RAW"] }), drop: ["ALL"] },
      ...(byPlugin
        ? AS_PROXY
        : { readOnlyRootFilesystem: false, runAsGroup: 0, runAsNonRoot: false, runAsUser: 0 }),
      ...seccomp(at(values, "global", "proxy", "seccompProfile"), maker),
    },
  };
}

/** Only since 1.28 the injector takes a profile for sidecars (the same template at 1.27.9 has none). */
function seccomp(profile: Value, { version }: ProxyMaker): Attributes {
  const minor = Number(/^1\.(\d+)/.exec(text(version))?.[1] ?? Infinity);
  return profile === undefined || minor < 28 ? {} : { seccompProfile: profile };
}

function proxyContainer(maker: ProxyMaker, annotations: Value, native: boolean): Attributes {
  const { values } = maker;
  const privileged = isTrue(at(values, "global", "proxy", "privileged"));
  const transparent = at(annotations, "sidecar.istio.io/interceptionMode") === "TPROXY";
  const bindsLow = isTrue(
    at(annotations, "sidecar.istio.io/capNetBindService") ??
      at(values, "global", "proxy", "capNetBindService"),
  );
  const added = [...(transparent ? ["NET_ADMIN"] : []), ...(bindsLow ? ["NET_BIND_SERVICE"] : [])];
  return {
    name: "istio-proxy",
    image: proxyImage(maker, annotations),
    ...(native && { restartPolicy: "Always" }),
    readinessProbe: probe,
    resources: sidecarResources(maker, annotations),
    securityContext: {
      allowPrivilegeEscalation: privileged,
      privileged,
      capabilities: { ...(added.length > 0 && { add: added }), drop: ["ALL"] },
      ...AS_PROXY,
      ...(added.length > 0 && { runAsNonRoot: false, runAsUser: 0 }),
      ...seccomp(at(values, "global", "proxy", "seccompProfile"), maker),
    },
  };
}

const VOLUMES: readonly Attributes[] = [
  ...["workload-socket", "credential-socket", "workload-certs", "istio-data"].map((name) => ({
    name,
    emptyDir: {},
  })),
  { name: "istio-envoy", emptyDir: { medium: "Memory" } },
  {
    name: "istio-podinfo",
    downwardAPI: { items: [{ path: "labels", fieldRef: { fieldPath: "metadata.labels" } }] },
  },
  {
    name: "istio-token",
    projected: {
      sources: [
        { serviceAccountToken: { path: "istio-token", expirationSeconds: 43200, audience: "istio-ca" } },
      ],
    },
  },
  { name: "istiod-ca-cert", configMap: { name: "istio-ca-root-cert" } },
];

/** A pod with its sidecar: since Kubernetes 1.33 as an init container that stays (DetectNativeSidecar). */
export function withSidecar(
  spec: Attributes,
  annotations: Value,
  maker: ProxyMaker,
  native: boolean,
): Attributes {
  const own = at(annotations, "sidecar.istio.io/nativeSidecar");
  const stays = own === undefined ? native : isTrue(own);
  const proxy = proxyContainer(maker, annotations, stays);
  const list = (name: string): readonly Value[] => [spec[name]].flat().filter((each) => each !== undefined);
  return {
    ...spec,
    initContainers: [initContainer(maker, annotations), ...(stays ? [proxy] : []), ...list("initContainers")],
    containers: [...(stays ? [] : [proxy]), ...list("containers")],
    volumes: [...VOLUMES, ...list("volumes")],
  };
}

/** A gateway of a chart, whose one container is the proxy itself: it gets the image and a probe (gateway-injection-template.yaml). */
export function withGatewayProxy(spec: Attributes, annotations: Value, maker: ProxyMaker): Attributes {
  const containers = items(spec.containers).map((each): Value => {
    if (!isMap(each) || each.name !== "istio-proxy") return each;
    const context = { ...AS_GATEWAY, ...(isMap(each.securityContext) && each.securityContext) };
    return {
      ...each,
      ...(each.image === "auto" && { image: proxyImage(maker, annotations) }),
      readinessProbe: probe,
      securityContext: context,
    };
  });
  return { ...spec, containers, volumes: [...VOLUMES, ...items(spec.volumes)] };
}

/** A proxy that is alone in its pod: a waypoint (waypoint.yaml), or a gateway of the Gateway API (kube-gateway.yaml). */
export function ownProxy(maker: ProxyMaker, kind: "waypoint" | "gateway"): Attributes {
  const { values } = maker;
  const profile = seccomp(at(values, "gateways", "seccompProfile"), { ...maker, version: "1.28" });
  return {
    ...(kind === "gateway" && {
      securityContext: {
        sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }],
        ...profile,
      },
    }),
    containers: [
      {
        name: "istio-proxy",
        image: proxyImage(maker, undefined),
        readinessProbe: probe,
        resources:
          at(values, "global", kind === "waypoint" ? "waypoint" : "proxy", "resources") ?? DEFAULT_RESOURCES,
        securityContext: {
          privileged: false,
          allowPrivilegeEscalation: false,
          capabilities: { drop: ["ALL"] },
          ...AS_PROXY,
          ...(kind === "waypoint" && profile),
        },
      },
    ],
    volumes: VOLUMES,
  };
}
