import { connectTargets } from "../../src/model/target";
import { waypoint } from "../../src/modules/mesh/waypoint";
import { meshMembership } from "../../src/stacks/mesh/mesh-membership";
import { aTarget } from "../support/fixtures";
import {
  type Block,
  parsed,
  releaseValues,
  resource,
  resourcesOf,
  synthTarget,
  synthYaml,
} from "../support/synth";

const BASE = "id: acme, trustDomain: acme.internal";
const COLLECTOR = "observability: { openTelemetry: { traces: { kind: xray } } }";
const mesh = (more = "", rest = "", kind = "istio") =>
  synthYaml(`mesh: { kind: ${kind}, ${BASE}${more} }\ningress: {}\n${rest}`).mesh;
const values = (json: string, name: string) => releaseValues(json, `istio_${name}_release`);
const manifests = (json: string, name: string) =>
  releaseValues(json, `istio_${name}_helm_release`).manifests as Record<string, Block>;

// A sidecar that knows every service of the mesh needs memory for each, on every pod.
describe("sidecars know", () => {
  const ALLOW =
    ", allow: { a: { namespace: payments, from: [web, istio-ingress] }, b: { namespace: stock, from: [web] } }";
  const hosts = (json: string, name: string) => manifests(json, name).sidecars?.spec;

  // The object of istio-system is for all namespaces: there the dot is each pod's own, and no host is covered by another
  // (istio/istio 1.30, pilot/pkg/model/sidecar.go and pkg/config/validation/validation.go, IST0133).
  test("their own namespace and the Kubernetes API", () => {
    expect(hosts(mesh(), "mesh-policies")).toEqual({
      egress: [{ hosts: ["./*", "default/kubernetes.default.svc.cluster.local"] }],
    });
  });

  test("the namespaces that theirs may call, and gateways everything", () => {
    expect(hosts(mesh(ALLOW), "sidecars-web")).toMatchObject({
      egress: [{ hosts: expect.arrayContaining(["payments/*", "stock/*"]) as string[] }],
    });
    expect(mesh(ALLOW)).not.toContain("sidecars-istio-ingress");
  });

  // Under that for the whole mesh alone, proxies know their own namespace only, and calls that are declared fail.
  test("whom they call before the others know less", () => {
    const releases = resourcesOf(mesh(ALLOW), "helm_release");
    const needs = (name: string) => JSON.stringify(releases[`istio_${name}_helm_release`]?.depends_on);

    expect(needs("mesh-policies")).toContain("istio_sidecars-web_helm_release");
    expect(needs("sidecars-web")).not.toContain("mesh-policies");
  });

  test("where traces go", () => {
    expect(JSON.stringify(hosts(mesh("", COLLECTOR), "mesh-policies"))).toContain(
      "opentelemetry/otlp-collector.opentelemetry.svc.cluster.local",
    );
  });

  test("everything where somebody gave a reason", () => {
    const json = mesh(', sidecarScope: { mode: mesh, reason: "callers are not known yet" }');

    expect(manifests(json, "mesh-policies")).not.toHaveProperty("sidecars");
  });
});

// Sidecars send spans to the collector that the platform runs, which knows the backend.
describe("traces", () => {
  test("go to the platform's collector, as many as configured", () => {
    const json = mesh(", tracing: { samplingPercent: 5 }", COLLECTOR);

    expect(values(json, "istiod").meshConfig).toMatchObject({
      enableTracing: true,
      extensionProviders: [
        {
          name: "otlp",
          opentelemetry: { service: "otlp-collector.opentelemetry.svc.cluster.local", port: 4317 },
        },
      ],
    });
    expect(manifests(json, "mesh-policies").telemetry).toMatchObject({
      kind: "Telemetry",
      metadata: { namespace: "istio-system" },
      spec: { tracing: [{ providers: [{ name: "otlp" }], randomSamplingPercentage: 5 }] },
    });
  });

  test("are none by default", () => {
    const json = mesh("", COLLECTOR);

    expect(values(json, "istiod").meshConfig).not.toHaveProperty("enableTracing");
    expect(manifests(json, "mesh-policies")).not.toHaveProperty("telemetry");
  });

  test.each([
    ["sidecars", "istio", "istio-injection: enabled"],
    ["ambient pods", "istio-ambient", "istio.io/dataplane-mode: ambient"],
  ])("of %s pass the policies of a closed namespace", (_name, kind, label) => {
    const { policies } = synthYaml(
      `mesh: { kind: ${kind}, ${BASE}, tracing: {} }\nnamespaces: { shop: { labels: { ${label} } } }\n${COLLECTOR}`,
    );
    const release = releaseValues(policies, "namespace-shop_policies-shop_helm_release");
    const collector = { "kubernetes.io/metadata.name": "opentelemetry" };

    expect(Object.values(release.manifests as Record<string, Block>)).toContainEqual(
      expect.objectContaining({
        kind: "NetworkPolicy",
        metadata: expect.objectContaining({ namespace: "shop" }) as unknown,
        spec: expect.objectContaining({
          podSelector: {},
          egress: [
            {
              to: [{ namespaceSelector: { matchLabels: collector } }],
              ports: expect.arrayContaining([{ port: 4317, protocol: "TCP" }]) as unknown,
            },
          ],
        }) as unknown,
      }),
    );
  });
});

