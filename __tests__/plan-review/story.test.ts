import { assess } from "../../src/plan-review/assess";
import { formatMarkdown } from "../../src/plan-review/format/markdown";
import { formatText } from "../../src/plan-review/format/text";
import { flat } from "../../src/plan-review/model/phrase";
import { readPlan } from "../../src/plan-review/read/read-plan";
import { byCost } from "../../src/plan-review/rules/costs";
import { ruleIds } from "../../src/plan-review/rules/rules";
import { entriesOf } from "../../src/plan-review/story/entries";
import { entry, findingsOf, fixtureNames, planText, reviewFixture, reviewOf } from "./support";

test("every rule has its place in the order of costs", () => {
  expect([...byCost].sort()).toEqual([...ruleIds].sort());
});

const group = {
  id: "prod:batch",
  node_group_name: "batch-1",
  node_group_name_prefix: "batch-",
  node_role_arn: "arn:aws:iam::111122223333:role/batch",
  launch_template: [{ id: "lt-1" }],
  scaling_config: [{ desired_size: 4 }],
  resources: [{ autoscaling_groups: [{ name: "eks-batch-1" }] }],
};
const removed = [
  entry("aws_ec2_subnet_cidr_reservation", {
    before: { id: "scr-1", cidr_block: "10.0.8.0/21" },
    address: "a.reservation",
  }),
  entry("aws_cloudwatch_metric_alarm", {
    before: {
      id: "batch-full",
      alarm_name: "batch-full",
      dimensions: { AutoScalingGroupName: "eks-batch-1" },
    },
    address: "b.alarm",
  }),
  entry("aws_launch_template", { before: { id: "lt-1", name: "batch" }, address: "c.template" }),
  entry("aws_iam_role", {
    before: { id: "batch", name: "batch", arn: "arn:aws:iam::111122223333:role/batch" },
    address: "d.role",
  }),
  entry("aws_iam_role_policy_attachment", {
    before: { id: "x", role: "batch", policy_arn: "arn:aws:iam::aws:policy/A" },
    address: "e.attachment",
  }),
  entry("aws_eks_node_group", { before: group, address: "z.group" }),
];

test("lost nodes come before what is cheaper, and what follows from them is folded", () => {
  const review = reviewOf(removed);
  const [first, ...rest] = entriesOf(review.changes);

  expect(first?.findings.map(({ what }) => flat(what))).toEqual(["deletes node group batch of 4 nodes"]);
  expect(first?.consequences.map(({ address }) => address).sort()).toEqual([
    "b.alarm",
    "c.template",
    "d.role",
    "e.attachment",
  ]);
  expect(rest.map(({ changes }) => changes[0]?.address)).toEqual(["a.reservation"]);
});

test.each([
  [
    "aws_cloudwatch_metric_alarm",
    { alarm_name: "a" },
    "ALARM-LOST deletes the alarm a",
    "disruption",
    /Nobody is told/,
  ],
  [
    "aws_ec2_subnet_cidr_reservation",
    { cidr_block: "10.0.8.0/21" },
    "DELETED deletes the reservation of addresses 10.0.8.0/21",
    "routine",
    /return to the subnet/,
  ],
  [
    "aws_launch_template",
    { name: "t" },
    "DELETED deletes the launch template t",
    "disruption",
    /What runs keeps running/,
  ],
  ["aws_x", {}, "DELETED deletes aws_x.x", "disruption", /Whatever uses it stops working/],
])("a deleted %s says what is true of it", (type, before, says, impact, why) => {
  const review = reviewOf([entry(type, { before })]);

  expect(findingsOf(review)).toEqual([says]);
  expect(review.impact).toBe(impact);
  expect(review.changes[0]?.findings[0]?.why).toMatch(why);
});

test("what grants or opens something is listed by itself, whatever goes with it", () => {
  const anybody = JSON.stringify({
    Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" }],
  });
  const review = reviewOf([
    ...removed,
    entry("aws_iam_role", {
      before: { id: "batch2", name: "batch2", assume_role_policy: "{}", note: "eks-batch-1" },
      after: { id: "batch2", name: "batch2", assume_role_policy: anybody, note: "eks-batch-1" },
      address: "f.role",
    }),
  ]);

  expect(review.changes.find(({ address }) => address === "f.role")?.cause).toBeUndefined();
  expect(review.impact).toBe("security");
});

