import { Sleep } from "@cdktf/provider-time/lib/sleep";
import "cdktf/lib/testing/adapters/jest";
import { PodIdentity, type PodIdentityProps } from "../../src/modules/pod-identity";
import { moduleInputs, resourcesOf, synthConstruct } from "../support/synth";

const account = { namespace: "kube-system", name: "cilium-operator" };

function synthIdentity(props: Partial<PodIdentityProps> = {}): string {
  return synthConstruct((scope) => {
    new PodIdentity(scope, "operator", {
      clusterName: "dev-us-east-1",
      purpose: "cilium-operator",
      policies: { attachCustomPolicy: true },
      ...props,
    });
  });
}

test("a service account gets its association with the cluster", () => {
  const inputs = moduleInputs(synthIdentity({ serviceAccount: account }), "operator_identity");

  expect(inputs.associations).toEqual({
    "cilium-operator": {
      cluster_name: "dev-us-east-1",
      namespace: "kube-system",
      service_account: "cilium-operator",
    },
  });
});

// IAM takes 64 characters for a name and 38 for a prefix. It is global, so the cluster's name tells the region.
test("the role has a plain name with the cluster's in it", () => {
  const inputs = moduleInputs(synthIdentity(), "operator_identity");

  expect(inputs).toMatchObject({ name: "dev-us-east-1-cilium-operator", use_name_prefix: "false" });
});

// terraform-aws-modules/eks-pod-identity 2.6.0: aws_ebs_csi.tf and the others name theirs `<policy_name_prefix>EBS_CSI`.
test("the module's ready-made policies have the role's name before theirs", () => {
  const inputs = moduleInputs(
    synthIdentity({ purpose: "ebs-csi", policies: { attachAwsEbsCsiPolicy: true } }),
    "operator_identity",
  );

  expect(inputs).toMatchObject({ policy_name_prefix: "dev-us-east-1-ebs-csi-" });
});

// EKS API Reference, CreatePodIdentityAssociation: associations are eventually consistent, and may take seconds. A pod
// that starts too early has no credentials.
test("an association is given 30 seconds after the module is done", () => {
  const json = synthIdentity({ serviceAccount: account });

  expect(json).toHaveResourceWithProperties(Sleep, {
    create_duration: "30s",
    depends_on: ["module.operator_identity"],
  });
});

test("a role for an add-on has no association of its own, and nothing to wait for", () => {
  const json = synthIdentity();

  expect(moduleInputs(json, "operator_identity").associations).toEqual({});
  expect(resourcesOf(json, "time_sleep")).toEqual({});
});

test("policies go to the module as they are", () => {
  const json = synthIdentity({
    policies: { attachAwsEbsCsiPolicy: true, awsEbsCsiKmsArns: ["arn:aws:kms:x"] },
  });

  expect(moduleInputs(json, "operator_identity")).toMatchObject({
    attach_aws_ebs_csi_policy: true,
    aws_ebs_csi_kms_arns: ["arn:aws:kms:x"],
  });
});

test("the registry module has an exact version", () => {
  expect(moduleInputs(synthIdentity(), "operator_identity")).toMatchObject({
    source: "terraform-aws-modules/eks-pod-identity/aws",
    version: "2.6.0",
  });
});