// Istio, "Canary Upgrades": a second revision of the control plane beside the first.
describe("a canary", () => {
  const json = () => mesh(', controlPlane: { canary: { version: "1.30.3" } }');

  test("is a second istiod of a later version, by a tag that stays", () => {
    expect(resource(json(), "helm_release", "istio_istiod_release").version).toBe("1.29.6");
    expect(resource(json(), "helm_release", "istio_istiod-canary_release")).toMatchObject({
      version: "1.30.3",
      depends_on: ["helm_release.istio_istiod_release"],
    });
    expect(values(json(), "istiod-canary")).toMatchObject({ revision: "1-30-3", revisionTags: ["canary"] });
    expect(values(json(), "istiod")).not.toHaveProperty("revision");
  });

  test("has its kinds before it", () => {
    expect(resource(json(), "helm_release", "istio_istio-base_release").version).toBe("1.30.3");
  });

  test("has namespaces by their label", () => {
    const target = aTarget(`mesh: { kind: istio, ${BASE} }`);

    expect(meshMembership(target, "shop", { "istio.io/rev": "canary" })).toMatchObject({ mode: "sidecar" });
    expect(meshMembership(target, "shop", { "istio.io/rev": "other" })).toBeUndefined();
  });
});

// Istio, ambient, "Use waypoints": what looks at requests is a proxy for each namespace.
describe("a waypoint", () => {
  const target = aTarget(`mesh: { kind: istio-ambient, ${BASE}, waypoints: [payments] }`);

  test("is a Gateway of istiod in its namespace, for HBONE", () => {
    expect(waypoint("payments")).toMatchObject({
      metadata: { name: "waypoint", namespace: "payments" },
      spec: {
        gatewayClassName: "istio-waypoint",
        listeners: [{ name: "mesh", port: 15008, protocol: "HBONE" }],
      },
    });
    const { mesh: json } = synthTarget(target);
    expect(manifests(json, "waypoint-payments").waypoint).toMatchObject({ kind: "Gateway" });
  });

  test("may ask istiod, which other pods of an ambient mesh need not", () => {
    const labels = { "istio.io/dataplane-mode": "ambient" };

    expect(meshMembership(target, "payments", labels)).toMatchObject({ hasProxies: true });
    expect(meshMembership(target, "other", labels)).toMatchObject({ hasProxies: false });
  });

  test("and so may sidecars, which istiod puts beside ambient pods where a namespace asks for them", () => {
    expect(meshMembership(target, "other", { "istio-injection": "enabled" })).toMatchObject({
      mode: "ambient",
      hasProxies: true,
    });
  });
});

// The root is kept in Secrets Manager, so that no private key is in a Terraform state.
test("a CA of Secrets Manager is handed over as Istio wants it, before istiod", () => {
  const json = mesh(
    ", certificateAuthority: { kind: secrets-manager, secret: { store: mesh, name: mesh/ca } }",
    "secrets: { stores: { mesh: { paths: [mesh/], namespaces: [istio-system] } } }",
  );

  expect(manifests(json, "ca_mesh-ca")).toMatchObject({
    ca: {
      kind: "ExternalSecret",
      metadata: { name: "cacerts", namespace: "istio-system" },
      spec: {
        data: ["ca-cert.pem", "ca-key.pem", "root-cert.pem", "cert-chain.pem"].map((property) => ({
          secretKey: property,
          remoteRef: { key: "mesh/ca", property },
        })),
      },
    },
  });
  expect(resource(json, "helm_release", "istio_istiod_release").depends_on).toContain(
    "helm_release.istio_ca_mesh-ca_helm_release",
  );
  expect(Object.keys(resourcesOf(json, "helm_release"))).not.toContain("aws-privateca-issuer");
  expect(Object.keys(parsed(json).resource ?? {})).not.toContain("time_sleep");
});

// By default peers come over peering or a transit gateway, to an internal load balancer.
test("peers come over the internet only where somebody gave a reason", () => {
  const side = (region: string, peer: string) =>
    aTarget(
      `
network: { zones: [${region}a, ${region}b], connections: { peers: [${peer}] } }
ingress: {}
secrets: { stores: { mesh: { paths: [mesh/], namespaces: [istio-system] } } }
mesh:
  kind: istio
  id: acme
  trustDomain: acme.internal
  certificateAuthority: { kind: secrets-manager, secret: { store: mesh, name: mesh/ca } }
  peers: [${peer}]
  eastWestGateway: { scheme: internet-facing, cidrs: [203.0.113.7/32], reason: "the VPCs can't be connected" }
`,
      { region },
    );
  const [east] = connectTargets([side("us-east-1", "dev/us-west-2"), side("us-west-2", "dev/us-east-1")]);
  if (east === undefined) throw new Error("no target");

  // A closed namespace can't know the peer's public addresses.
  expect(meshMembership(east, "shop", { "istio-injection": "enabled" })?.peerCidrs).toEqual(["0.0.0.0/0"]);
  expect(values(synthTarget(east).mesh, "east-west_istio-eastwestgateway")).toMatchObject({
    service: {
      loadBalancerSourceRanges: ["203.0.113.7/32"],
      annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing" },
    },
  });
});
