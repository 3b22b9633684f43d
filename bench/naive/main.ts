// The stacks of a small target as the template of cdktf and its documentation write them: providers by their index, references between stacks,
// ts-node with its type check. Run by bench/bench.mjs, in a folder of its own.
import { App, S3Backend, TerraformOutput, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import * as aws from "@cdktf/provider-aws";
import * as helm from "@cdktf/provider-helm";
import { Eks } from "./.gen/modules/eks";
import { EksManagedNodeGroup } from "./.gen/modules/eks-managed-node-group";
import { EksPodIdentity } from "./.gen/modules/eks-pod-identity";
import { Vpc } from "./.gen/modules/vpc";

interface TargetProps {
  readonly name: string;
  readonly region: string;
  readonly cidr: string;
}

class TargetStack extends TerraformStack {
  constructor(
    scope: Construct,
    layer: string,
    protected readonly target: TargetProps,
  ) {
    super(scope, `${target.name}-${layer}`);
    new aws.provider.AwsProvider(this, "aws", {
      region: target.region,
      defaultTags: [{ tags: { environment: target.name, layer } }],
    });
    new S3Backend(this, {
      bucket: `state-${target.name}`,
      key: `${layer}.tfstate`,
      region: target.region,
      encrypt: true,
    });
  }
}

class NetworkStack extends TargetStack {
  readonly vpc: Vpc;

  constructor(scope: Construct, target: TargetProps) {
    super(scope, "network", target);
    this.vpc = new Vpc(this, "vpc", {
      name: target.name,
      cidr: target.cidr,
      azs: [`${target.region}a`, `${target.region}b`],
      privateSubnets: ["10.0.0.0/20", "10.0.16.0/20"],
      publicSubnets: ["10.0.240.0/24", "10.0.241.0/24"],
      enableNatGateway: true,
      singleNatGateway: true,
    });
    const key = new aws.kmsKey.KmsKey(this, "logs-key", { enableKeyRotation: true });
    const logs = new aws.cloudwatchLogGroup.CloudwatchLogGroup(this, "flow-logs", {
      name: `/vpc/${target.name}`,
      retentionInDays: 14,
      kmsKeyId: key.arn,
    });
    const role = new aws.iamRole.IamRole(this, "flow-logs-role", {
      name: `${target.name}-flow-logs`,
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "vpc-flow-logs.amazonaws.com" },
            Action: "sts:AssumeRole",
          },
        ],
      }),
    });
    new aws.flowLog.FlowLog(this, "flow-log", {
      vpcId: this.vpc.vpcIdOutput,
      trafficType: "ALL",
      logDestination: logs.arn,
      iamRoleArn: role.arn,
    });
    new TerraformOutput(this, "vpc_id", { value: this.vpc.vpcIdOutput });
  }
}

class ClusterStack extends TargetStack {
  readonly eks: Eks;

  constructor(scope: Construct, target: TargetProps, { vpc }: NetworkStack) {
    super(scope, "cluster", target);
    this.eks = new Eks(this, "eks", {
      name: target.name,
      kubernetesVersion: "1.35",
      vpcId: vpc.vpcIdOutput,
      subnetIds: vpc.privateSubnetsOutput as unknown as string[],
      endpointPublicAccess: false,
      enableIrsa: true,
      addons: { "eks-pod-identity-agent": {}, coredns: {} },
    });
    new TerraformOutput(this, "cluster_name", { value: this.eks.clusterNameOutput });
  }
}

/** A stack of charts. */
class ChartsStack extends TargetStack {
  constructor(
    scope: Construct,
    layer: string,
    target: TargetProps,
    protected readonly eks: Eks,
  ) {
    super(scope, layer, target);
    new helm.provider.HelmProvider(this, "helm", {
      kubernetes: {
        host: eks.clusterEndpointOutput,
        clusterCaCertificate: eks.clusterCertificateAuthorityDataOutput,
        exec: {
          apiVersion: "client.authentication.k8s.io/v1beta1",
          command: "aws",
          args: ["eks", "get-token", "--cluster-name", eks.clusterNameOutput],
        },
      },
    });
  }
}

class CniStack extends ChartsStack {
  constructor(scope: Construct, target: TargetProps, { eks }: ClusterStack) {
    super(scope, "cni", target, eks);
    new EksPodIdentity(this, "cilium-operator", { name: `${target.name}-cilium-operator` });
    new helm.release.Release(this, "cilium", {
      name: "cilium",
      namespace: "kube-system",
      repository: "https://helm.cilium.io",
      chart: "cilium",
      version: "1.19.6",
      values: [JSON.stringify({ eni: { enabled: true }, ipam: { mode: "eni" }, kubeProxyReplacement: true })],
    });
  }
}

class NodesStack extends TargetStack {
  constructor(scope: Construct, target: TargetProps, { vpc }: NetworkStack, { eks }: ClusterStack) {
    super(scope, "nodes", target);
    new EksManagedNodeGroup(this, "main", {
      name: "main",
      clusterName: eks.clusterNameOutput,
      clusterServiceCidr: eks.clusterServiceCidrOutput,
      subnetIds: vpc.privateSubnetsOutput as unknown as string[],
      instanceTypes: ["m7i.large"],
      minSize: 2,
      maxSize: 2,
    });
    new EksPodIdentity(this, "ebs-csi", { name: `${target.name}-ebs-csi`, attachAwsEbsCsiPolicy: true });
    new aws.eksAddon.EksAddon(this, "ebs-csi-addon", {
      clusterName: eks.clusterNameOutput,
      addonName: "aws-ebs-csi-driver",
    });
  }
}

class AutoscalingStack extends ChartsStack {
  constructor(scope: Construct, target: TargetProps, { eks }: ClusterStack) {
    super(scope, "autoscaling", target, eks);
    new helm.release.Release(this, "metrics-server", {
      name: "metrics-server",
      namespace: "kube-system",
      repository: "https://kubernetes-sigs.github.io/metrics-server",
      chart: "metrics-server",
      version: "3.13.0",
      values: [JSON.stringify({ replicas: 2 })],
    });
  }
}

const app = new App();
for (let index = 0; index < Number(process.env.TARGETS ?? "1"); index++) {
  const target = { name: `env${index}-us-east-1`, region: "us-east-1", cidr: "10.0.0.0/16" };
  const network = new NetworkStack(app, target);
  const cluster = new ClusterStack(app, target, network);
  new CniStack(app, target, cluster);
  new NodesStack(app, target, network, cluster);
  new AutoscalingStack(app, target, cluster);
}
app.synth();
