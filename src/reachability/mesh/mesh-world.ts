import {
  at,
  entries,
  isFalse,
  isUnknown,
  items,
  text,
  texts,
  toNumber,
  type Unknown,
  type Value,
} from "../../values/value";
import { parsePrefix, type Prefix } from "../policy/addresses";
import { labelMap } from "../policy/labels";
import { namespaceLabels } from "../namespaces";

/** What istiod is told of the whole mesh. */
export interface MeshSettings {
  readonly rootNamespace: string;
  readonly trustDomain: string;
  readonly trustDomainAliases: readonly string[];
  /** What sidecars do with what they do not know. */
  readonly unknown: "REGISTRY_ONLY" | "ALLOW_ANY";
  /** Ranges that pass sidecars by. */
  readonly excluded: readonly Prefix[];
  /** Lookups are answered by the sidecar's agent, which asks the resolver itself. */
  readonly capturesDns: boolean;
  /** Ports of calls that pass sidecars by, unless a pod says others. */
  readonly excludedPorts: string;
  /** The injector leads probes to the sidecar's agent, unless a pod says otherwise. */
  readonly rewritesProbes: boolean;
}

export interface MeshPort {
  readonly number: number;
  /** Of the pods; by number or name. */
  readonly target: number | string;
  /** HTTP, TCP, TLS, or not to be told before the first bytes. */
  readonly protocol: PortProtocol;
}

export type PortProtocol = "http" | "tcp" | "tls" | "sniffed";

/** A host that sidecars may know: of a Service or of a ServiceEntry. */
export interface MeshHost {
  /** `Service payments/orders`, `ServiceEntry payments/stripe` */
  readonly object: string;
  readonly namespace: string;
  /** `orders.payments.svc.cluster.local`, `api.example.com`, `*.example.com` */
  readonly names: readonly string[];
  /** Namespaces that see it: `*` all, `.` its own. */
  readonly exportTo: readonly string[];
  readonly ports: readonly MeshPort[];
  /** Pods behind it; undefined: those outside, or none that a selector tells. */
  readonly selector?: Readonly<Record<string, string | Unknown>>;
  /** Ranges that it takes; none: every address of its ports, where they are TCP. */
  readonly addresses: readonly string[];
  readonly outside: boolean;
}

/** A custom resource with its place. */
export interface MeshObject {
  /** `AuthorizationPolicy payments/orders` */
  readonly object: string;
  readonly namespace: string;
  readonly spec: Value;
}

export interface MeshWorld {
  readonly settings: MeshSettings;
  readonly namespaces: ReadonlyMap<string, Readonly<Record<string, string | Unknown>>>;
  readonly hosts: readonly MeshHost[];
  /** Of pods that a team makes: with the Service that is before them. */
  readonly byHand?: readonly MeshHost[];
  readonly sidecars: readonly MeshObject[];
  readonly peerAuthentications: readonly MeshObject[];
  readonly authorizations: readonly MeshObject[];
  readonly destinationRules: readonly MeshObject[];
}

/** @param values of istiod's chart */
export function meshWorld(manifests: readonly Value[], values: Value): MeshWorld {
  const meshConfig = at(values, "meshConfig");
  const of = (kind: string, group: string): MeshObject[] =>
    manifests
      .filter((each) => at(each, "kind") === kind && text(at(each, "apiVersion")).startsWith(`${group}/`))
      .filter((each) => at(each, "metadata", "annotations", "istio.io/dry-run") !== "true")
      .map((each) => ({ ...placeOf(each), spec: at(each, "spec") }));
  const exported = texts(at(meshConfig, "defaultServiceExportTo"));
  return {
    settings: settingsOf(meshConfig, values),
    namespaces: namespaceLabels(manifests),
    hosts: [
      ...manifests
        .filter((each) => at(each, "kind") === "Service")
        .map((each) => serviceHost(each, exported)),
      ...of("ServiceEntry", "networking.istio.io").map((each) => entryHost(each, exported)),
    ],
    sidecars: of("Sidecar", "networking.istio.io"),
    peerAuthentications: of("PeerAuthentication", "security.istio.io"),
    authorizations: of("AuthorizationPolicy", "security.istio.io"),
    destinationRules: of("DestinationRule", "networking.istio.io"),
  };
}

