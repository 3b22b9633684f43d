import { EksAddon as AwsEksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import "cdktf/lib/testing/adapters/jest";
import { EksAddon, type EksAddonProps } from "../../src/modules/eks-addon";
import { resource, synthConstruct } from "../support/synth";

function synthAddon(props: Partial<EksAddonProps> = {}): string {
  return synthConstruct((scope) => {
    new EksAddon(scope, "coredns", {
      clusterName: "dev",
      addonName: "coredns",
      version: "v1.2.3-eksbuild.4",
      ...props,
    });
  });
}

// terraform-aws-modules/eks 21.11.0, main.tf: without a version AWS chooses one at every plan, and the module's data
// source asks AWS even with one.
test("an add-on has an exact version, and no data source looks for one", () => {
  const json = synthAddon();

  expect(json).toHaveResourceWithProperties(AwsEksAddon, {
    cluster_name: "dev",
    addon_name: "coredns",
    addon_version: "v1.2.3-eksbuild.4",
  });
  expect(JSON.parse(json)).not.toHaveProperty("data");
});

test("changes made by hand are reverted", () => {
  const json = synthAddon();

  expect(json).toHaveResourceWithProperties(AwsEksAddon, {
    resolve_conflicts_on_create: "OVERWRITE",
    resolve_conflicts_on_update: "OVERWRITE",
  });
});

test("configuration is JSON text; without any nothing is said", () => {
  const configured = synthAddon({ configuration: { replicaCount: 3 } });

  expect(resource(configured, "aws_eks_addon").configuration_values).toBe('{"replicaCount":3}');
  expect(resource(synthAddon(), "aws_eks_addon")).not.toHaveProperty("configuration_values");
});

test("an identity is the add-on's own Pod Identity association", () => {
  const json = synthAddon({ identity: { serviceAccount: "aws-node", roleArn: "arn:aws:iam::1:role/x" } });

  expect(json).toHaveResourceWithProperties(AwsEksAddon, {
    pod_identity_association: [{ service_account: "aws-node", role_arn: "arn:aws:iam::1:role/x" }],
  });
});
