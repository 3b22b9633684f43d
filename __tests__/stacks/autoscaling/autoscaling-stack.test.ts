import {
  modulesOf,
  moduleInputs,
  releaseValues,
  resource,
  resourcesOf,
  synthYaml,
} from "../../support/synth";
import { cniModes } from "../../support/cni-modes";

const KARPENTER = "karpenter: { pools: { general: { class: general, limits: { cpus: 64 } } } }";
const POOLS = "karpenter_karpenter-pools_helm_release";

const poolManifests = (yaml: string) =>
  releaseValues(synthYaml(yaml).autoscaling, POOLS).manifests as Record<
    string,
    { spec: Record<string, unknown> }
  >;

test("a class has the release's image, the cluster's subnets and groups, and the target's tags", () => {
  const manifests = poolManifests(`
cluster: { name: prod-octarine }
tags: { Environment: prod }
karpenter:
  classes: { general-al2023: { ami: al2023 } }
  pools: { general: { class: general-al2023, limits: { cpus: 500 } } }`);

  expect(manifests["class-general-al2023"]).toMatchObject({
    apiVersion: "karpenter.k8s.aws/v1",
    metadata: { name: "general-al2023" },
    spec: {
      amiSelectorTerms: [{ alias: "al2023@v20260714" }],
      subnetSelectorTerms: [{ tags: { "karpenter.sh/discovery": "prod-octarine" } }],
      securityGroupSelectorTerms: [{ tags: { "karpenter.sh/discovery": "prod-octarine" } }],
      tags: { Name: "prod-octarine-karpenter-general-al2023", Environment: "prod" },
    },
  });
});

// By alias Karpenter takes the image of the control plane's minor (pkg/providers/amifamily/ami.go, DescribeImageQueries).
test("nodes that stay behind the control plane are kept there in every way that they come", () => {
  const yaml = `versions: { nodes: { version: "1.34", reason: hop 1 to 2026.11 } }
cni: { kind: vpc-cni }
${KARPENTER}`;
  const stacks = synthYaml(yaml);

  const { amiFamily, amiSelectorTerms } = poolManifests(yaml)["class-general"]?.spec ?? {};
  expect(amiFamily).toBe("AL2023");
  expect((amiSelectorTerms as { ssmParameter: string }[]).map(({ ssmParameter }) => ssmParameter)).toEqual(
    ["arm64", "x86_64"].map(
      (arch) =>
        `/aws/service/eks/optimized-ami/1.34/amazon-linux-2023/${arch}/standard/amazon-eks-node-al2023-${arch}-standard-1.34-v20260714/image_id`,
    ),
  );
  const [group] = Object.values(modulesOf(stacks.nodes)).filter((each) => "ami_release_version" in each);
  expect([group?.kubernetes_version, group?.ami_release_version]).toEqual(["1.34", "1.34.9-20260714"]);
  const kubeProxy = resource(stacks.cni, "aws_eks_addon", "kube-proxy_kube-proxy_addon");
  expect(kubeProxy.addon_version).toMatch(/^v1\.34\./);
  expect(moduleInputs(stacks.cluster, "cluster_eks").kubernetes_version).toBe("1.35");
});

// aws/karpenter-provider-aws, website: docs/concepts/nodepools.md, Cilium: without the startup taint Karpenter takes a
// node that waits for Cilium for one that has no room.
test.each(cniModes)("with %s nodes start with Cilium's taint if there is Cilium", (name, yaml) => {
  const template = poolManifests(`${yaml}\n${KARPENTER}`)["pool-general"]?.spec.template as {
    spec: Record<string, unknown>;
  };
  const taints = [{ key: "node.cilium.io/agent-not-ready", value: "true", effect: "NoExecute" }];

  expect(template.spec.startupTaints).toEqual(name === "vpc-cni" ? undefined : taints);
});

// istio/istio pilot/pkg/controllers/untaint/nodeuntainter.go, 1.27.9 and 1.29.6.
test.each(["istio", "istio-ambient"])("with %s nodes start with the taint of its agent, too", (kind) => {
  const template = poolManifests(
    `mesh: { kind: ${kind}, id: acme, trustDomain: acme.internal }\n${KARPENTER}`,
  )["pool-general"]?.spec.template as { spec: Record<string, unknown> };

  expect(template.spec.startupTaints).toContainEqual({
    key: "cni.istio.io/not-ready",
    value: "true",
    effect: "NoSchedule",
  });
});

