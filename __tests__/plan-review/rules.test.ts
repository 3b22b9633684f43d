import { assess } from "../../src/plan-review/assess";
import { formatMarkdown } from "../../src/plan-review/format/markdown";
import { flat } from "../../src/plan-review/model/phrase";
import { runRules } from "../../src/plan-review/rules/all-rules";
import { Surroundings } from "../../src/plan-review/rules/surroundings";
import { readPlan } from "../../src/plan-review/read/read-plan";
import { accountCases, narrow, rule } from "./rule-cases-account";
import { clusterCases } from "./rule-cases-cluster";
import { entry, findingsOf, planText, reviewOf } from "./support";

test.each([...clusterCases, ...accountCases])(
  "%s reports its change, and nothing on a clean one",
  (id, violating, what, clean) => {
    expect(findingsOf(reviewOf([violating]))).toContain(`${id} ${what}`);
    expect(findingsOf(reviewOf([clean])).filter((each) => each.startsWith(`${id} `))).toEqual([]);
  },
);

test("rolls a node group of 9 nodes in 3 zones", () => {
  const subnets = ["a", "b", "c"].map((zone) => ({
    type: "aws_subnet",
    values: { id: `s-${zone}`, availability_zone: zone },
  }));
  const group = (version: string) => ({
    node_group_name: "main",
    version,
    scaling_config: [{ desired_size: 9, max_size: 12 }],
    subnet_ids: ["s-a", "s-b", "s-c"],
    update_config: [{ max_unavailable: 1 }],
  });
  const review = reviewOf([entry("aws_eks_node_group", { before: group("1.33"), after: group("1.34") })], {
    prior_state: { values: { root_module: { resources: subnets } } },
  });
  expect(findingsOf(review)).toEqual(["NODES-ROLL rolls node group main of 9 nodes in 3 zones"]);
  expect(review.changes[0]?.findings[0]?.details.map(flat)).toEqual([
    "Kubernetes 1.33 to 1.34",
    "at most 1 node at a time",
  ]);
});

// kubernetes.io/releases/version-skew-policy: a kubelet is never newer than the API server.
test.each([
  ["1.36", "1.35", true],
  ["1.35", "1.35", false],
  ["1.9", "1.35", false],
])("nodes of %s under a control plane of %s: told of is %s", (nodes, plane, isTold) => {
  const cluster = (version: string) => ({ name: "c", version });
  const group = (version: string) => ({
    node_group_name: "main",
    cluster_name: "c",
    version,
    scaling_config: [{ desired_size: 3, max_size: 3 }],
  });
  const review = reviewOf([
    entry("aws_eks_cluster", { before: cluster("1.34"), after: cluster(plane) }),
    entry("aws_eks_node_group", { before: group("1.34"), after: group(nodes) }),
  ]);

  expect(findingsOf(review).some((each) => each.includes(`puts nodes of ${nodes} under`))).toBe(isTold);
});

test("a new group's rules say only what the whole internet gets", () => {
  const group = entry("aws_security_group", { after: { name: "new" }, unknown: { id: true } });
  const inside = entry("aws_security_group_rule", {
    after: rule(["10.0.0.0/8"], { security_group_id: null }),
    unknown: { security_group_id: true },
  });
  const world = entry("aws_security_group_rule", {
    after: rule(["0.0.0.0/0"], { security_group_id: null }),
    unknown: { security_group_id: true },
  });
  expect(findingsOf(reviewOf([group, inside]))).toEqual([]);
  expect(findingsOf(reviewOf([group, world]))).toHaveLength(1);
});

test.each([
  ["ConfigMap", "routine"],
  ["NetworkPolicy", "disruption"],
  ["CiliumClusterwideNetworkPolicy", "disruption"],
  ["AuthorizationPolicy", "disruption"],
  ["ValidatingAdmissionPolicyBinding", "disruption"],
  ["ResourceQuota", "disruption"],
])("a further %s is %s: what decides over others may stop what runs", (kind, impact) => {
  const values = (manifests: object) => ({
    name: "policies",
    chart: "./assets/manifests",
    values: [JSON.stringify({ manifests })],
  });
  const added = entry("helm_release", {
    before: values({}),
    after: values({ a: { apiVersion: "v1", kind, metadata: { name: "a" } } }),
  });

  expect(reviewOf([added]).changes[0]?.findings).toEqual([
    expect.objectContaining({ rule: "MANIFESTS-CHANGED", impact }),
  ]);
});

test("a denial that goes widens a policy", () => {
  const deny = JSON.stringify({
    Statement: [{ Effect: "Deny", Action: "s3:*", Resource: "*", Principal: "*" }],
  });
  const review = reviewOf([entry("aws_s3_bucket_policy", { before: { bucket: "b", policy: deny } })]);
  expect(findingsOf(review)).toContain("IAM-WIDENED widens the policy b");
  expect(review.changes[0]?.findings[0]?.details.map(flat)).toEqual(["no longer denies s3:*"]);
});