test("a group that only rolls takes along nothing but its launch template", () => {
  const rolled = { ...group, launch_template: [{ id: "lt-1", version: "2" }] };
  const review = reviewOf([
    entry("aws_eks_node_group", {
      before: { ...group, launch_template: [{ id: "lt-1", version: "1" }] },
      after: rolled,
      address: "module.g.aws_eks_node_group.this[0]",
    }),
    entry("aws_launch_template", {
      before: { id: "lt-1", user_data: "a" },
      after: { id: "lt-1", user_data: "b" },
      address: "module.g.aws_launch_template.this[0]",
    }),
    entry("aws_iam_role_policy_attachment", {
      before: { id: "x", role: "batch", policy_arn: "arn:aws:iam::aws:policy/A" },
      address: "module.g.aws_iam_role_policy_attachment.ssm",
    }),
  ]);

  expect(entriesOf(review.changes).map(({ changes }) => changes[0]?.type)).toEqual([
    "aws_eks_node_group",
    "aws_iam_role_policy_attachment",
  ]);
});

test("a lost cluster takes along nothing of another target", () => {
  const plan = (stack: string, entries: object[]) =>
    readPlan({ stack, source: `${stack}.json`, text: planText(entries) });
  const review = assess([
    plan("prod-us-east-1-cluster", [entry("aws_eks_cluster", { before: { name: "prod-us-east-1" } })]),
    plan("prod-us-east-1-mesh", [entry("helm_release", { before: { name: "istiod", chart: "istiod" } })]),
    plan("dev-us-east-1-mesh", [entry("helm_release", { before: { name: "istiod", chart: "istiod" } })]),
  ]);

  expect(review.changes.map(({ stack, cause }) => [stack, cause?.stack])).toEqual([
    ["prod-us-east-1-cluster", undefined],
    ["dev-us-east-1-mesh", undefined],
    ["prod-us-east-1-mesh", "prod-us-east-1-cluster"],
  ]);
});

const stackOf = (stack: string, entries: object[]) =>
  readPlan({ stack, source: `${stack}.json`, text: planText(entries) });
const causesOf = (review: ReturnType<typeof reviewOf>) =>
  Object.fromEntries(
    review.changes.map(({ stack, address, cause }) => [`${stack} ${address}`, cause?.stack]),
  );

test("names that two targets share are no tie between them", () => {
  const lost = (target: string) =>
    stackOf(`${target}-autoscaling`, [
      entry("helm_release", { before: { id: "karpenter", name: "karpenter", chart: "karpenter" } }),
      entry("aws_iam_role_policy_attachment", { before: { id: "x", role: "karpenter", policy_arn: "p" } }),
    ]);

  expect(causesOf(assess([lost("dev-us-east-1"), lost("prod-us-east-1")]))).toEqual({
    "dev-us-east-1-autoscaling helm_release.x": undefined,
    "dev-us-east-1-autoscaling aws_iam_role_policy_attachment.x": "dev-us-east-1-autoscaling",
    "prod-us-east-1-autoscaling helm_release.x": undefined,
    "prod-us-east-1-autoscaling aws_iam_role_policy_attachment.x": "prod-us-east-1-autoscaling",
  });
});

test("a certain loss is not folded into a cluster that may only possibly be lost, or into another cluster", () => {
  const groupOf = (cluster: string) =>
    entry("aws_eks_node_group", { before: { ...group, cluster_name: cluster } });
  const maybe = assess([
    stackOf("prod-cluster", [
      entry("aws_eks_cluster", {
        before: { name: "platform", role_arn: "a" },
        after: { name: "platform", role_arn: "b" },
      }),
    ]),
    stackOf("prod-nodes", [groupOf("platform")]),
  ]);
  const other = assess([
    stackOf("prod-cluster", [entry("aws_eks_cluster", { before: { name: "old" } })]),
    stackOf("prod-nodes", [groupOf("platform")]),
  ]);
  const same = assess([
    stackOf("prod-cluster", [entry("aws_eks_cluster", { before: { name: "platform" } })]),
    stackOf("prod-nodes", [groupOf("platform")]),
  ]);

  expect([maybe, other, same].map((each) => causesOf(each)["prod-nodes aws_eks_node_group.x"])).toEqual([
    undefined,
    undefined,
    "prod-cluster",
  ]);
});

