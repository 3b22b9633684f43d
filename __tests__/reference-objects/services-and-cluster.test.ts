import path from "node:path";
import { loadFleet } from "../../src/fleet/load-fleet";
import { ROOT, referenceManifest, referenceTarget } from "../support/reference-objects";
import { moduleInputs, modulesOf, synthTarget } from "../support/synth";

const service = (name: string) => referenceManifest("services", "workloads", "Service", name);

test("Service backend-svc", () => {
  expect(service("backend-svc")).toMatchObject({
    apiVersion: "v1",
    metadata: { namespace: "production" },
    spec: {
      type: "ClusterIP",
      selector: { app: "backend-svc" },
      ports: [{ name: "http", protocol: "TCP", port: 80, targetPort: "http" }],
    },
  });
  expect(referenceManifest("services", "workloads", "Deployment", "backend-svc").spec).toMatchObject({
    template: { spec: { containers: [{ ports: [{ name: "http", containerPort: 8080 }] }] } },
  });
});

test("Service backend-nodeport", () => {
  expect(service("backend-nodeport").spec).toMatchObject({
    type: "NodePort",
    selector: { app: "backend-nodeport" },
    ports: [{ port: 80, nodePort: 30080 }],
  });
});

test("Service backend-lb", () => {
  expect(service("backend-lb")).toMatchObject({
    metadata: {
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-type": "external",
        "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
        "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
      },
    },
    spec: {
      type: "LoadBalancer",
      loadBalancerClass: "service.k8s.aws/nlb",
      selector: { app: "backend-lb" },
      ports: [{ port: 443, targetPort: "https" }, { port: 8080 }],
    },
  });
});

test("Service cassandra", () => {
  expect(service("cassandra").spec).toMatchObject({
    clusterIP: "None",
    selector: { app: "cassandra" },
    ports: [{ port: 9042 }],
  });
  expect(referenceManifest("services", "workloads", "StatefulSet", "cassandra").spec).toMatchObject({
    serviceName: "cassandra",
    volumeClaimTemplates: [
      { metadata: { name: "data" }, spec: { resources: { requests: { storage: "100Gi" } } } },
    ],
  });
});

test("ConfigMap coredns", () => {
  // EKS's add-on writes the ConfigMap from this.
  const stacks = Object.values(referenceTarget("services").stacks).join("");

  expect(stacks).toMatch(/internal\.corp:53 \{[^}]*forward \. 10\.0\.0\.2/);
});

test("SecurityGroupPolicy backend-sgp", () => {
  expect(referenceManifest("services", "workloads", "SecurityGroupPolicy", "backend-svc")).toMatchObject({
    apiVersion: "vpcresources.k8s.aws/v1beta1",
    metadata: { namespace: "production" },
    spec: {
      podSelector: { matchLabels: { app: "backend-svc" } },
      securityGroups: { groupIds: ["sg-0a1b2c3d4e5f60718", "sg-0f1e2d3c4b5a69788"] },
    },
  });
});

test("ENIConfig us-east-1a", () => {
  const cni = referenceTarget("services").stacks.cni;

  // The add-on makes the object; its subnet and groups are known at apply.
  expect(cni).toMatch(/eniConfig.{0,400}us-east-1a/s);
  expect(cni).toContain("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG");
  expect(cni).toContain("topology.kubernetes.io/zone");
});

test("ClusterConfig prod-cluster", () => {
  const { stacks } = referenceTarget("services");
  const group = (name: string) =>
    Object.values(modulesOf(stacks.nodes)).find(
      (each) => each.name === name || String(each.name).endsWith(name),
    );

  expect(moduleInputs(stacks.cluster, "cluster_eks")).toMatchObject({
    endpoint_public_access: true,
    endpoint_private_access: true,
    endpoint_public_access_cidrs: ["198.51.100.7/32"],
  });
  expect(group("application")).toMatchObject({
    instance_types: ["m5.2xlarge", "m5.4xlarge"],
    capacity_type: "SPOT",
    min_size: 3,
    max_size: 30,
    desired_size: 6,
  });
  expect(JSON.stringify(group("system"))).toContain("CriticalAddonsOnly");
  expect(stacks.cni).toContain("ENABLE_PREFIX_DELEGATION");
});

test("ClusterConfig ipv6-cluster", () => {
  const fleet = loadFleet(path.join(ROOT, "examples", "envs"));
  const target = fleet.targets.find(({ name }) => name === "ipv6/us-east-1");
  if (target === undefined) throw new Error("no ipv6/us-east-1 in examples/envs");

  expect(moduleInputs(synthTarget(target).cluster, "cluster_eks")).toMatchObject({ ip_family: "ipv6" });
});
