import { Release } from "@cdktf/provider-helm/lib/release";
import "cdktf/lib/testing/adapters/jest";
import { knowsProxySeccomp } from "../../../src/components/istio/istio-values";
import { moduleInputs, parsed, releaseValues, resourcesOf, synthYaml } from "../../support/synth";

const BASE = "id: acme, trustDomain: acme.internal";
const mesh = (more = "", kind = "istio", rest = "", ingress = "{}") =>
  synthYaml(`mesh: { kind: ${kind}, ${BASE}${more} }\ningress: ${ingress}\n${rest}`);
const values = (json: string, name: string) => releaseValues(json, `istio_${name}_release`);
const manifests = (json: string, name: string) =>
  releaseValues(json, `istio_${name}_helm_release`).manifests as Record<string, { spec: unknown }>;
const names = (json: string) =>
  Object.values(resourcesOf(json, "helm_release"))
    .map(({ name }) => name)
    .sort();

// Istio, "Install with Helm": base, istiod and the CNI plugin; ambient has ztunnel as well.
test.each([
  ["istio", ["istio-base", "istio-cni", "istio-namespaces", "istiod", "mesh-policies"]],
  ["istio-ambient", ["istio-base", "istio-cni", "istio-namespaces", "istiod", "mesh-policies", "ztunnel"]],
])("%s installs what it takes", (kind, expected) => {
  expect(names(mesh("", kind).mesh)).toEqual(expected);
});

test("all charts of Istio have one version", () => {
  const versions = Object.values(resourcesOf(mesh("", "istio-ambient").mesh, "helm_release")).flatMap(
    ({ version }) => (version === undefined ? [] : [version]),
  );

  expect([versions.length, new Set(versions).size]).toEqual([4, 1]);
});

describe("istiod", () => {
  test("is one cluster of a named mesh and writes JSON", () => {
    expect(values(mesh().mesh, "istiod")).toMatchObject({
      global: {
        meshID: "acme",
        network: "dev-us-east-1",
        multiCluster: { clusterName: "dev-us-east-1" },
        logAsJson: true,
      },
      meshConfig: {
        trustDomain: "acme.internal",
        accessLogFile: "/dev/stdout",
        accessLogEncoding: "JSON",
        outboundTrafficPolicy: { mode: "REGISTRY_ONLY" },
      },
    });
  });

  // Pod Security "restricted" asks a seccomp profile of each container. istio/istio, chart istiod: injection-template.yaml
  // reads global.proxy.seccompProfile since 1.28, waypoint.yaml and kube-gateway.yaml gateways.seccompProfile since 1.27.
  test("gives sidecars, waypoints and gateways what a restricted namespace asks for", () => {
    const resources = {
      requests: { cpu: "100m", memory: "128Mi" },
      limits: { cpu: "2", memory: "1024Mi" },
    };

    for (const kind of ["istio", "istio-ambient"]) {
      expect(values(mesh("", kind).mesh, "istiod")).toMatchObject({
        global: {
          proxy: { seccompProfile: { type: "RuntimeDefault" }, resources },
          waypoint: { resources },
        },
        gateways: { seccompProfile: { type: "RuntimeDefault" } },
      });
    }
    expect(["1.27.9", "1.28.0", "1.29.6", "1.30.3"].map(knowsProxySeccomp)).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });

  // istio/istio pilot/pkg/features/pilot.go and manifests/charts/istio-control/istio-discovery, 1.27.9 and 1.29.6: the chart's
  // taint.enabled only lets istiod patch nodes.
  test("takes the startup taint off new nodes, which managed groups have too", () => {
    const stacks = mesh();

    expect(values(stacks.mesh, "istiod")).toMatchObject({
      taint: { enabled: true, namespace: "istio-system" },
      env: { PILOT_ENABLE_NODE_UNTAINT_CONTROLLERS: "true" },
      tolerations: expect.arrayContaining([{ key: "cni.istio.io/not-ready", operator: "Exists" }]) as unknown,
    });
    expect(Object.values(moduleInputs(stacks.nodes, "main_group").taints as object)).toContainEqual({
      key: "cni.istio.io/not-ready",
      value: "true",
      effect: "NO_SCHEDULE",
    });
    expect(moduleInputs(synthYaml("").nodes, "main_group").taints).not.toHaveProperty(
      "cni.istio.io/not-ready:NoSchedule",
    );
  });

  test("has replicas over zones and a disruption budget", () => {
    const json = mesh(", controlPlane: { replicas: { min: 3, max: 7 } }").mesh;

    expect(values(json, "istiod")).toMatchObject({
      autoscaleEnabled: true,
      autoscaleMin: 3,
      autoscaleMax: 7,
      pdb: { minAvailable: 1 },
    });
  });

  test("network, outbound calls and access logs are as configured", () => {
    const json = mesh(
      ', network: east, accessLogs: false, outbound: { mode: allow-any, reason: "moving in by team" }',
    ).mesh;

    const { global, meshConfig } = values(json, "istiod");
    expect(global).toMatchObject({ network: "east" });
    expect(meshConfig).toMatchObject({ outboundTrafficPolicy: { mode: "ALLOW_ANY" } });
    expect(meshConfig).not.toHaveProperty("accessLogFile");
    expect(manifests(json, "istio-namespaces").system).toMatchObject({
      metadata: { name: "istio-system", labels: { "topology.istio.io/network": "east" } },
    });
  });
});

