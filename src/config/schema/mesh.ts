import { z } from "zod";
import { clusterMeshSchema } from "./cluster-mesh";
import { cidr, reason, knownRegion, shortName, targetName } from "./common";
import { ingressGateway, ingressGateways } from "./ingress-gateway";
import { certificateAuthority } from "./mesh-authority";
import { readerToken, tokenExchange } from "./mesh-token-exchange";
import { replicas } from "./mesh-replicas";
import { shortOrMap } from "./short-or-map";

const mtls = z
  .union(
    [
      z.literal("strict").transform(() => ({ mode: "strict" as const })),
      z.strictObject({
        mode: z
          .literal("permissive")
          .describe("Plain text is still accepted, while workloads move into the mesh."),
        reason: reason("shop-legacy joins the mesh in May: MESH-42"),
      }),
    ],
    { error: shortOrMap("must be strict or { mode: permissive, reason }") },
  )
  .prefault("strict")
  .describe("Mutual TLS between all workloads of the mesh: strict refuses callers from outside.");

const outbound = z
  .union(
    [
      z.literal("registry-only").transform(() => ({ mode: "registry-only" as const })),
      z.strictObject({
        mode: z.literal("allow-any").describe("Any host is let through, known or not."),
        reason: reason("hosts of partners are still collected: MESH-57"),
      }),
    ],
    { error: shortOrMap("must be registry-only or { mode: allow-any, reason }") },
  )
  .prefault("registry-only")
  .describe("Hosts that sidecars let calls out to: only those known to the mesh (services, ServiceEntries).");

const defaultDeny = z
  .union(
    [
      z.literal(true).transform(() => ({ enabled: true as const })),
      z.strictObject({
        enabled: z.literal(false).describe("Every workload may call every other."),
        reason: reason("calls are declared team by team until June: MESH-61"),
      }),
    ],
    { error: shortOrMap("must be true or { enabled: false, reason }") },
  )
  .prefault(true)
  .describe(
    "Only declared callers may call: dependencies, callers, allow of namespaces, allow below. Pods of one namespace may call each other, except services of workloads.",
  );

const sidecarScope = z
  .union(
    [
      z.literal("called").transform(() => ({ mode: "called" as const })),
      z.strictObject({
        mode: z
          .literal("mesh")
          .describe("Each sidecar knows all services of the mesh, at the cost of memory and istiod's CPU."),
        reason: reason("the batch scheduler finds services by itself: MESH-70"),
      }),
    ],
    { error: shortOrMap("must be called or { mode: mesh, reason }") },
  )
  .prefault("called")
  .describe(
    "Services that sidecars know: their own namespace's, and those of namespaces that it declares to call. Others don't exist for them.",
  );

const eastWestGateway = z
  .union(
    [
      z.literal("internal").transform(() => ({ scheme: "internal" as const })),
      z.strictObject({
        scheme: z.literal("internet-facing").describe("Peers call it over the internet."),
        cidrs: z
          .array(cidr)
          .min(1)
          .describe(
            "Public addresses of peers, such as those of their NAT gateways: nobody else may call it.",
          )
          .meta({ examples: [["203.0.113.17/32"]] }),
        reason: reason("no peering between the two companies yet: MESH-88"),
      }),
    ],
    {
      error: shortOrMap("must be internal or { scheme: internet-facing, cidrs, reason }"),
    },
  )
  .prefault("internal")
  .describe("Load balancer of the gateway through which peers' workloads enter this network.");

const allow = z
  .strictObject({
    namespace: shortName(63).describe(
      "Namespace that may be called, all of its pods: in the mesh and by network policies.",
    ),
    from: z
      .array(shortName(63))
      .min(1)
      .describe("Namespaces that may call; istio-ingress is the gateway.")
      .meta({ examples: [["istio-ingress"]] }),
    ports: z
      .array(z.number().int().min(1).max(65535))
      .default([])
      .describe("Ports of the pods that are called. Default: all."),
  })
  .describe("One call that is allowed.");

