import {
  amiAlias,
  amiParameters,
  nodeClass,
  type NodeClassContext,
  type NodeClassSpec,
} from "../../../src/components/karpenter/node-class";
import { releases } from "../../../src/releases/releases";

const context: NodeClassContext = {
  clusterName: "dev-us-east-1",
  volumeKeyArn: "arn:aws:kms:us-east-1:111122223333:key/k",
  identity: { role: "dev-us-east-1-karpenter-nodes" },
  tags: { owner: "platform-team" },
};

function specOf(spec: Partial<NodeClassSpec> = {}, over: Partial<NodeClassContext> = {}) {
  const base: NodeClassSpec = {
    name: "general",
    ami: "al2023",
    image: { alias: "al2023@v20260714" },
    volumeGiB: 50,
    maxPods: 110,
    detailedMonitoring: false,
  };
  return nodeClass({ ...base, ...spec }, { ...context, ...over }).spec as Record<string, unknown>;
}

test("is of the v1 API", () => {
  expect(nodeClass({ ...specBase(), name: "general" }, context)).toMatchObject({
    apiVersion: "karpenter.k8s.aws/v1",
    kind: "EC2NodeClass",
    metadata: { name: "general" },
  });
});

function specBase(): NodeClassSpec {
  return {
    name: "x",
    ami: "al2023",
    image: { alias: "al2023@v1" },
    volumeGiB: 20,
    detailedMonitoring: false,
  };
}

test("subnets and security groups are found by Karpenter's tag and nothing else", () => {
  const byTag = [{ tags: { "karpenter.sh/discovery": "dev-us-east-1" } }];

  expect(specOf()).toMatchObject({ subnetSelectorTerms: byTag, securityGroupSelectorTerms: byTag });
});

test("instance metadata needs a token and is a single hop away, out of reach of pods", () => {
  expect(specOf().metadataOptions).toEqual({
    httpEndpoint: "enabled",
    httpProtocolIPv6: "disabled",
    httpPutResponseHopLimit: 1,
    httpTokens: "required",
  });
});

test("nodes have no public address", () => {
  expect(specOf()).toMatchObject({ associatePublicIPAddress: false });
});

test.each([
  ["al2023", [["/dev/xvda", "80Gi"]]],
  [
    "bottlerocket",
    [
      ["/dev/xvda", "4Gi"],
      ["/dev/xvdb", "80Gi"],
    ],
  ],
] as const)("every volume of %s is encrypted with the cluster's key", (ami, volumes) => {
  const mappings = specOf({ ami, volumeGiB: 80 }).blockDeviceMappings as {
    deviceName: string;
    ebs: { volumeSize: string };
  }[];

  expect(mappings.map(({ deviceName, ebs }) => [deviceName, ebs.volumeSize])).toEqual(volumes);
  for (const { ebs } of mappings) {
    expect(ebs).toMatchObject({ encrypted: true, kmsKeyID: context.volumeKeyArn, volumeType: "gp3" });
  }
});

test("kubelet is told its pods where Karpenter would count them wrong, and left alone elsewhere", () => {
  expect(specOf({ maxPods: 98 }).kubelet).toEqual({ maxPods: 98 });
  expect(specOf({ maxPods: undefined })).not.toHaveProperty("kubelet");
});

// CEL rule of the kind: exactly one of role and instanceProfile.
test.each([{ role: "r" }, { instanceProfile: "p" }])("the nodes' identity is just %j", (identity) => {
  const { role, instanceProfile } = specOf({}, { identity });

  expect(JSON.parse(JSON.stringify({ role, instanceProfile }))).toEqual(identity);
});

test("instances carry the platform's tags and a name that tells cluster and class", () => {
  expect(specOf().tags).toEqual({ owner: "platform-team", Name: "dev-us-east-1-karpenter-general" });
});

test.each([
  ["al2023", "1.35.6-20260714", "al2023@v20260714"],
  ["bottlerocket", "1.65.0-0be31b34", "bottlerocket@v1.65.0"],
] as const)("the alias of %s %s is %s", (family, version, alias) => {
  expect(amiAlias(family, version)).toBe(alias);
});

// Karpenter refuses more than 30 characters, and `latest` would let nodes drift whenever AWS publishes.
test.each(Object.values(releases))("release $name gives aliases that are pinned and in form", ({ amis }) => {
  expect(amiAlias("al2023", amis.al2023.version)).toMatch(/^al2023@v\d{8}$/);
  expect(amiAlias("bottlerocket", amis.bottlerocket.version)).toMatch(/^bottlerocket@v\d+\.\d+\.\d+$/);
});

// aws/karpenter-provider-aws v1.14.1 pkg/providers/amifamily al2023.go, bottlerocket.go: what an alias is looked up by.
test.each([
  [
    "al2023",
    "1.33.13-20260714",
    undefined,
    "x86_64/standard/amazon-eks-node-al2023-x86_64-standard-1.33-v20260714",
  ],
  ["al2023", "1.33.13-20260714", "nvidia", "arm64/nvidia/amazon-eks-node-al2023-arm64-nvidia-1.33-v20260714"],
] as const)("an image of %s %s for %s is named by its parameter", (family, version, accelerator, name) => {
  expect(amiParameters(family, version, "1.33", accelerator)).toContain(
    `/aws/service/eks/optimized-ami/1.33/amazon-linux-2023/${name}/image_id`,
  );
});

test("images of Bottlerocket are named by their parameters, Neuron's is the standard one", () => {
  const of = (accelerator?: "nvidia" | "neuron") =>
    amiParameters("bottlerocket", "1.65.0-0be31b34", "1.34", accelerator);
  expect(of()).toEqual([
    "/aws/service/bottlerocket/aws-k8s-1.34/arm64/1.65.0/image_id",
    "/aws/service/bottlerocket/aws-k8s-1.34/x86_64/1.65.0/image_id",
  ]);
  expect(of("neuron")).toEqual(of());
  expect(of("nvidia")[0]).toContain("/aws-k8s-1.34-nvidia/");
});

// CEL rules of the kind: amiFamily without an alias is required; a term has one field.
test("an image by parameters comes with its family", () => {
  expect(specOf({ image: { ssmParameters: ["/a", "/b"] } })).toMatchObject({
    amiFamily: "AL2023",
    amiSelectorTerms: [{ ssmParameter: "/a" }, { ssmParameter: "/b" }],
  });
  expect(specOf()).not.toHaveProperty("amiFamily");
});
