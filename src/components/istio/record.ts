import { isFalse } from "../../values/value";
import { istioProxy } from "../../facts/injected-containers";
import { INJECTED_TEMPLATES } from "../../facts/istio-labels";
import { asks, envMap, IN_CLUSTER, NO_PODS, RELEASE } from "../chart";
import { gatewayPods, ISTIOD_LABELS, istioFlows, XDS_PORT } from "./flows";
import type { ChartComponentRecord, RoleOwner } from "../component";
import { upgradeNotes } from "./upgrade-notes";
import { onKubernetes, withBundle } from "../fit";
import { pins } from "./pins";
import { istioWork } from "./pods";

/** Of istiod: what makes sidecars and judges Istio's objects (Istio, "Ports used by Istio"). */
const ISTIOD_WEBHOOK_PORT = 15017;

/** Whether clusters of the mesh read each other by a token that External Secrets fetches, and not from Terraform's state. */
const readByRole = ({ config, mesh }: RoleOwner): boolean =>
  mesh.peers.length > 0 &&
  !(config.mesh?.kind === "istio" && config.mesh.tokenExchange.kind === "terraform-state");

/** Pods of Istio itself are in no mesh; gateways get their proxy by injection. */
const OUTSIDE = { "sidecar.istio.io/inject": "false", "istio.io/dataplane-mode": "none" };
const NOT_INJECTED = { "sidecar.istio.io/inject": "false" };

export const istio: ChartComponentRecord<
  "istio",
  "istio-base" | "istiod" | "istio-cni" | "ztunnel" | "istio-gateway"
> = {
  kind: "charts",
  name: "istio",
  title: "Istio",
  stack: "mesh",
  isUsed: ({ mesh }) => mesh !== undefined && mesh.kind !== "cilium",
  settings: ["mesh"],
  docs: "docs/components/mesh.md",
  charts: {
    "istio-base": {
      repository: "https://istio-release.storage.googleapis.com/charts",
      name: "base",
      requests: [],
      callsOut: NO_PODS,
    },
    istiod: {
      repository: "https://istio-release.storage.googleapis.com/charts",
      name: "istiod",
      podsReadAt: ["1.27.9", "1.29.6"],
      protections: [
        { path: ["global", "configValidation"], isOff: isFalse, protects: "the check of Istio's objects" },
        { path: ["meshConfig", "enableAutoMtls"], isOff: isFalse, protects: "mutual TLS inside the mesh" },
      ],
      requests: [asks("resources", 500, 2048, 4096)],
      // Keys of JWT issuers.
      callsOut: [envMap("env")],
    },
    "istio-cni": {
      repository: "https://istio-release.storage.googleapis.com/charts",
      name: "cni",
      podsReadAt: ["1.27.9", "1.29.6"],
      requests: [asks("resources", 100, 100, 512)],
      callsOut: IN_CLUSTER,
    },
    ztunnel: {
      repository: "https://istio-release.storage.googleapis.com/charts",
      name: "ztunnel",
      podsReadAt: ["1.27.9", "1.29.6"],
      requests: [asks("resources", 200, 512, 2048)],
      callsOut: IN_CLUSTER,
    },
    "istio-gateway": {
      repository: "https://istio-release.storage.googleapis.com/charts",
      name: "gateway",
      podsReadAt: ["1.27.9", "1.29.6"],
      requests: [asks("resources", 100, 128, 1024)],
      callsOut: { no: "carries requests of others" },
    },
  },
  pins: { "istio-base": pins, istiod: pins, "istio-cni": pins, ztunnel: pins, "istio-gateway": pins },
  namespaces: { "istio-ingress": "not closed", "istio-system": "not closed" },
  called: () => ({ istiod: ISTIOD_WEBHOOK_PORT }),
  injects: [istioProxy.image],
  registries: ["docker.io"],
  roles: { "mesh-reader": readByRole, "mesh-writer": readByRole },
  pods: {
    istiod: {
      of: "istiod",
      labels: { ...ISTIOD_LABELS, istio: "pilot", ...OUTSIDE },
      annotations: NOT_INJECTED,
      serviceAccount: "istiod",
      ports: { "http-monitoring": 15014, "grpc-xds": 15010, "tls-xds": XDS_PORT, "https-webhooks": 15017 },
      called: "istiod",
      work: istioWork.istiod,
    },
    "istio-cni-node": {
      of: "cni",
      labels: { "k8s-app": "istio-cni-node", ...OUTSIDE },
      annotations: {
        ...NOT_INJECTED,
        "container.apparmor.security.beta.kubernetes.io/install-cni": "unconfined",
      },
      serviceAccount: "istio-cni",
      ports: { metrics: 15014, readiness: 8000 },
      work: istioWork["istio-cni-node"],
    },
    ztunnel: {
      of: "ztunnel",
      labels: { app: "ztunnel", ...OUTSIDE },
      serviceAccount: "ztunnel",
      ports: { "ztunnel-stats": 15020 },
      annotations: NOT_INJECTED,
      work: istioWork.ztunnel,
    },
    gateway: {
      of: "gateway",
      name: RELEASE,
      labels: { app: RELEASE, ...OUTSIDE, "sidecar.istio.io/inject": "true" },
      labelsIn: "labels",
      // Of the chart's own podAnnotations, which ours are added to.
      annotations: { [INJECTED_TEMPLATES]: "gateway", "sidecar.istio.io/inject": "true" },
      serviceAccount: RELEASE,
      ports: { "http-envoy-prom": 15090 },
      quiet: true,
      work: istioWork.gateway,
    },
  },
  fits: [
    onKubernetes(">=1.27 <1.28", ">=1.29 <1.34", "1.29 to 1.33", "Istio 1.27.0 announcement", "2025-08"),
    onKubernetes(">=1.29 <1.30", ">=1.31 <1.36", "1.31 to 1.35", "Istio 1.29.0 announcement", "2026-02"),
    onKubernetes(
      ">=1.30 <1.31",
      ">=1.32",
      "1.32 or later",
      "istio/istio, minimum in the code of 1.30.3",
      "2026-08",
    ),
    withBundle("1.27", "1.3", "istio/istio go.mod at 1.27.9"),
    withBundle("1.29", "1.4", "istio/istio go.mod at 1.29.6"),
    withBundle("1.30", "1.5", "istio/istio go.mod at 1.30.3"),
  ],
  makesPods: { Gateway: gatewayPods },
  flows: istioFlows,
  crds: {
    "extensions.istio.io": ["WasmPlugin"],
    "networking.istio.io": [
      "DestinationRule",
      "EnvoyFilter",
      "Gateway",
      "ProxyConfig",
      "ServiceEntry",
      "Sidecar",
      "VirtualService",
      "WorkloadEntry",
      "WorkloadGroup",
    ],
    "security.istio.io": ["AuthorizationPolicy", "PeerAuthentication", "RequestAuthentication"],
    "telemetry.istio.io": ["Telemetry"],
  },
  upgrade: {
    phase: "charts",
    restarts: "istiod and gateways, CRDs (base) first; sidecars keep the old proxy until their pods restart",
    inPlace: { minors: 1, source: "istio.io docs/setup/upgrade, in-place" },
    notes: upgradeNotes,
  },
};
