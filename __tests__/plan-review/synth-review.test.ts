import { formatSynthDiff } from "../../src/plan-review/format/synth-diff-text";
import { flat } from "../../src/plan-review/model/phrase";
import type { Json } from "../../src/terraform-plan/json";
import { withQuotedReferences } from "../../src/plan-review/synth/templates";
import { diffSynth, reviewSteps } from "../../src/plan-review/synth-diff";
import { entry, findingsOf, reviewOf } from "./support";

const steps = (before: Json, after: Json) =>
  reviewSteps(new Map([["prod-x", before]]), new Map([["prod-x", after]]));
const call = (source: string, inputs: object): Json => ({
  module: { main: { source, version: "1", ...inputs } },
});
const resource = (type: string, values: object): Json => ({ resource: { [type]: { x: { ...values } } } });
const GROUPS = "terraform-aws-modules/eks/aws//modules/eks-managed-node-group";
const group = (more: object) =>
  call(GROUPS, {
    name: "main",
    ami_type: "AL2023_x86_64_STANDARD",
    instance_types: ["m7i.large"],
    desired_size: 3,
    min_size: 3,
    max_size: 9,
    subnet_ids: ["a", "b"],
    ...more,
  });
const cluster = (more: object) =>
  call("terraform-aws-modules/eks/aws", { name: "prod-a", kubernetes_version: "1.34", ...more });
const pods = (maxPods: number) => ({
  cloudinit_pre_nodeadm: [
    {
      content_type: "application/node.eks.aws",
      content: `---\napiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\nspec:\n  kubelet:\n    config:\n      maxPods: ${maxPods}\n`,
    },
  ],
});
const statement = (...actions: string[]) => ({
  name: "orders",
  policy_statements: [{ sid: "Read", actions, resources: ["arn:aws:s3:::orders/*"] }],
});
const access = { principal_arn: "arn:aws:iam::111122223333:role/Auditor" };

/** What a registry module is told, and what a plan of the real module holds for it: both have to be judged alike. */
test.each<[string, Json, Json, string, object]>([
  [
    "the VPC's range",
    call("terraform-aws-modules/vpc/aws", { name: "prod", cidr: "10.0.0.0/16" }),
    call("terraform-aws-modules/vpc/aws", { name: "prod", cidr: "10.1.0.0/16" }),
    "NET-REBUILD",
    entry("aws_vpc", { before: { cidr_block: "10.0.0.0/16" }, after: { cidr_block: "10.1.0.0/16" } }),
  ],
  [
    "the cluster's name",
    cluster({}),
    cluster({ name: "shop" }),
    "EKS-CLUSTER-LOST",
    entry("aws_eks_cluster", { before: { name: "prod-a" }, after: { name: "shop" } }),
  ],
  [
    "the range of services",
    cluster({ service_ipv4_cidr: "172.20.0.0/16" }),
    cluster({ service_ipv4_cidr: "172.21.0.0/16" }),
    "EKS-CLUSTER-LOST",
    entry("aws_eks_cluster", {
      before: { kubernetes_network_config: [{ service_ipv4_cidr: "172.20.0.0/16" }] },
      after: { kubernetes_network_config: [{ service_ipv4_cidr: "172.21.0.0/16" }] },
    }),
  ],
  [
    "Kubernetes",
    cluster({}),
    cluster({ kubernetes_version: "1.35" }),
    "EKS-VERSION",
    entry("aws_eks_cluster", { before: { version: "1.34" }, after: { version: "1.35" } }),
  ],
  [
    "the endpoint",
    cluster({ endpoint_public_access: false }),
    cluster({ endpoint_public_access: true, endpoint_public_access_cidrs: ["203.0.113.0/24"] }),
    "EKS-ENDPOINT",
    entry("aws_eks_cluster", {
      before: { vpc_config: [{ endpoint_public_access: false }] },
      after: { vpc_config: [{ endpoint_public_access: true, public_access_cidrs: ["203.0.113.0/24"] }] },
    }),
  ],
  [
    "how long logs are kept",
    cluster({ cloudwatch_log_group_retention_in_days: 90 }),
    cluster({ cloudwatch_log_group_retention_in_days: 30 }),
    "DATA-EXPIRES",
    entry("aws_cloudwatch_log_group", {
      before: { retention_in_days: 90 },
      after: { retention_in_days: 30 },
    }),
  ],
  [
    "who has access",
    cluster({}),
    cluster({
      access_entries: { auditors: { ...access, policy_associations: { view: { policy_arn: "x/View" } } } },
    }),
    "EKS-ACCESS",
    entry("aws_eks_access_policy_association", { after: { ...access, policy_arn: "x/View" } }),
  ],
  [
    "instance types",
    group({}),
    group({ instance_types: ["m7i.xlarge"] }),
    "NODES-LOST",
    entry("aws_eks_node_group", {
      before: { instance_types: ["m7i.large"] },
      after: { instance_types: ["m7i.xlarge"] },
    }),
  ],
  [
    "the operating system",
    group({}),
    group({ ami_type: "BOTTLEROCKET_x86_64" }),
    "NODES-SYSTEM",
    entry("aws_eks_node_group", {
      before: { ami_type: "AL2023_x86_64_STANDARD" },
      after: { ami_type: "BOTTLEROCKET_x86_64" },
    }),
  ],
  [
    "a minimum that is more than what runs",
    group({}),
    group({ min_size: 6, desired_size: 6 }),
    "NODES-SIZE-REFUSED",
    entry("aws_eks_node_group", {
      before: { scaling_config: [{ min_size: 3, max_size: 9, desired_size: 3 }] },
      after: { scaling_config: [{ min_size: 6, max_size: 9, desired_size: 3 }] },
    }),
  ],
  [
    "a service's permissions",
    call("terraform-aws-modules/eks-pod-identity/aws", statement("s3:GetObject")),
    call("terraform-aws-modules/eks-pod-identity/aws", statement("s3:GetObject", "s3:PutObject")),
    "IAM-WIDENED",
    entry("aws_iam_policy", {
      before: { policy: '{"Statement":[{"Effect":"Allow","Action":["s3:GetObject"],"Resource":["a"]}]}' },
      after: {
        policy:
          '{"Statement":[{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":["a"]}]}',
      },
    }),
  ],
  [
    "a chart",
    resource("helm_release", { name: "karpenter", chart: "karpenter", version: "1.14.1" }),
    resource("helm_release", { name: "karpenter", chart: "karpenter", version: "1.13.1" }),
    "HELM-DOWNGRADE",
    entry("helm_release", {
      before: { name: "karpenter", chart: "karpenter", version: "1.14.1" },
      after: { name: "karpenter", chart: "karpenter", version: "1.13.1" },
    }),
  ],
  [
    "the way of pods to their network",
    resource("helm_release", {
      chart: "cilium",
      values: ['{"host":${jsonencode(data.x.y["z"])},"ipam":{"mode":"eni"}}'],
    }),
    resource("helm_release", {
      chart: "cilium",
      values: ['{"host":${jsonencode(data.x.y["z"])},"ipam":{"mode":"cluster-pool"}}'],
    }),
    "CNI-SWITCHED",
    entry("helm_release", {
      before: { chart: "cilium", values: ['{"ipam":{"mode":"eni"}}'] },
      after: { chart: "cilium", values: ['{"ipam":{"mode":"cluster-pool"}}'] },
    }),
  ],
])(
  "%s: the comparison of two syntheses says the same in kind and severity as a plan",
  (_, before, after, rule, plan) => {
    const [compared, planned] = [steps(before, after), reviewOf([plan])];

    expect(findingsOf(compared)[0]?.split(" ")[0]).toBe(rule);
    expect(findingsOf(planned)[0]?.split(" ")[0]).toBe(rule);
    expect([compared.impact, compared.couldBe]).toEqual([planned.impact, planned.couldBe]);
  },
);

