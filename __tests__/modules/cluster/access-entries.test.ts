import { accessEntries, type AccessGrant } from "../../../src/modules/cluster/access-entries";
import { literal } from "../../support/synth";

type Users = Extract<AccessGrant, { readonly kind: "users" }>;
type Policy = NonNullable<Users["policy"]>;

const users = { kind: "users", principalArn: "arn:role", groups: [] } as const;
const viewers: Users = { ...users, policy: { name: "view", scope: "cluster" } };

test.each<[Policy["name"], string]>([
  ["cluster-admin", "AmazonEKSClusterAdminPolicy"],
  ["admin", "AmazonEKSAdminPolicy"],
  ["edit", "AmazonEKSEditPolicy"],
  ["view", "AmazonEKSViewPolicy"],
  ["admin-view", "AmazonEKSAdminViewPolicy"],
  ["secret-reader", "AmazonEKSSecretReaderPolicy"],
])("%s is the access policy %s, over the whole cluster", (policy, name) => {
  const entries = accessEntries("aws", { team: { ...users, policy: { name: policy, scope: "cluster" } } });

  expect(entries).toEqual({
    team: {
      principal_arn: "arn:role",
      policy_associations: {
        [policy]: {
          policy_arn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
          access_scope: { type: "cluster" },
        },
      },
    },
  });
});

test("namespaces narrow an entry", () => {
  const policy: Policy = { name: "edit", scope: { namespaces: ["shop", "cart"] } };

  const { team } = accessEntries("aws", { team: { ...users, policy } });

  expect(literal(team?.policy_associations)?.edit?.access_scope).toEqual({
    type: "namespace",
    namespaces: ["shop", "cart"],
  });
});

test("policies belong to the region's partition", () => {
  const { team } = accessEntries("aws-us-gov", { team: viewers });

  expect(literal(team?.policy_associations)?.view?.policy_arn).toBe(
    "arn:aws-us-gov:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
  );
});

test("entries keep their names, and none is added", () => {
  expect(Object.keys(accessEntries("aws", { b: viewers, a: viewers }))).toEqual(["b", "a"]);
  expect(accessEntries("aws", {})).toEqual({});
});

test("groups need no policy, and may stand beside one", () => {
  const groups = ["shop-developers"];

  const { only, both } = accessEntries("aws", { only: { ...users, groups }, both: { ...viewers, groups } });

  expect(only).toEqual({ principal_arn: "arn:role", kubernetes_groups: ["shop-developers"] });
  expect(both).toMatchObject({
    kubernetes_groups: ["shop-developers"],
    policy_associations: { view: { access_scope: { type: "cluster" } } },
  });
});

// EKS API reference, CreateAccessEntry, type: EKS gives entries of nodes their groups and user name itself.
test("nodes that others make have an entry of their type, and nothing else", () => {
  expect(accessEntries("aws", { nodes: { kind: "nodes", principalArn: "arn:role" } })).toEqual({
    nodes: { principal_arn: "arn:role", type: "EC2_LINUX" },
  });
});
