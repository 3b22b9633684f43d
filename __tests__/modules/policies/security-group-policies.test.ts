import {
  SecurityGroupPolicies,
  type SecurityGroupPolicy,
} from "../../../src/modules/policies/security-group-policies";
import { releaseValues, synthConstruct } from "../../support/synth";

const ofPods: SecurityGroupPolicy = {
  namespace: "shop",
  select: { podLabels: { app: "orders" } },
  securityGroupIds: ["sg-0a1b", "sg-0c2d"],
};
const ofAccounts: SecurityGroupPolicy = {
  namespace: "pay",
  select: { serviceAccountLabels: { db: "yes" } },
  securityGroupIds: ["sg-0a1b"],
};

function manifests(policies: Readonly<Record<string, SecurityGroupPolicy>>): unknown {
  const json = synthConstruct((scope) => {
    new SecurityGroupPolicies(scope, "policies", { policies });
  });
  return releaseValues(json, "policies_security-group-policies_helm_release").manifests;
}

test("pods get groups by their own labels, or by those of their service account", () => {
  expect(manifests({ orders: ofPods, payments: ofAccounts })).toEqual({
    orders: {
      apiVersion: "vpcresources.k8s.aws/v1beta1",
      kind: "SecurityGroupPolicy",
      metadata: { name: "orders", namespace: "shop" },
      spec: {
        podSelector: { matchLabels: { app: "orders" } },
        securityGroups: { groupIds: ["sg-0a1b", "sg-0c2d"] },
      },
    },
    payments: {
      apiVersion: "vpcresources.k8s.aws/v1beta1",
      kind: "SecurityGroupPolicy",
      metadata: { name: "payments", namespace: "pay" },
      spec: {
        serviceAccountSelector: { matchLabels: { db: "yes" } },
        securityGroups: { groupIds: ["sg-0a1b"] },
      },
    },
  });
});

test("the order in which policies are written means nothing", () => {
  const forwards = JSON.stringify(manifests({ a: ofPods, b: ofAccounts }));

  expect(JSON.stringify(manifests({ b: ofAccounts, a: ofPods }))).toBe(forwards);
});