const trustDomain = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/,
    "is not a trust domain; write it like a domain name, for example prod.acme.internal",
  )
  .meta({ examples: ["prod.acme.internal"] });

/** What both data planes of Istio have. */
const istio = {
  id: shortName(63).describe("Name of the mesh, the same in all clusters of one mesh."),
  trustDomain: trustDomain.describe("Root of workload identities: spiffe://<trustDomain>/ns/<n>/sa/<s>."),
  network: shortName(63)
    .optional()
    .describe("Name of the network that the cluster's pods are in. Default: the cluster's name."),
  certificateAuthority: certificateAuthority
    .optional()
    .describe("Who signs the identities of workloads. Default: istiod, by a root of its own."),
  mtls,
  defaultDeny,
  allow: z
    .record(shortName(40), allow)
    .default({})
    .describe(
      "Calls that are allowed in addition to those that namespaces and services declare, by a name of your own.",
    )
    .meta({ examples: [{ "edge-to-payments": { namespace: "payments", from: ["istio-ingress"] } }] }),
  controlPlane: z
    .strictObject({
      replicas,
      canary: z
        .strictObject({
          version: z
            .string("is not a version; put it in quotes")
            .regex(/^\d+\.\d+\.\d+$/, "is not an exact version; write for example 1.30.3")
            .describe("Version of the second istiod: later than the release's, by one minor at most.")
            .meta({ examples: ["1.30.3"] }),
        })
        .optional()
        .describe(
          "A second istiod beside the first, for upgrades: it serves namespaces with the label istio.io/rev: canary. Default: none.",
        ),
    })
    .prefault({})
    .describe("istiod: replicas over zones, with a disruption budget."),
  tracing: z
    .strictObject({
      samplingPercent: z
        .number()
        .gt(0)
        .max(100)
        .default(1)
        .describe(
          "Share of requests that are traced, in percent, where the caller does not decide. Tracing all of them is a load on the collector.",
        ),
    })
    .optional()
    .describe("Traces of the proxies, sent to the collector of observability.openTelemetry. Default: none."),
  accessLogs: z
    .boolean()
    .default(true)
    .describe(
      "Access logs of proxies, as JSON on standard output: a line for each request, billed by what ships the logs.",
    ),
  ingressGateway: ingressGateway
    .optional()
    .describe(
      "Envoy behind a load balancer of its own, in namespace istio-ingress. Default: none; callers come through an ALB.",
    ),
  ingressGateways,
};

export const meshSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("istio").describe("Istio with a sidecar in each pod."),
      ...istio,
      outbound,
      sidecarScope,
      eastWestGateway,
      peers: z
        .array(targetName)
        .default([])
        .describe(
          "Targets that form one mesh with this one, and list it in turn: same id, trust domain and CA, another network. Each is in network.connections.peers.",
        ),
      tokenExchange,
      readerToken,
      failover: z
        .record(knownRegion, knownRegion)
        .default({})
        .describe("Where calls in a region go when nobody answers there. Default: to any other.")
        .meta({ examples: [{ "us-east-1": "us-west-2" }] }),
    }),
    z.strictObject({
      kind: z
        .literal("istio-ambient")
        .describe("Istio without sidecars: a proxy on each node (ztunnel) does mutual TLS."),
      ...istio,
      waypoints: z
        .array(shortName(63))
        .default([])
        .describe(
          "Namespaces with a waypoint: an Envoy that knows HTTP. Needs cni.gatewayApi, the namespace's label istio.io/use-waypoint: waypoint, and defaultDeny off, whose rules don't see through it.",
        ),
    }),
    clusterMeshSchema,
  ])
  .optional()
  .describe("Service mesh of Istio, or clusters joined by Cilium. Default: none.");

export type MeshConfig = NonNullable<z.output<typeof meshSchema>>;
export type ClusterMeshConfig = Extract<MeshConfig, { kind: "cilium" }>;
export type IstioConfig = Exclude<MeshConfig, ClusterMeshConfig>;