test("ambient mode is said to all charts that know it, and there is no sidecar to configure", () => {
  const { mesh: json } = mesh("", "istio-ambient");

  for (const name of ["istio-base", "istiod", "istio-cni"])
    expect(values(json, name)).toMatchObject({ profile: "ambient" });
  expect(values(json, "ztunnel")).toMatchObject({
    multiCluster: { clusterName: "dev-us-east-1" },
    network: "dev-us-east-1",
  });
  expect(values(json, "istiod").meshConfig).not.toHaveProperty("outboundTrafficPolicy");
});

describe("rules of the mesh", () => {
  test("mutual TLS and default deny hold everywhere", () => {
    expect(manifests(mesh().mesh, "mesh-policies")).toMatchObject({
      mtls: {
        kind: "PeerAuthentication",
        metadata: { name: "default", namespace: "istio-system" },
        spec: { mtls: { mode: "STRICT" } },
      },
      "default-deny": { kind: "AuthorizationPolicy", metadata: { namespace: "istio-system" }, spec: {} },
    });
  });

  test("both are off only with a reason", () => {
    const json = mesh(
      ', mtls: { mode: permissive, reason: "moving in by team" }, defaultDeny: { enabled: false, reason: "moving in by team" }',
    ).mesh;

    expect(Object.keys(manifests(json, "mesh-policies"))).toEqual(["mtls", "sidecars"]);
    expect(manifests(json, "mesh-policies").mtls?.spec).toEqual({ mtls: { mode: "PERMISSIVE" } });
  });

  test("an allowed call is a policy of the namespace that is called, after default deny", () => {
    const json = mesh(
      ", allow: { edge: { namespace: payments, from: [web, istio-ingress], ports: [8080] } }",
    ).mesh;

    expect(manifests(json, "allow-payments").edge).toMatchObject({
      metadata: { namespace: "payments" },
      spec: {
        action: "ALLOW",
        rules: [
          {
            from: [{ source: { namespaces: ["istio-ingress", "web"] } }],
            to: [{ operation: { ports: ["8080"] } }],
          },
        ],
      },
    });
    expect(json).toHaveResourceWithProperties(Release, {
      name: "allow-payments",
      namespace: "payments",
      depends_on: ["helm_release.istio_mesh-policies_helm_release"],
    });
  });
});

describe("the ingress gateway", () => {
  const json = () => mesh(", ingressGateway: { replicas: { max: 8 } }").mesh;

  test("is behind an internal network load balancer of the AWS controller", () => {
    expect(values(json(), "istio-ingressgateway")).toMatchObject({
      labels: { istio: "ingressgateway" },
      autoscaling: { minReplicas: 2, maxReplicas: 8 },
      podDisruptionBudget: { minAvailable: 1 },
      service: {
        loadBalancerClass: "service.k8s.aws/nlb",
        annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" },
      },
    });
  });

  test("may be called by whoever reaches it, in spite of default deny", () => {
    expect(manifests(json(), "mesh-policies")["ingress-gateway"]).toMatchObject({
      metadata: { namespace: "istio-ingress" },
      spec: { selector: { matchLabels: { istio: "ingressgateway" } }, rules: [{}] },
    });
  });
});

