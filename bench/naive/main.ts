// The stacks of a small target as the template of cdktf and its documentation write them: providers by their index, references between stacks,
// ts-node with its type check. Per target: the modules, releases and resources of AWS that Octarine declares for envs/dev, type by type; not its
// guards (terraform_data and the data sources that they ask). Run by bench/bench.mjs, in a folder of its own.
import { App, TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import * as aws from "@cdktf/provider-aws";
import * as helm from "@cdktf/provider-helm";
import * as time from "@cdktf/provider-time";
import { Eks } from "./.gen/modules/eks";
import { EksManagedNodeGroup } from "./.gen/modules/eks-managed-node-group";
import { EksPodIdentity } from "./.gen/modules/eks-pod-identity";
import { keyOf, type TargetProps, TargetStack } from "./target-stack";
import { NetworkStack } from "./network-stack";

class ClusterStack extends TargetStack {
  readonly eks: Eks;

  constructor(scope: Construct, target: TargetProps, network: NetworkStack) {
    super(scope, "cluster", target);
    const [secrets] = ["secrets", "logs", "volumes"].map((use) => keyOf(this, use, `${target.name}-${use}`));
    this.eks = new Eks(this, "eks", {
      name: target.name,
      kubernetesVersion: "1.35",
      vpcId: network.vpc.vpcIdOutput,
      subnetIds: network.ofKind("nodes").map(({ id }) => id),
      controlPlaneSubnetIds: network.ofKind("control-plane").map(({ id }) => id),
      endpointPublicAccess: false,
      createKmsKey: false,
      encryptionConfig: { resources: ["secrets"], provider_key_arn: secrets.arn },
    });
    new aws.eksAddon.EksAddon(this, "pod-identity-agent", {
      clusterName: this.eks.clusterNameOutput,
      addonName: "eks-pod-identity-agent",
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
    new time.provider.TimeProvider(this, "time");
    new EksPodIdentity(this, "cilium-operator", { name: `${target.name}-cilium-operator` });
    const cilium = new helm.release.Release(this, "cilium", {
      name: "cilium",
      namespace: "kube-system",
      repository: "https://helm.cilium.io",
      chart: "cilium",
      version: "1.19.6",
      values: [JSON.stringify({ eni: { enabled: true }, ipam: { mode: "eni" }, kubeProxyReplacement: true })],
    });
    new time.sleep.Sleep(this, "settled", { createDuration: "30s", dependsOn: [cilium] });
  }
}

class NodesStack extends TargetStack {
  constructor(scope: Construct, target: TargetProps, network: NetworkStack, { eks }: ClusterStack) {
    super(scope, "nodes", target);
    new EksManagedNodeGroup(this, "main", {
      name: "main",
      clusterName: eks.clusterNameOutput,
      clusterServiceCidr: eks.clusterServiceCidrOutput,
      subnetIds: network.ofKind("nodes").map(({ id }) => id),
      instanceTypes: ["m7i.large"],
      minSize: 2,
      maxSize: 2,
    });
    new EksPodIdentity(this, "ebs-csi", { name: `${target.name}-ebs-csi`, attachAwsEbsCsiPolicy: true });
    for (const addonName of ["coredns", "aws-ebs-csi-driver"]) {
      new aws.eksAddon.EksAddon(this, `${addonName}-addon`, {
        clusterName: eks.clusterNameOutput,
        addonName,
      });
    }
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
