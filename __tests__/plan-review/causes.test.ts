import { flat } from "../../src/plan-review/model/phrase";
import { httpsFrom } from "./platform-entries";
import { entry, findingsOf, reviewOf } from "./support";

describe("a VPC of another range", () => {
  const vpc = (cidr: string) => ({ id: "vpc-1", cidr_block: cidr });

  test("takes along no lost data and nothing that changes more than its addresses", () => {
    const more = reviewOf([
      entry("aws_vpc", { before: vpc("10.0.0.0/16"), after: vpc("10.1.0.0/16") }),
      entry("aws_security_group_rule", {
        before: httpsFrom("10.0.0.0/16"),
        after: { ...httpsFrom("10.1.0.0/16"), protocol: "-1", from_port: 0, to_port: 0 },
        address: "all.ports",
      }),
      entry("aws_s3_bucket", {
        before: { bucket: "b", tags: { of: "10.0.1.0/24" } },
        address: "bucket.lost",
      }),
      entry("aws_eks_cluster", {
        before: {
          name: "prod",
          vpc_config: [
            { endpoint_public_access: false, public_access_cidrs: ["10.0.0.0/20"], subnet_ids: ["a"] },
          ],
        },
        after: {
          name: "prod",
          vpc_config: [{ endpoint_public_access: true, public_access_cidrs: ["10.1.0.0/20"] }],
        },
        unknown: { vpc_config: [{ subnet_ids: true }] },
        address: "cluster.opened",
      }),
    ]);

    expect(more.changes.filter(({ cause }) => cause === undefined).map(({ address }) => address)).toEqual([
      "aws_vpc.x",
      "bucket.lost",
      "cluster.opened",
      "all.ports",
    ]);
  });
});

test.each([
  ["Namespace", "the namespace orders and everything in it"],
  ["PersistentVolumeClaim", "the volume claim orders"],
  ["PersistentVolume", "the volume orders"],
  ["CustomResourceDefinition", "the definition orders and all its objects"],
])("a manifest of a %s that goes is data that is lost", (kind, lost) => {
  const review = reviewOf([
    entry("kubernetes_manifest", { before: { manifest: { kind, metadata: { name: "orders" } } } }),
  ]);

  expect(review.impact).toBe("irreversible");
  expect(findingsOf(review)[0]).toBe(`DATA-LOST deletes ${lost}`);
});

describe("another way of pods to their network is seen", () => {
  const release = (...values: object[]) => ({
    name: "cilium",
    chart: "cilium",
    version: "1.19.6",
    values: values.map((each) => JSON.stringify(each)),
  });
  const many = (value: number) => Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`a${i}`, value]));
  const addon = (prefixes: boolean) => ({
    addon_name: "vpc-cni",
    configuration_values: `env:\n  ENABLE_PREFIX_DELEGATION: "${prefixes}"\n`,
  });

  test.each([
    [
      "behind many other values",
      entry("helm_release", {
        before: release({ ...many(1), routingMode: "native" }),
        after: release({ ...many(2), routingMode: "tunnel" }),
      }),
    ],
    [
      "in one of several documents of values",
      entry("helm_release", {
        before: release({ routingMode: "native" }, { ipam: { mode: "eni" } }),
        after: release({ routingMode: "native" }, { ipam: { mode: "cluster-pool" } }),
      }),
    ],
    ["in an add-on's YAML", entry("aws_eks_addon", { before: addon(true), after: addon(false) })],
  ])("%s", (_, change) => {
    expect(reviewOf([change]).changes[0]?.findings[0]?.rule).toBe("CNI-SWITCHED");
  });
});

test("exchanging one access policy for another is not reported as a lockout", () => {
  const association = (policy: string) => ({
    cluster_name: "prod",
    principal_arn: "arn:aws:iam::111122223333:role/Developer",
    policy_arn: `arn:aws:eks::aws:cluster-access-policy/${policy}`,
  });
  const type = "aws_eks_access_policy_association";
  const gone = entry(type, { before: association("AmazonEKSViewPolicy"), address: "view" });
  const made = entry(type, { after: association("AmazonEKSEditPolicy"), address: "edit" });
  const lost = (review: ReturnType<typeof reviewOf>) =>
    review.changes
      .find(({ address }) => address === "view")
      ?.findings.map(({ what, why }) => [flat(what), why]);

  expect(lost(reviewOf([gone, made]))).toEqual([
    [
      "takes AmazonEKSViewPolicy from role Developer of account 111122223333, who has another policy",
      "What only that policy allowed is refused from then on.",
    ],
  ]);
  expect(lost(reviewOf([gone]))).toEqual([
    ["takes access from role Developer of account 111122223333", "Whoever came in through it is locked out."],
  ]);
});

describe("an access entry and its policies are one change of access", () => {
  const principal_arn = "arn:aws:iam::111122223333:role/Developer";
  const values = { cluster_name: "prod", principal_arn };
  const made = { ...values, id: `prod:${principal_arn}`, kubernetes_groups: [] };
  const policies = ["AmazonEKSViewPolicy", "AmazonEKSEditPolicy"].map((policy) => ({
    ...values,
    policy_arn: `arn:aws:eks::aws:cluster-access-policy/${policy}`,
  }));
  const type = "aws_eks_access_policy_association";
  const told = (review: ReturnType<typeof reviewOf>) =>
    review.changes.filter(({ cause }) => cause === undefined).flatMap(({ findings }) => findings);

  test.each([
    ["goes", null],
    ["is made anew", made],
  ])("an entry that %s takes its policies along", (_how, after) => {
    const review = reviewOf([
      entry("aws_eks_access_entry", { before: made, after, ...(after && { actions: ["delete", "create"] }) }),
      ...policies.map((before, index) =>
        entry(type, {
          before,
          after: after && before,
          ...(after && { actions: ["delete", "create"] }),
          address: `policy.x${index}`,
        }),
      ),
    ]);

    expect(told(review).map(({ rule }) => rule)).toEqual(["EKS-ACCESS-LOST"]);
  });
});