describe("a statement for everybody but a few", () => {
  const ROLES = "arn:aws:iam::111122223333:role";
  const policy = (effect: string, but: string[]) =>
    JSON.stringify({
      Statement: [{ Effect: effect, Action: "s3:GetObject", Resource: "arn:x", NotPrincipal: { AWS: but } }],
    });
  const change = (effect: string, before: string[], after: string[]) =>
    reviewOf([
      entry("aws_s3_bucket_policy", {
        before: { bucket: "b", policy: policy(effect, before) },
        after: { bucket: "b", policy: policy(effect, after) },
      }),
    ]);

  test("that denies, and leaves out one more, widens the policy", () => {
    const review = change("Deny", [`${ROLES}/a`], [`${ROLES}/a`, `${ROLES}/b`]);

    expect(findingsOf(review)).toEqual(["IAM-WIDENED widens the policy b"]);
    expect(review.changes[0]?.findings[0]?.details.map(flat)).toEqual(["no longer denies s3:GetObject"]);
  });

  test("that allows, and leaves out another, widens it to anybody", () => {
    const review = change("Allow", [`${ROLES}/a`], [`${ROLES}/b`]);

    expect(findingsOf(review)).toContain("IAM-WIDENED widens the policy b to anybody");
    expect(review.changes[0]?.findings[0]?.details.map(flat)).toEqual([
      `s3:GetObject on arn:x for * and everybody but ${ROLES}/b`,
    ]);
  });

  test("gives nothing to those that it leaves out", () => {
    const review = reviewOf([
      entry("aws_s3_bucket_policy", {
        before: { bucket: "b", policy: policy("Allow", [`${ROLES}/a`]) },
        after: {
          bucket: "b",
          policy: policy("Allow", [`${ROLES}/a`]).replace("NotPrincipal", "Principal"),
        },
      }),
    ]);

    expect(findingsOf(review)).toContain(
      "IAM-WIDENED widens the policy b for role a of account 111122223333 by s3:GetObject",
    );
  });

  test("says nothing where those left out are the same in another order", () => {
    const both = [`${ROLES}/a`, `${ROLES}/b`];

    expect(findingsOf(change("Deny", both, both.toReversed()))).toEqual([]);
  });
});

test("a version of Kubernetes that goes back is not an upgrade", () => {
  const cluster = (version: string) => ({ name: "prod", version });
  const review = reviewOf([entry("aws_eks_cluster", { before: cluster("1.34"), after: cluster("1.33") })]);

  expect(findingsOf(review)).toEqual(["EKS-VERSION rolls Kubernetes back from 1.34 to 1.33"]);
  expect(review.changes[0]?.findings[0]?.details.map(flat)).toEqual([
    "EKS goes back only within seven days of the upgrade, and after nodes and add-ons have; otherwise AWS refuses it",
  ]);
});

test("a policy known after apply is a doubt, not a pass", () => {
  const review = reviewOf([
    entry("aws_iam_role_policy", {
      before: { name: "p", role: "r", policy: narrow },
      after: { name: "p", role: "r" },
      unknown: { policy: true },
    }),
  ]);
  expect(review.couldBe).toBe("security");
  expect(flat(review.changes[0]?.findings[0]?.doubt ?? [])).toBe("the new policy is known after apply");
});

test("a rule that throws is a finding", () => {
  const plan = readPlan({ stack: "s", source: "p", text: planText([entry("aws_lb", { after: {} })]) });
  const [change] = plan.changes;
  if (change === undefined) throw new Error("the plan has a change");
  const broken = () => {
    throw new Error("boom");
  };
  expect(runRules(change, new Surroundings([plan]), [broken]).map(({ rule: id }) => id)).toEqual([
    "REVIEW-FAULT",
  ]);
});

test("unfinished plans and failed checks are said on top", () => {
  const { warnings } = reviewOf([], {
    errored: true,
    deferred_changes: [{}],
    checks: [
      {
        address: { to_display: "check.dns" },
        status: "fail",
        instances: [{ problems: [{ message: "no answer" }] }],
      },
    ],
  });
  expect(warnings.map(flat)).toEqual([
    "test: planning stopped at an error, so this is not everything",
    "test: Terraform puts off 1 change to a later plan",
    "test: check check.dns does not hold: no answer",
  ]);
});

test.each([
  ["no-op", "Nothing changes."],
  ["update", "Only outputs change."],
])("an output with %s: %s", (action, says) => {
  const review = reviewOf([], { output_changes: { vpc_id: { actions: [action] } } });

  expect(formatMarkdown(review)).toContain(`**${says}**`);
});

test("a comment says how many warnings it leaves out", () => {
  const checks = Array.from({ length: 23 }, (_, index) => ({
    address: { to_display: `check.c${index}` },
    status: "fail",
  }));
  const comment = formatMarkdown(reviewOf([], { checks }));

  expect(comment).toContain("check.c19");
  expect(comment).not.toContain("check.c20");
  expect(comment).toContain("> **Note:** and 3 more");
});

test("stacks without a plan are said on top: they were not reviewed", () => {
  const { warnings } = assess([], ["prod-cni", "prod-nodes"]);
  expect(warnings.map(flat)).toEqual(["not planned, so not reviewed: prod-cni and prod-nodes"]);
});
