import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Release } from "@cdktf/provider-helm/lib/release";
import "cdktf/lib/testing/adapters/jest";
import { moduleInputs, policyIn, releaseValues, resource, resourcesOf, synthYaml } from "../../support/synth";

const stores = "stores: { app: { paths: [prod/payments/], namespaces: [payments] } }";
const external = () => synthYaml(`secrets: { ${stores} }`).secrets;
const releases = (json: string) => Object.values(resourcesOf(json, "helm_release")).map(({ name }) => name);

test("a target without secrets has no such stack", () => {
  expect(Object.keys(synthYaml())).not.toContain("secrets");
});

test.each([
  ["external-secrets", ["external-secrets", "network-policies-external-secrets"]],
  ["csi", ["secrets-store-csi-driver", "secrets-store-csi-driver-provider-aws"]],
  [
    "both",
    [
      "external-secrets",
      "network-policies-external-secrets",
      "secrets-store-csi-driver",
      "secrets-store-csi-driver-provider-aws",
    ],
  ],
])("delivery by %s installs what it takes", (delivery, names) => {
  expect(releases(synthYaml(`secrets: { delivery: ${delivery} }`).secrets).sort()).toEqual(names);
});

test("the operator may become the stores' roles and nothing else", () => {
  expect(moduleInputs(external(), "external-secrets_operator_identity")).toMatchObject({
    policy_statements: [
      {
        actions: ["sts:AssumeRole", "sts:TagSession"],
        resources: ["arn:aws:iam::111122223333:role/dev-us-east-1-secrets-app"],
      },
    ],
  });
});

test("a store's role trusts the operator's and reads the store's paths", () => {
  const role = resource(external(), "aws_iam_role", "external-secrets_store-app");

  expect(role.name).toBe("dev-us-east-1-secrets-app");
  expect(policyIn(role, "assume_role_policy").Statement).toMatchObject([
    { Principal: { AWS: "${module.external-secrets_operator_identity.iam_role_arn}" } },
  ]);
  expect(external()).toHaveResource(IamRolePolicy);
});

test("stores come after the operator, whose chart has their kind", () => {
  expect(external()).toHaveResourceWithProperties(Release, {
    name: "secret-stores",
    depends_on: ["helm_release.external-secrets_helm_release"],
  });
  expect(releaseValues(external(), "external-secrets_secret-stores_helm_release")).toMatchObject({
    manifests: { app: { kind: "ClusterSecretStore" } },
  });
});

test("the operator starts when its identity has taken effect", () => {
  expect(external()).toHaveResourceWithProperties(Release, {
    name: "external-secrets",
    depends_on: ["time_sleep.external-secrets_operator_association-effective"],
  });
});
