// The stacks of a small target as the template of cdktf and its documentation write them: providers by their index, references between stacks,
// ts-node with its type check. Per target: the modules, releases and resources of AWS that Octarine declares for envs/dev, type by type; not its
// guards (terraform_data and the data sources that they ask). Run by bench/bench.mjs, in a folder of its own.
import { App, S3Backend, TerraformOutput, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import * as aws from "@cdktf/provider-aws";
import * as helm from "@cdktf/provider-helm";
import * as time from "@cdktf/provider-time";
import { Eks } from "./.gen/modules/eks";
import { EksManagedNodeGroup } from "./.gen/modules/eks-managed-node-group";
import { EksPodIdentity } from "./.gen/modules/eks-pod-identity";
import { Vpc } from "./.gen/modules/vpc";
import { VpcEndpoints } from "./.gen/modules/vpc-endpoints";

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

/** A key with its alias. */
function keyOf(stack: TerraformStack, id: string, alias: string): aws.kmsKey.KmsKey {
  const key = new aws.kmsKey.KmsKey(stack, `${id}-key`, { description: alias, enableKeyRotation: true });
  new aws.kmsAlias.KmsAlias(stack, `${id}-alias`, { name: `alias/${alias}`, targetKeyId: key.keyId });
  return key;
}

const KINDS = ["public", "nodes", "control-plane"] as const;
type Kind = (typeof KINDS)[number];
const ZONES = ["a", "b"];

class NetworkStack extends TargetStack {
  readonly vpc: Vpc;
  readonly subnets = new Map<Kind, aws.subnet.Subnet[]>();

  constructor(scope: Construct, target: TargetProps) {
    super(scope, "network", target);
    this.vpc = new Vpc(this, "vpc", {
      name: target.name,
      cidr: target.cidr,
      azs: ZONES.map((zone) => target.region + zone),
    });
    this.addSubnets();
    this.addRoutes();
    this.addFlowLogs();
    this.addQueryLogs();
    new TerraformOutput(this, "vpc_id", { value: this.vpc.vpcIdOutput });
  }

  private addSubnets(): void {
    const { target, vpc } = this;
    KINDS.forEach((kind, place) => {
      const made = ZONES.map(
        (zone, index) =>
          new aws.subnet.Subnet(this, `${kind}-${zone}`, {
            vpcId: vpc.vpcIdOutput,
            availabilityZone: target.region + zone,
            cidrBlock: `10.0.${place * 32 + index * 16}.0/20`,
            mapPublicIpOnLaunch: false,
            tags: { Name: `${target.name}-${kind}-${zone}` },
          }),
      );
      this.subnets.set(kind, made);
      const rule = { protocol: "-1", ruleNo: 100, action: "allow", fromPort: 0, toPort: 0 };
      new aws.networkAcl.NetworkAcl(this, `${kind}-acl`, {
        vpcId: vpc.vpcIdOutput,
        subnetIds: made.map(({ id }) => id),
        ingress: [
          { ...rule, cidrBlock: target.cidr },
          { ...rule, ruleNo: 200, protocol: "6", cidrBlock: "0.0.0.0/0", fromPort: 1024, toPort: 65535 },
        ],
        egress: [{ ...rule, cidrBlock: "0.0.0.0/0" }],
      });
    });
    this.ofKind("nodes").forEach((subnet, index) => {
      new aws.ec2SubnetCidrReservation.Ec2SubnetCidrReservation(this, `prefixes-${ZONES[index]}`, {
        subnetId: subnet.id,
        cidrBlock: `10.0.${32 + index * 16 + 14}.0/23`,
        reservationType: "prefix",
      });
    });
  }

  ofKind(kind: Kind): aws.subnet.Subnet[] {
    return this.subnets.get(kind) ?? [];
  }

  private addRoutes(): void {
    const { target, vpc } = this;
    const internet = new aws.internetGateway.InternetGateway(this, "internet", { vpcId: vpc.vpcIdOutput });
    const address = new aws.eip.Eip(this, "nat-address", { domain: "vpc" });
    const nat = new aws.natGateway.NatGateway(this, "nat", {
      allocationId: address.allocationId,
      subnetId: this.ofKind("public")[0].id,
      dependsOn: [internet],
    });
    const table = (name: string, subnets: aws.subnet.Subnet[]) => {
      const made = new aws.routeTable.RouteTable(this, `routes-${name}`, {
        vpcId: vpc.vpcIdOutput,
        tags: { Name: `${target.name}-${name}` },
      });
      subnets.forEach((subnet, index) => {
        new aws.routeTableAssociation.RouteTableAssociation(this, `routes-${name}-${index}`, {
          routeTableId: made.id,
          subnetId: subnet.id,
        });
      });
      return made;
    };
    new aws.route.Route(this, "to-internet", {
      routeTableId: table("public", this.ofKind("public")).id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: internet.id,
    });
    const ofNodes = this.ofKind("nodes").map((subnet, index) => table(`nodes-${ZONES[index]}`, [subnet]));
    ofNodes.forEach(({ id }, index) => {
      new aws.route.Route(this, `to-nat-${ZONES[index]}`, {
        routeTableId: id,
        destinationCidrBlock: "0.0.0.0/0",
        natGatewayId: nat.id,
      });
    });
    const inner = table("control-plane", this.ofKind("control-plane"));
    new VpcEndpoints(this, "endpoints", {
      vpcId: vpc.vpcIdOutput,
      endpoints: {
        s3: {
          service: "s3",
          service_type: "Gateway",
          route_table_ids: [...ofNodes, inner].map(({ id }) => id),
        },
      },
    });
  }

  private addFlowLogs(): void {
    const { target, vpc } = this;
    const logs = new aws.cloudwatchLogGroup.CloudwatchLogGroup(this, "flow-logs", {
      name: `/vpc/${target.name}`,
      retentionInDays: 14,
      kmsKeyId: keyOf(this, "flow-logs", `${target.name}-flow-logs`).arn,
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
    new aws.iamRolePolicy.IamRolePolicy(this, "flow-logs-write", {
      role: role.id,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: `${logs.arn}:*`,
          },
        ],
      }),
    });
    new aws.flowLog.FlowLog(this, "flow-log", {
      vpcId: vpc.vpcIdOutput,
      trafficType: "ALL",
      logDestination: logs.arn,
      iamRoleArn: role.arn,
    });
  }

  private addQueryLogs(): void {
    const { target, vpc } = this;
    const logs = new aws.cloudwatchLogGroup.CloudwatchLogGroup(this, "query-logs", {
      name: `/dns/${target.name}`,
      retentionInDays: 90,
      kmsKeyId: keyOf(this, "query-logs", `${target.name}-dns-queries`).arn,
    });
    const policy = new aws.cloudwatchLogResourcePolicy.CloudwatchLogResourcePolicy(
      this,
      "query-logs-policy",
      {
        policyName: `${target.name}-dns-queries`,
        policyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: "delivery.logs.amazonaws.com" },
              Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
              Resource: `${logs.arn}:*`,
            },
          ],
        }),
      },
    );
    const config = new aws.route53ResolverQueryLogConfig.Route53ResolverQueryLogConfig(this, "query-log", {
      name: target.name,
      destinationArn: logs.arn,
      dependsOn: [policy],
    });
    new aws.route53ResolverQueryLogConfigAssociation.Route53ResolverQueryLogConfigAssociation(
      this,
      "query-log-vpc",
      { resolverQueryLogConfigId: config.id, resourceId: vpc.vpcIdOutput },
    );
  }
}

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
