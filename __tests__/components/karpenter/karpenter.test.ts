import { Karpenter, type KarpenterProps } from "../../../src/components/karpenter/karpenter";
import { moduleInputs, releaseValues, resource, resourcesOf, synthConstruct } from "../../support/synth";

const repository = "oci://public.ecr.aws/karpenter";

function synthKarpenter(props: Partial<KarpenterProps> = {}): string {
  return synthConstruct((scope) => {
    new Karpenter(scope, "karpenter", {
      charts: {
        crd: { repository, name: "karpenter-crd", version: "1.14.1" },
        controller: { repository, name: "karpenter", version: "1.14.1" },
      },
      account: { partition: "aws", region: "us-east-1", accountId: "111122223333" },
      clusterName: "dev-us-east-1",
      clusterEndpoint: "https://api.example.com",
      isolated: false,
      zonalShift: false,
      spotToSpotConsolidation: false,
      nodeRepair: false,
      volumeKeyArn: "arn:aws:kms:us-east-1:111122223333:key/k",
      tags: {},
      classes: [
        {
          name: "general",
          ami: "al2023",
          image: { alias: "al2023@v20260714" },
          volumeGiB: 50,
          detailedMonitoring: false,
        },
      ],
      pools: [],
      ...props,
    });
  });
}

const OIDC = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/AB";

test("the controller's role is the one that the volumes' key admits", () => {
  expect(moduleInputs(synthKarpenter(), "karpenter_aws")).toMatchObject({
    iam_role_name: "dev-us-east-1-karpenter",
    iam_role_use_name_prefix: false,
  });
});

// Managed policies hold 6,144 characters (terraform-aws-modules/eks 21.11.0, modules/karpenter, enable_inline_policy).
test("its policy is inline, and has what this version needs beside the module's", () => {
  const inputs = moduleInputs(synthKarpenter(), "karpenter_aws");

  expect(inputs).toMatchObject({ enable_inline_policy: true });
  expect(JSON.stringify(inputs.iam_policy_statements)).toContain("ec2:DescribeInstanceStatus");
});

