import { accessEntries, type AccessGrant } from "../../../src/modules/cluster/access-entries";
import { literal } from "../../support/synth";

test.each<[AccessGrant["policy"], string]>([
  ["cluster-admin", "AmazonEKSClusterAdminPolicy"],
  ["admin", "AmazonEKSAdminPolicy"],
  ["edit", "AmazonEKSEditPolicy"],
  ["view", "AmazonEKSViewPolicy"],
])("%s is the access policy %s, over the whole cluster", (policy, name) => {
  const entries = accessEntries("aws", { team: { principalArn: "arn:role", policy } });

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
  const grant = { principalArn: "arn:role", policy: "edit", namespaces: ["shop", "cart"] } as const;

  const { team } = accessEntries("aws", { team: grant });

  expect(literal(team?.policy_associations)?.edit?.access_scope).toEqual({
    type: "namespace",
    namespaces: ["shop", "cart"],
  });
});

test("policies belong to the region's partition", () => {
  const { team } = accessEntries("aws-us-gov", { team: { principalArn: "arn:role", policy: "view" } });

  expect(literal(team?.policy_associations)?.view?.policy_arn).toBe(
    "arn:aws-us-gov:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
  );
});

test("entries keep their names, and none is added", () => {
  const view = { principalArn: "arn:role", policy: "view" } as const;

  expect(Object.keys(accessEntries("aws", { b: view, a: view }))).toEqual(["b", "a"]);
  expect(accessEntries("aws", {})).toEqual({});
});