// Cilium, "Integration with Istio": cni.exclusive and socketLB.hostNamespaceOnly.
describe("beside Cilium", () => {
  const cilium = (yaml: string) => releaseValues(synthYaml(yaml).cni, "cilium_cilium_release");

  test("Cilium leaves Istio's plugin alone and the service's address to the proxy", () => {
    const { cni, socketLB } = cilium(`mesh: { kind: istio, ${BASE} }`);

    expect([cni, socketLB]).toMatchObject([{ exclusive: false }, { hostNamespaceOnly: true }]);
  });

  test("answers to probes of ambient pods find their way back to the kubelet", () => {
    expect(cilium(`mesh: { kind: istio-ambient, ${BASE} }`)).toMatchObject({
      bpf: { hostLegacyRouting: true },
    });
    expect(cilium(`mesh: { kind: istio, ${BASE} }`)).not.toHaveProperty("bpf");
  });

  test("without a mesh Cilium is as it was", () => {
    expect(cilium("")).not.toHaveProperty("socketLB");
  });
});

test("the control plane reaches istiod's webhooks", () => {
  expect(mesh().cluster).toContain("ingress_cluster_15017");
  expect(synthYaml().cluster).not.toContain("ingress_cluster_15017");
});

test("images come from the mirror", () => {
  const { mesh: json } = mesh("", "istio-ambient", "images: { mirror: mirror.corp }");

  expect(values(json, "ztunnel")).toMatchObject({ hub: "mirror.corp/docker.io/istio" });
  for (const name of ["istiod", "istio-cni"])
    expect(values(json, name).global).toMatchObject({ hub: "mirror.corp/docker.io/istio" });
});

test("what was made is published", () => {
  expect(Object.keys(parsed(mesh().mesh).output ?? {}).sort()).toEqual([
    "address",
    "id",
    "kind",
    "network_name",
    "reader_token",
    "trust_domain",
  ]);
});

// Clusters share a root, and no private key is in a Terraform state.
describe("with AWS Private CA", () => {
  const ARN =
    "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/12345678-1234-1234-1234-123456789012";
  const json = () =>
    mesh(
      `, certificateAuthority: { kind: aws-private-ca, arn: "${ARN}", days: 30 }`,
      "istio",
      "",
      "{ dns: { zones: { example.com: Z0123456789ABC } }, certificates: { email: a@b.io } }",
    ).mesh;

  test("the issuer may sign CAs of clusters by this CA, and nothing else", () => {
    expect(moduleInputs(json(), "istio_ca_aws-privateca-issuer_identity_identity")).toMatchObject({
      policy_statements: [
        { actions: ["acm-pca:DescribeCertificateAuthority", "acm-pca:GetCertificate"], resources: [ARN] },
        {
          actions: ["acm-pca:IssueCertificate"],
          resources: [ARN],
          condition: [
            {
              variable: "acm-pca:TemplateArn",
              values: ["arn:aws:acm-pca:::template/SubordinateCACertificate_PathLen0/V1"],
            },
          ],
        },
      ],
    });
  });

  test("the cluster's CA is a certificate whose key cert-manager makes", () => {
    expect(manifests(json(), "ca_mesh-ca")).toMatchObject({
      issuer: { kind: "AWSPCAClusterIssuer", spec: { arn: ARN, region: "eu-west-1" } },
      certificate: {
        metadata: { name: "cacerts", namespace: "istio-system" },
        spec: { isCA: true, secretName: "cacerts", duration: "720h0m0s", renewBefore: "240h0m0s" },
      },
    });
    expect(Object.keys(parsed(json()).resource ?? {}).filter((type) => type.startsWith("tls_"))).toEqual([]);
  });

  test("istiod does not start without it", () => {
    expect(values(json(), "istiod")).toMatchObject({
      volumes: [{ secret: { secretName: "cacerts", optional: false } }],
    });
    expect(values(mesh().mesh, "istiod")).not.toHaveProperty("volumes");
    expect(json()).toHaveResourceWithProperties(Release, {
      name: "istiod",
      depends_on: ["helm_release.istio_istio-base_release", "helm_release.istio_ca_mesh-ca_helm_release"],
    });
  });
});