test.each([
  ["cni: { kind: cilium-eni }", { maxPods: 110 }],
  ["cni: { kind: cilium-overlay, podCidr: 100.64.0.0/11, nodeMask: 26 }", { maxPods: 62 }],
  ["cni: { kind: vpc-cni, addressMode: secondary-ip }", undefined],
])("with %s kubelet is told %j", (cni, kubelet) => {
  expect(poolManifests(`${cni}\n${KARPENTER}`)["class-general"]?.spec.kubelet).toEqual(kubelet);
});

// A 16-vCPU node has other places than one of two vCPUs, so Karpenter counts them by itself, without what holds none.
test("with custom networking and security groups for pods Karpenter leaves two interfaces out of its own figure", () => {
  const subnets = "secondaryCidrs: [100.64.0.0/16], subnets: { pods: { prefix: 18, from: 100.64.0.0/16 } }";
  const yaml = `network: { ${subnets} }
cni: { kind: vpc-cni, addressMode: secondary-ip, customNetworking: true, securityGroupsForPods: {} }
${KARPENTER}`;
  const { autoscaling } = synthYaml(yaml);

  expect(poolManifests(yaml)["class-general"]?.spec.kubelet).toBeUndefined();
  expect(releaseValues(autoscaling, "karpenter_controller_release")).toMatchObject({
    settings: { reservedENIs: "2" },
  });
});

// aws/karpenter-provider-aws v1.14.1 pkg/providers/amifamily: an alias finds standard, NVIDIA and Neuron images by itself.
test("a class of accelerated nodes keeps the release's alias, and Bottlerocket opens Neuron devices", () => {
  const spec = (type: string, ami: string) =>
    poolManifests(
      `karpenter: { classes: { ml: { ami: ${ami} } }, pools: { ml: { class: ml, instanceTypes: [${type}], limits: { cpus: 64 } } } }`,
    )["class-ml"]?.spec;

  expect(spec("g6.xlarge", "al2023")?.amiSelectorTerms).toEqual([{ alias: "al2023@v20260714" }]);
  expect(spec("inf2.xlarge", "bottlerocket")).toMatchObject({
    amiSelectorTerms: [{ alias: "bottlerocket@v1.65.0" }],
    userData: '[settings.kubernetes]\n"device-ownership-from-security-context" = true\n',
  });
  expect(spec("g6.xlarge", "bottlerocket")).not.toHaveProperty("userData");
});

test("volumes are encrypted with the cluster's key", () => {
  expect(JSON.stringify(poolManifests(KARPENTER)["class-general"]?.spec.blockDeviceMappings)).toContain(
    "outputs.volumes_key_arn",
  );
});

// aws/karpenter-provider-aws v1.14.1, pkg/operator/operator.go: with the setting it ends where the cluster is not registered.
test.each([
  ["", undefined],
  ["cluster: { zonalShift: false }\n", undefined],
  ["cluster: { zonalShift: true }\n", true],
])("Karpenter hears of zonal shifts where the cluster takes them: %s", (cluster, told) => {
  const { autoscaling } = synthYaml(cluster + KARPENTER);

  const { settings } = releaseValues(autoscaling, "karpenter_controller_release");
  expect((settings as Record<string, unknown>).enableZonalShift).toBe(told);
});

test("without internet Karpenter asks for no service without an endpoint, and has a profile for its nodes", () => {
  const { autoscaling } = synthYaml(
    `images: { mirror: registry.corp }\nnetwork: { egress: { kind: none }, endpoints: { set: isolated } }\n${KARPENTER}`,
  );

  expect(moduleInputs(autoscaling, "karpenter_aws")).toMatchObject({ create_instance_profile: true });
  expect(releaseValues(autoscaling, "karpenter_controller_release")).toMatchObject({
    settings: { isolatedVPC: true },
    controller: { image: { repository: "registry.corp/public.ecr.aws/karpenter/controller" } },
  });
});

// A list of domains or a proxy may not admit iam.amazonaws.com, and no endpoint of the VPC leads there.
test.each([
  ["nat-single", "{ kind: nat-single }", false],
  ["a transit gateway", "{ kind: transit-gateway, transitGatewayId: tgw-0123456789abcdef0 }", false],
  ["a firewall", "{ kind: firewall, domains: [.quay.io] }", true],
  ["a proxy", "{ kind: proxy, httpsProxy: 'http://proxy.corp.example:3128' }", true],
])("by %s Karpenter counts as isolated where IAM may be out of reach", (_name, egress, isolated) => {
  const { autoscaling } = synthYaml(`network: { egress: ${egress} }\n${KARPENTER}`);

  expect(moduleInputs(autoscaling, "karpenter_aws").create_instance_profile).toBe(isolated);
});

