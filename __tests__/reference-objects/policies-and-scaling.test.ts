import { resource } from "../support/synth";
import { referenceManifest, referenceTarget } from "../support/reference-objects";

const noTraffic = { policyTypes: ["Ingress", "Egress"], ingress: [], egress: [] };

test("NetworkPolicy deny-all-for-app-default", () => {
  expect(referenceManifest("policies", "policies", "NetworkPolicy", "deny-app-default")).toEqual({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "deny-app-default", namespace: "default" },
    spec: { podSelector: { matchLabels: { app: "default" } }, ...noTraffic },
  });
});

test("CiliumNetworkPolicy deny-app-default", () => {
  expect(referenceManifest("policies", "policies", "CiliumNetworkPolicy", "deny-app-default")).toEqual({
    apiVersion: "cilium.io/v2",
    kind: "CiliumNetworkPolicy",
    metadata: { name: "deny-app-default", namespace: "default" },
    spec: {
      endpointSelector: { matchLabels: { app: "default" } },
      ingressDeny: [{ fromEntities: ["all"] }],
      egressDeny: [{ toEntities: ["all"] }],
    },
  });
});

test("Namespace workloads", () => {
  const json = referenceTarget("policies").stacks.policies;

  expect(resource(json, "kubernetes_namespace_v1", "namespace-workloads_namespace").metadata).toMatchObject({
    name: "workloads",
    labels: {
      "pod-security.kubernetes.io/enforce": "restricted",
      // The cluster's own version in place of latest, which changes with it.
      "pod-security.kubernetes.io/enforce-version": "v1.35",
      "pod-security.kubernetes.io/audit": "restricted",
      "pod-security.kubernetes.io/warn": "restricted",
    },
  });
});

test("EC2NodeClass general-al2023", () => {
  const manifest = referenceManifest("scaling", "autoscaling", "EC2NodeClass", "general-al2023");

  expect(manifest).toMatchObject({ apiVersion: "karpenter.k8s.aws/v1" });
  expect(JSON.stringify(manifest.spec)).toMatch(/"alias":"al2023@/);
  expect(manifest.spec).toHaveProperty("subnetSelectorTerms");
  expect(manifest.spec).toHaveProperty("securityGroupSelectorTerms");
});

test("NodePool general", () => {
  expect(referenceManifest("scaling", "autoscaling", "NodePool", "general")).toMatchObject({
    apiVersion: "karpenter.sh/v1",
    spec: {
      template: {
        metadata: { labels: { workload: "general" } },
        spec: {
          nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "general-al2023" },
          taints: [{ key: "dedicated", value: "general", effect: "NoSchedule" }],
        },
      },
      disruption: { consolidationPolicy: "WhenEmptyOrUnderutilized", consolidateAfter: "120s" },
      limits: { cpu: "500" },
    },
  });
});

test("HorizontalPodAutoscaler CPU and memory", () => {
  const metric = (name: string, averageUtilization: number) => ({
    type: "Resource",
    resource: { name, target: { type: "Utilization", averageUtilization } },
  });

  expect(referenceManifest("scaling", "workloads", "HorizontalPodAutoscaler", "web")).toMatchObject({
    apiVersion: "autoscaling/v2",
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
      minReplicas: 2,
      maxReplicas: 12,
      metrics: [metric("cpu", 70), metric("memory", 80)],
    },
  });
});

test("VerticalPodAutoscaler recommendations", () => {
  expect(referenceManifest("scaling", "workloads", "VerticalPodAutoscaler", "web")).toMatchObject({
    apiVersion: "autoscaling.k8s.io/v1",
    spec: { targetRef: { kind: "Deployment", name: "web" }, updatePolicy: { updateMode: "Off" } },
  });
});

test("ScaledObject SQS depth", () => {
  expect(referenceManifest("scaling", "workloads", "ScaledObject", "worker")).toMatchObject({
    apiVersion: "keda.sh/v1alpha1",
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "worker" },
      minReplicaCount: 0,
      maxReplicaCount: 20,
      triggers: [
        {
          type: "aws-sqs-queue",
          metadata: {
            queueURL: "https://sqs.us-east-1.amazonaws.com/444444444444/orders",
            queueLength: "5",
            awsRegion: "us-east-1",
          },
          authenticationRef: { name: "aws", kind: "ClusterTriggerAuthentication" },
        },
      ],
    },
  });
});

test("NetworkPolicy default-deny-all", () => {
  expect(
    referenceManifest("policies", "policies", "NetworkPolicy", "default-deny", "production"),
  ).toMatchObject({
    apiVersion: "networking.k8s.io/v1",
    spec: { podSelector: {}, ...noTraffic },
  });
});

describe("NetworkPolicy allow-frontend-to-backend", () => {
  test("backend takes frontend's calls and no others", () => {
    expect(referenceManifest("policies", "workloads", "NetworkPolicy", "backend-callers")).toMatchObject({
      metadata: { namespace: "production" },
      spec: {
        podSelector: { matchLabels: { app: "backend" } },
        policyTypes: ["Ingress"],
        ingress: [
          {
            from: [{ podSelector: { matchLabels: { app: "frontend" } } }],
            ports: [{ protocol: "TCP", port: 8080 }],
          },
        ],
      },
    });
  });

  test("what is open within the namespace is not for them", () => {
    const { spec } = referenceManifest(
      "policies",
      "policies",
      "NetworkPolicy",
      "allow-same-namespace",
      "production",
    );

    expect(spec).toMatchObject({
      podSelector: { matchExpressions: [{ key: "octarine/workload", operator: "DoesNotExist" }] },
    });
  });
});

describe("NetworkPolicy allow-db-egress", () => {
  test("backend calls the database", () => {
    expect(referenceManifest("policies", "workloads", "NetworkPolicy", "backend-dependencies")).toMatchObject(
      {
        spec: {
          podSelector: { matchLabels: { app: "backend" } },
          policyTypes: ["Egress"],
          egress: [{ to: [{ ipBlock: { cidr: "10.20.0.0/24" } }], ports: [{ protocol: "TCP", port: 3306 }] }],
        },
      },
    );
  });

  test("DNS is allowed to CoreDNS, and not to everybody", () => {
    const { spec } = referenceManifest("policies", "policies", "NetworkPolicy", "allow-dns", "production");

    expect(JSON.stringify(spec)).toContain('{"protocol":"UDP","port":53}');
    expect(JSON.stringify(spec)).toContain('"k8s-app":"kube-dns"');
  });
});
