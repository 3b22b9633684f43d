import { at, entries, isTrue, text, toNumber, type Value } from "../../values/value";
import type { MeshPods } from "../mesh/workloads";

/** Pods that operators make of objects among the manifests: collectors of OpenTelemetry, proxies of Istio's Gateways. */
export function operatedPods(manifests: readonly Value[]): MeshPods[] {
  return manifests.flatMap((each) => {
    switch (text(at(each, "kind"))) {
      case "OpenTelemetryCollector":
        return [collector(each)];
      case "Gateway":
        return text(at(each, "spec", "gatewayClassName")) === "istio" ? [istioGateway(each)] : [];
      default:
        return [];
    }
  });
}

const namespaceOf = (manifest: Value): string => text(at(manifest, "metadata", "namespace")) || "default";
const nameOf = (manifest: Value): string => text(at(manifest, "metadata", "name"));

/** open-telemetry/opentelemetry-operator v0.158.0, internal/manifests/collector/labels.go and internal/naming. */
function collector(manifest: Value): MeshPods {
  const namespace = namespaceOf(manifest);
  const name = nameOf(manifest);
  const receivers = entries(at(manifest, "spec", "config", "receivers"));
  return {
    kind: "pods",
    name: `${namespace}/${name}-collector`,
    namespace,
    labels: {
      "app.kubernetes.io/component": "opentelemetry-collector",
      "app.kubernetes.io/instance": `${namespace}.${name}`,
      "app.kubernetes.io/managed-by": "opentelemetry-operator",
      "app.kubernetes.io/name": `${name}-collector`,
      "app.kubernetes.io/part-of": "opentelemetry",
    },
    serviceAccount: text(at(manifest, "spec", "serviceAccount")) || `${name}-collector`,
    hostNetwork: isTrue(at(manifest, "spec", "hostNetwork")),
    ports: receivers.flatMap(([receiver, settings]) =>
      entries(at(settings, "protocols")).flatMap(([protocol, each]) => {
        const port = toNumber(text(at(each, "endpoint")).split(":").at(-1));
        return port === undefined
          ? []
          : [{ name: `${receiver}-${protocol}`, port, protocol: "TCP" as const }];
      }),
    ),
  };
}

/** istio/istio 1.29, manifests/charts/istio-control/istio-discovery/files/kube-gateway.yaml: name and account are `<gateway>-istio`. */
function istioGateway(manifest: Value): MeshPods {
  const namespace = namespaceOf(manifest);
  const name = nameOf(manifest);
  return {
    kind: "pods",
    name: `${namespace}/${name}-istio`,
    namespace,
    labels: {
      "gateway.networking.k8s.io/gateway-name": name,
      "gateway.networking.k8s.io/gateway-class-name": "istio",
      "sidecar.istio.io/inject": "false",
    },
    serviceAccount: `${name}-istio`,
    ports: [
      { name: "metrics", port: 15020, protocol: "TCP" },
      { name: "http-envoy-prom", port: 15090, protocol: "TCP" },
    ],
  };
}