test("nodes have SSM, an access entry, and no rights on network interfaces", () => {
  expect(moduleInputs(synthKarpenter(), "karpenter_aws")).toMatchObject({
    node_iam_role_name: "dev-us-east-1-karpenter-nodes",
    node_iam_role_use_name_prefix: false,
    node_iam_role_attach_cni_policy: false,
    node_iam_role_additional_policies: { ssm: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" },
    create_access_entry: true,
  });
});

// helm/helm-www, chart_best_practices/custom_resource_definitions.md: Helm never upgrades what is in crds/.
test("the kinds are a release of their own before the controller, which leaves them out", () => {
  const json = synthKarpenter();
  const controller = resource(json, "helm_release", "karpenter_controller_release");

  expect(resource(json, "helm_release", "karpenter_crd_release")).toMatchObject({
    chart: "oci://public.ecr.aws/karpenter/karpenter-crd",
    version: "1.14.1",
  });
  expect(controller).toMatchObject({ skip_crds: true, name: "karpenter", namespace: "kube-system" });
  expect(controller.depends_on).toContain("helm_release.karpenter_crd_release");
});

test("the controller starts when its identity is effective", () => {
  const json = synthKarpenter();

  expect(resource(json, "time_sleep")).toMatchObject({
    create_duration: "30s",
    depends_on: ["module.karpenter_aws"],
  });
  expect(resource(json, "helm_release", "karpenter_controller_release").depends_on).toContain(
    "time_sleep.karpenter_association-effective",
  );
});

test("classes and pools come after the controller, and on the way down it outlives their nodes", () => {
  const pools = resource(synthKarpenter(), "helm_release", "karpenter_karpenter-pools_helm_release");

  expect(pools.depends_on).toEqual(["helm_release.karpenter_controller_release"]);
  expect(pools).toMatchObject({ wait: true, timeout: 1800 });
});

describe("by IRSA", () => {
  const json = synthKarpenter({ oidcProviderArn: OIDC });

  test("there is no association, and the trust is the issuer's", () => {
    const inputs = moduleInputs(json, "karpenter_aws");
    const [trust] = inputs.iam_role_override_assume_policy_documents as string[];

    expect(inputs.create_pod_identity_association).toBe(false);
    expect(trust).toContain("sts:AssumeRoleWithWebIdentity");
    expect(trust).toContain(":oidc-provider/");
    expect(resourcesOf(json, "time_sleep")).toEqual({});
  });

  test("the service account names the role", () => {
    expect(releaseValues(json, "karpenter_controller_release")).toMatchObject({
      serviceAccount: {
        annotations: { "eks.amazonaws.com/role-arn": "${jsonencode(module.karpenter_aws.iam_role_arn)}" },
      },
    });
  });
});

test("with Pod Identity the service account has no annotation", () => {
  const json = synthKarpenter();

  expect(moduleInputs(json, "karpenter_aws")).toMatchObject({ create_pod_identity_association: true });
  expect(releaseValues(json, "karpenter_controller_release").serviceAccount).toEqual({
    create: true,
    name: "karpenter",
  });
});

describe("values of the controller", () => {
  test("name the cluster, its queue, and ask no service without an endpoint where there is no internet", () => {
    const values = (isolated: boolean) =>
      releaseValues(synthKarpenter({ isolated }), "karpenter_controller_release").settings;

    expect(values(false)).toMatchObject({
      clusterName: "dev-us-east-1",
      clusterEndpoint: "https://api.example.com",
      interruptionQueue: "${jsonencode(module.karpenter_aws.queue_name)}",
      eksControlPlane: true,
      isolatedVPC: false,
    });
    expect(values(true)).toMatchObject({ isolatedVPC: true });
  });

  // CoreDNS may run on Karpenter's own nodes (aws/karpenter-provider-aws, website: docs/troubleshooting.md).
  test("need no CoreDNS, tolerate the system pool, and have no key of the webhook that is gone", () => {
    const values = releaseValues(synthKarpenter(), "karpenter_controller_release");

    expect(values).toMatchObject({
      dnsPolicy: "Default",
      replicas: 2,
      tolerations: expect.arrayContaining([{ key: "CriticalAddonsOnly", operator: "Exists" }]) as unknown,
    });
    expect(values).not.toHaveProperty("webhook");
  });

  test("take the image from the mirror", () => {
    const values = releaseValues(
      synthKarpenter({ imageMirror: "mirror.corp" }),
      "karpenter_controller_release",
    );

    expect(values).toMatchObject({
      controller: { image: { repository: "mirror.corp/public.ecr.aws/karpenter/controller" } },
    });
  });
});

// IAM has no VPC endpoint, so Karpenter can't make a profile (aws/karpenter-provider-aws, website:
// docs/concepts/nodeclasses.md, spec.instanceProfile).
test("without internet the class has an instance profile that Terraform makes", () => {
  const json = synthKarpenter({ isolated: true });
  const { manifests } = releaseValues(json, "karpenter_karpenter-pools_helm_release");

  expect(moduleInputs(json, "karpenter_aws")).toMatchObject({ create_instance_profile: true });
  expect(manifests).toMatchObject({
    "class-general": {
      spec: { instanceProfile: "${jsonencode(module.karpenter_aws.instance_profile_name)}" },
    },
  });
  expect(manifests).not.toHaveProperty("class-general.spec.role");
});

test("with internet it has the role, and Karpenter makes the profile", () => {
  const json = synthKarpenter();
  const { manifests } = releaseValues(json, "karpenter_karpenter-pools_helm_release");

  expect(moduleInputs(json, "karpenter_aws")).toMatchObject({ create_instance_profile: false });
  expect(manifests).toMatchObject({
    "class-general": { spec: { role: "${jsonencode(module.karpenter_aws.node_iam_role_name)}" } },
  });
});