test.each([
  ["al2023", 'Content-Type: text/cloud-boothook; charset="us-ascii"'],
  ["bottlerocket", '"https-proxy" = "http://proxy.corp.example:3128"'],
])("%s nodes behind a proxy are told of it, as those of managed groups are", (ami, expected) => {
  const manifests = poolManifests(`
network: { egress: { kind: proxy, httpsProxy: "http://proxy.corp.example:3128" } }
karpenter: { classes: { general: { ami: ${ami} } }, pools: { general: { class: general, limits: { cpus: 64 } } } }`);

  expect(manifests["class-general"]?.spec.userData).toContain(expected);
  expect(manifests["class-general"]?.spec.userData).toContain("http://proxy.corp.example:3128");
});

test("elsewhere they have no user data but Karpenter's", () => {
  expect(poolManifests(KARPENTER)["class-general"]?.spec).not.toHaveProperty("userData");
});

test("the role is given by Pod Identity, or by IRSA where that is said", () => {
  const withIrsa = KARPENTER.replace("karpenter: {", "karpenter: { identity: irsa,");
  const association = (yaml: string) =>
    moduleInputs(synthYaml(yaml).autoscaling, "karpenter_aws").create_pod_identity_association;

  expect(association(KARPENTER)).toBe(true);
  expect(association(withIrsa)).toBe(false);
});

const KEDA_POLICIES = "policies-keda_network-policies-keda_helm_release";

describe("each component alone", () => {
  test.each<[string, string, string[], string[]]>([
    ["metricsServer: {}", "metrics server", ["metrics-server_helm_release"], []],
    ["keda: {}", "KEDA without queues", ["keda_helm_release", KEDA_POLICIES], []],
    [
      "keda: { queues: [orders] }",
      "KEDA with queues",
      ["keda_helm_release", "keda_keda-authentication_helm_release", KEDA_POLICIES],
      ["keda_operator_identity"],
    ],
    ["verticalPodAutoscaler: {}", "VPA", ["vpa_helm_release", "vpa_vpa-policies_helm_release"], []],
    [
      KARPENTER,
      "Karpenter",
      ["karpenter_controller_release", "karpenter_crd_release", POOLS],
      ["karpenter_aws"],
    ],
  ])("%s is %s and nothing else", (yaml, _name, releases, modules) => {
    const { autoscaling } = synthYaml(yaml);

    expect(Object.keys(resourcesOf(autoscaling, "helm_release")).sort()).toEqual([...releases].sort());
    expect(Object.keys(modulesOf(autoscaling))).toEqual(modules);
  });
});

test("queues are those of the target's account and region", () => {
  const inputs = moduleInputs(synthYaml("keda: { queues: [orders] }").autoscaling, "keda_operator_identity");

  expect(inputs.policy_statements).toMatchObject([
    { resources: ["arn:aws:sqs:us-east-1:111122223333:orders"] },
  ]);
});

test("what Karpenter may have to make room for comes after it", () => {
  const { autoscaling } = synthYaml(`${KARPENTER}\nmetricsServer: {}\nverticalPodAutoscaler: {}`);

  expect(resource(autoscaling, "helm_release", "metrics-server_helm_release").depends_on).toEqual([
    "helm_release.karpenter_controller_release",
  ]);
  expect(resource(autoscaling, "helm_release", "vpa_helm_release").depends_on).toEqual([
    "helm_release.karpenter_controller_release",
    "helm_release.metrics-server_helm_release",
  ]);
});

describe("the control plane is admitted to what it calls", () => {
  const ALL = "metricsServer: {}\nkeda: {}\nverticalPodAutoscaler: { mode: act }";
  const ports = (yaml: string) =>
    Object.keys(
      moduleInputs(synthYaml(yaml).cluster, "cluster_eks").node_security_group_additional_rules as object,
    )
      .filter((rule) => rule.startsWith("ingress_cluster_"))
      .map((rule) => Number(rule.slice("ingress_cluster_".length)))
      .sort((a, b) => a - b);

  test.each([
    ["", []],
    ["metricsServer: {}", []],
    ["keda: {}", [6443, 9443]],
    ["metricsServer: {}\nverticalPodAutoscaler: {}", []],
    [ALL, [6443, 8000, 9443]],
    ["secrets: {}", []],
    ["secrets: {}\ncni: { kind: cilium-overlay, podCidr: 100.64.0.0/11 }", [10270]],
    [`cni: { kind: cilium-overlay, podCidr: 100.64.0.0/11 }\n${ALL}`, [4443, 8000, 16443, 19443]],
  ])("with %j on ports %j, beside the kubelet's", (yaml, expected) => {
    expect(ports(yaml)).toEqual(expected);
  });
});