test("fewer pods a node roll the group, in doubt, with the figure", () => {
  const review = steps(group(pods(110)), group(pods(29)));

  expect(findingsOf(review)).toEqual(["NODES-ROLL may roll node group main of 3 nodes in 2 subnets"]);
  expect(review.changes[0]?.findings[0]?.details.map(flat)).toEqual(["kubelet.config.maxPods 110 to 29"]);
});

test("a template of one target rolls no group of another that is called the same", () => {
  const both = (dev: number) =>
    new Map([
      ["dev-us-east-1-nodes", group(pods(dev))],
      ["prod-us-east-1-nodes", group(pods(110))],
    ]);

  expect(findingsOf(reviewSteps(both(110), both(29)))).toEqual([
    "NODES-ROLL may roll node group main of 3 nodes in 2 subnets",
  ]);
});

test("it does not claim that somebody planned it", () => {
  const [finding] = steps(cluster({}), cluster({ name: "shop" })).changes[0]?.findings ?? [];

  expect(flat(finding?.doubt ?? [])).toMatch(/^not planned; a change of name forces a replacement/);
});

test("a stack that is no longer made is not said to be destroyed", () => {
  const before = new Map<string, Json>([
    ["prod-backup", resource("aws_s3_bucket", { bucket: "b" })],
    ["prod-x", group({})],
  ]);
  const after = new Map<string, Json>([["prod-x", group({ max_size: 12 })]]);
  const review = reviewSteps(before, after);

  expect([review.impact, findingsOf(review)]).toEqual(["routine", []]);
  expect(formatSynthDiff(diffSynth(before, after), review)).toContain("- prod-backup (1 block)");
});

test("what only Terraform reads is no change", () => {
  const zone = (more: object) => resource("aws_route53_zone", { name: "a.example", ...more });
  const review = steps(
    zone({ depends_on: ["aws_vpc.a"] }),
    zone({ depends_on: ["aws_vpc.b"], lifecycle: {} }),
  );

  expect(review.changes).toEqual([]);
});

test("references are known by each other: what follows from a removed gateway is told with it", () => {
  const before: Json = {
    resource: {
      aws_nat_gateway: { a: { subnet_id: "s" } },
      aws_route: { out: { destination_cidr_block: "0.0.0.0/0", nat_gateway_id: "${aws_nat_gateway.a.id}" } },
    },
  };
  const review = steps(before, {});

  expect(review.changes.map(({ address, cause }) => [address, cause?.address])).toEqual([
    ["aws_nat_gateway.a", undefined],
    ["aws_route.out", "aws_nat_gateway.a"],
  ]);
});

test.each([
  ['{"a":${x.y["z"]}}', { a: '${x.y["z"]}' }],
  ['{"a":"in ${x.y["z"]} text"}', { a: 'in ${x.y["z"]} text' }],
  ['{"a":"$${literal}"}', { a: "${literal}" }],
  ['{"a":"\\"${x}\\""}', { a: '"${x}"' }],
  ['{"a":${jsonencode({ b = "}" })}}', { a: '${jsonencode({ b = "}" })}' }],
  ['{"a":"b"}', { a: "b" }],
])("the document %s can be read around what Terraform puts into it", (template, value) => {
  expect(JSON.parse(withQuotedReferences(template))).toEqual(value);
});