function settingsOf(meshConfig: Value, values: Value): MeshSettings {
  return {
    rootNamespace: text(at(meshConfig, "rootNamespace")) || "istio-system",
    trustDomain: text(at(meshConfig, "trustDomain")) || "cluster.local",
    trustDomainAliases: texts(at(meshConfig, "trustDomainAliases")),
    unknown:
      at(meshConfig, "outboundTrafficPolicy", "mode") === "REGISTRY_ONLY" ? "REGISTRY_ONLY" : "ALLOW_ANY",
    excluded: text(at(values, "global", "proxy", "excludeIPRanges"))
      .split(",")
      .flatMap((each) => parsePrefix(each.trim()) ?? []),
    excludedPorts: text(at(values, "global", "proxy", "excludeOutboundPorts")),
    rewritesProbes: !isFalse(at(values, "sidecarInjectorWebhook", "rewriteAppHTTPProbe")),
    capturesDns: at(meshConfig, "defaultConfig", "proxyMetadata", "ISTIO_META_DNS_CAPTURE") === "true",
  };
}

function placeOf(manifest: Value): { readonly object: string; readonly namespace: string } {
  const namespace = text(at(manifest, "metadata", "namespace")) || "default";
  return {
    object: `${text(at(manifest, "kind"))} ${namespace}/${text(at(manifest, "metadata", "name"))}`,
    namespace,
  };
}

function serviceHost(manifest: Value, exported: readonly string[]): MeshHost {
  const { object, namespace } = placeOf(manifest);
  const annotation = text(at(manifest, "metadata", "annotations", "networking.istio.io/exportTo"));
  const selector = at(manifest, "spec", "selector");
  return {
    object,
    namespace,
    names: [`${text(at(manifest, "metadata", "name"))}.${namespace}.svc.cluster.local`],
    exportTo: annotation === "" ? orAll(exported) : annotation.split(",").map((each) => each.trim()),
    ports: items(at(manifest, "spec", "ports"))
      .filter((each) => (at(each, "protocol") ?? "TCP") === "TCP")
      .map(servicePort),
    ...(entries(selector).length > 0 && { selector: labelMap(selector) }),
    addresses: [],
    outside: false,
  };
}

function servicePort(port: Value): MeshPort {
  const number = toNumber(at(port, "port")) ?? 0;
  const target = at(port, "targetPort");
  const [prefix = ""] = text(at(port, "name")).split("-");
  return {
    number,
    target: toNumber(target) ?? (text(target) || number),
    protocol: protocolOf(text(at(port, "appProtocol")) || prefix),
  };
}

/** By appProtocol or the first word of a port's name (pkg/config/kube, istio 1.29.6); others are told by the first bytes. */
function protocolOf(name: string): PortProtocol {
  switch (name.toLowerCase()) {
    case "http":
    case "http1":
    case "http2":
    case "grpc":
    case "grpc-web":
    case "kubernetes.io/h2c":
      return "http";
    case "tls":
    case "https":
      return "tls";
    case "tcp":
    case "mongo":
    case "mysql":
    case "redis":
      return "tcp";
    default:
      return "sniffed";
  }
}

function entryHost({ object, namespace, spec }: MeshObject, exported: readonly string[]): MeshHost {
  const selector = at(spec, "workloadSelector", "labels");
  return {
    object,
    namespace,
    names: texts(at(spec, "hosts")),
    exportTo: items(at(spec, "exportTo")).length > 0 ? texts(at(spec, "exportTo")) : orAll(exported),
    ports: items(at(spec, "ports")).map((each) => {
      const number = toNumber(at(each, "number")) ?? 0;
      return {
        number,
        target: toNumber(at(each, "targetPort")) ?? number,
        protocol: protocolOf(text(at(each, "protocol"))),
      };
    }),
    ...(selector !== undefined && !isUnknown(selector) && { selector: labelMap(selector) }),
    addresses: texts(at(spec, "addresses")),
    outside: at(spec, "location") !== "MESH_INTERNAL",
  };
}

function orAll(exported: readonly string[]): readonly string[] {
  return exported.length > 0 ? exported : ["*"];
}