test("nodes are counted in the target that loses its cluster", () => {
  const review = assess(
    ["dev-us-east-1", "prod-us-east-1"].map((target) =>
      stackOf(`${target}-nodes`, [
        entry(
          "aws_eks_cluster",
          target.startsWith("dev") ? { before: { name: target } } : { after: { name: target } },
        ),
        entry("aws_eks_node_group", { before: group, after: group, actions: ["no-op"] }),
      ]),
    ),
  );

  expect(review.changes[0]?.findings[0]?.details.map(flat)).toEqual([
    "with it go 4 nodes of node groups, Karpenter's nodes and every pod",
  ]);
});

test("a role that another target makes does not excuse what one of the same name is given", () => {
  const attachment = entry("aws_iam_role_policy_attachment", {
    after: { role: "platform", policy_arn: "arn:aws:iam::aws:policy/AmazonS3FullAccess" },
  });
  const review = assess([
    stackOf("dev-us-east-1-nodes", [entry("aws_iam_role", { after: { name: "platform" } }), attachment]),
    stackOf("prod-us-east-1-nodes", [attachment]),
  ]);

  expect(
    review.changes.filter(({ findings }) => findings.some(({ rule }) => rule === "IAM-ATTACHED")),
  ).toMatchObject([{ stack: "prod-us-east-1-nodes", impact: "security" }]);
});

test("one of several NAT gateways that goes leaves the zones to the last one", () => {
  const nat = (zone: string) => ({
    id: `nat-${zone}`,
    subnet_id: `s-${zone}`,
    tags: { Name: `nat-${zone}` },
  });
  const subnets = ["a", "b"].map((zone) => ({
    type: "aws_subnet",
    values: { id: `s-${zone}`, availability_zone: `us-east-1${zone}` },
  }));
  const review = reviewOf(
    [
      entry("aws_nat_gateway", { actions: ["no-op"], before: nat("a"), after: nat("a"), address: "nat.a" }),
      entry("aws_nat_gateway", { before: nat("b"), address: "nat.b" }),
      entry("aws_route", {
        before: { destination_cidr_block: "0.0.0.0/0", nat_gateway_id: "nat-b" },
        after: { destination_cidr_block: "0.0.0.0/0", nat_gateway_id: "nat-a" },
      }),
    ],
    { prior_state: { values: { root_module: { resources: subnets } } } },
  );
  const [first, ...rest] = entriesOf(review.changes);

  expect(flat(first?.findings[0]?.what ?? [])).toBe(
    "deletes the NAT gateway nat-b and leaves one of us-east-1a for all zones",
  );
  expect(first?.findings[0]?.why).toMatch(/One zone's failure then takes the way out of all zones.*charged/s);
  expect([first?.consequences.length, rest.length]).toEqual([1, 0]);
});

test("two released addresses are one finding", () => {
  const eip = (address: string) =>
    entry("aws_eip", { before: { public_ip: address }, address: `aws_eip.${address}` });
  const [only] = entriesOf(reviewOf([eip("198.51.100.7"), eip("198.51.100.8")]).changes);

  expect(flat(only?.findings[0]?.what ?? [])).toBe("gives up 2 public addresses");
});

test("what no rule has a word for is listed by name", () => {
  const review = reviewOf([
    entry("aws_x", { after: {}, address: "aws_x.one" }),
    entry("aws_x", { after: {}, address: "module.two.aws_x.this[0]" }),
  ]);
  for (const form of [formatText(review), formatMarkdown(review).replaceAll("`", "")])
    expect(form).toContain("create aws_x (2): one and two");
});

/** Lines that a reader sees before unfolding anything. */
function unfolded(markdown: string): string[] {
  const bare = markdown.replace(/<details>[\s\S]*?<\/details>/g, "(folded)");
  return bare.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("<!--"));
}

test.each(fixtureNames())("the review of %s fits a screen", (name) => {
  const review = reviewFixture(name);

  expect(unfolded(formatMarkdown(review)).length).toBeLessThanOrEqual(40);
  expect(formatText(review).split("\n").length).toBeLessThanOrEqual(45); // What it can't see is two or three more.
});
