import { NETWORK, problemsIn } from "../../support/problems";

const said = (text: string, more = "") =>
  problemsIn(
    `${NETWORK}${more}nodes: { main: { instanceTypes: [m7i.large], size: { min: 2, max: 4 }, ${text} } }\n`,
  );
const policy = (account: string, name: string) => `"arn:aws:iam::${account}:policy/${name}"`;

// Amazon EBS User Guide, "General Purpose SSD volumes" and "Provisioned IOPS SSD volumes".
test.each([
  [
    "rootVolume: { type: gp3, iops: 30000 }",
    "needs 60 GiB for 30000 IOPS, at most 500 for each GiB, and rootVolumeGiB is 50; write fewer, or a larger volume",
  ],
  [
    "rootVolume: { type: gp3, throughputMiB: 1000 }",
    "needs 4000 IOPS for 1000 MiB/s, and has 3000; write rootVolume.iops: 4000",
  ],
  [
    "rootVolume: { type: io2, iops: 60000 }",
    "needs 60 GiB for 60000 IOPS, at most 1000 for each GiB, and rootVolumeGiB is 50; write fewer, or a larger volume",
  ],
  ["rootVolume: { type: io2 }", "nodes.main.rootVolume.iops  is missing"],
  ["rootVolume: { type: gp3, iops: 100 }", "is less than gp3's 3000, which cost nothing; remove it"],
  ["rootVolume: { type: io2, iops: 300000 }", "AWS rejects this: io2 has at most 256000 IOPS; write fewer"],
])("%s is refused: %s", (text, problem) => {
  expect(said(text)).toEqual([expect.stringContaining(problem)]);
});

test.each([
  "rootVolume: { type: gp3, iops: 25000, throughputMiB: 2000 }",
  "rootVolume: { type: io2, iops: 50000 }",
  "rootVolume: { type: gp3 }",
  "maxUnavailable: 1",
  `additionalPolicies: [${policy("aws", "CloudWatchAgentServerPolicy")}, ${policy("111122223333", "team/Agent")}]`,
])("%s is taken", (text) => {
  expect(said(text)).toEqual([]);
});

test("a number and a part of the nodes to replace at once exclude each other", () => {
  expect(said("maxUnavailable: 1, maxUnavailablePercent: 10")).toEqual([
    expect.stringContaining(
      "nodes.main.maxUnavailable: 1  excludes maxUnavailablePercent, and AWS takes one of them",
    ),
  ]);
});

test.each([
  [
    policy("222233334444", "Agent"),
    "is of account 222233334444, and a role takes policies of its own account",
  ],
  [policy("aws", "AmazonSSMManagedInstanceCore"), "is on every node's role already; remove it"],
  [`${policy("aws", "A")}, ${policy("aws", "A")}`, "is listed twice; keep one"],
  ['"AmazonS3ReadOnlyAccess"', "is not an IAM policy; write arn:aws:iam::"],
  [
    "1,2,3,4,5,6,7,8"
      .split(",")
      .map((each) => policy("aws", each))
      .join(),
    "AWS takes 10, of which nodes have 3",
  ],
])("the policy %s is refused", (policies, problem) => {
  expect(said(`additionalPolicies: [${policies}]`)).toEqual([expect.stringContaining(problem)]);
});

test.each([
  ['"karpenter.sh/discovery": x', "", "is set by the platform where it belongs; remove it"],
  ['"aws:x": y', "", "starts with aws:, which AWS keeps for itself"],
  ["Team: a", "tags: { team: b }\n", "has Team in a different case from tags, and IAM takes them for one"],
  [
    Array.from({ length: 21 }, (_, index) => `a${index}: x`).join(", "),
    `tags: { ${Array.from({ length: 20 }, (_, index) => `b${index}: x`).join(", ")} }\n`,
    "makes 41 tags with the target's, and at most 40 fit on a resource; remove some",
  ],
])("a group's tags { %s } are refused beside { %s }", (tags, ofTarget, problem) => {
  expect(said(`tags: { ${tags} }`, ofTarget)).toEqual([expect.stringContaining(problem)]);
});

test.each([
  "launchTemplate: { id: lt-0123456789abcdef0, version: 3 }",
  "launchTemplateId: lt-0123456789abcdef0",
])("a launch template of one's own is refused with what it would take away: %s", (text) => {
  expect(said(text)).toEqual([
    expect.stringContaining(
      "the nodes' security group, IMDSv2, encrypted volumes and max pods: write what it is for",
    ),
  ]);
});

test("an AMI is named by its id", () => {
  expect(said("amiId: ami-0123456789abcdef0")).toEqual([]);
  expect(said("amiId: hardened-2026")).toEqual([
    expect.stringContaining("is not an AMI; write its id, for example ami-0123456789abcdef0"),
  ]);
});
