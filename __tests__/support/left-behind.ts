import { type AwsAccounts, element, elements } from "./aws-accounts";

type Tags = Readonly<Record<string, string>>;

/** An account with VPCs of two clusters, and what controllers of each left. */
export class LeftBehind {
  constructor(private readonly aws: AwsAccounts) {}

  private async made(action: string, type: string, tags: Tags, parameters: Record<string, string | number>) {
    return await this.aws.query("ec2", action, {
      ...parameters,
      ...(Object.keys(tags).length > 0 && { "TagSpecification.1.ResourceType": type }),
      ...Object.fromEntries(
        Object.entries(tags).flatMap(([key, value], index) => [
          [`TagSpecification.1.Tag.${index + 1}.Key`, key],
          [`TagSpecification.1.Tag.${index + 1}.Value`, value],
        ]),
      ),
    });
  }

  /** A VPC as the network stack tags it, with a subnet and the group of the nodes. */
  async vpc(target: string, range: string) {
    const vpc = element(
      await this.made("CreateVpc", "vpc", { "octarine:target": target }, { CidrBlock: `${range}.0.0/16` }),
      "vpcId",
    );
    const subnet = element(
      await this.aws.query("ec2", "CreateSubnet", { VpcId: vpc, CidrBlock: `${range}.0.0/20` }),
      "subnetId",
    );
    return { vpc, subnet, nodes: await this.group("nodes", vpc, {}) };
  }

  async group(name: string, vpc: string, tags: Tags): Promise<string> {
    const fields = { GroupName: name, GroupDescription: name, VpcId: vpc };
    return element(await this.made("CreateSecurityGroup", "security-group", tags, fields), "groupId");
  }

  /** All that controllers of a cluster make: known by tags, and by nothing else. */
  async leave(cluster: string, { vpc, subnet, nodes }: { vpc: string; subnet: string; nodes: string }) {
    const { aws } = this;
    const karpenter = { "eks:eks-cluster-name": cluster };
    const owned = { [`kubernetes.io/cluster/${cluster}`]: "owned" };
    const balancers = { "elbv2.k8s.aws/cluster": cluster };
    const short = cluster.replaceAll("-", "").slice(0, 8);
    await this.made(
      "RunInstances",
      "instance",
      { ...karpenter, "karpenter.sh/nodepool": "general" },
      {
        ImageId: "ami-0a1b2c3d4e5f60718",
        MinCount: 1,
        MaxCount: 1,
        "NetworkInterface.1.DeviceIndex": 0,
        "NetworkInterface.1.SubnetId": subnet,
        "NetworkInterface.1.SecurityGroupId.1": nodes,
        "NetworkInterface.1.DeleteOnTermination": "true",
      },
    );
    await this.made(
      "CreateLaunchTemplate",
      "launch-template",
      { ...karpenter, "karpenter.k8s.aws/ec2nodeclass": "general" },
      { LaunchTemplateName: `Karpenter-${cluster}`, "LaunchTemplateData.InstanceType": "m7i.large" },
    );
    await aws.query("iam", "CreateInstanceProfile", {
      InstanceProfileName: `${cluster}_1`,
      Path: `/karpenter/us-east-1/${cluster}/0a1b/`,
    });
    // Of the VPC CNI and of Cilium.
    for (const key of ["cluster.k8s.amazonaws.com/name", "io.cilium/cluster-name"])
      await this.made(
        "CreateNetworkInterface",
        "network-interface",
        { [key]: cluster },
        { SubnetId: subnet, "SecurityGroupId.1": nodes },
      );
    await this.group(`k8s-traffic-${cluster}`, vpc, balancers);
    const tags = { "Tags.member.1.Key": "elbv2.k8s.aws/cluster", "Tags.member.1.Value": cluster };
    await aws.query("elasticloadbalancing", "CreateLoadBalancer", {
      Name: `k8s-${short}`,
      Type: "network",
      "Subnets.member.1": subnet,
      ...tags,
    });
    await aws.query("elasticloadbalancing", "CreateTargetGroup", {
      Name: `k8s-${short}`,
      Protocol: "TCP",
      Port: 80,
      VpcId: vpc,
      ...tags,
    });
    const service = await this.group(`k8s-elb-${short}`, vpc, owned);
    await aws.query("classic", "CreateLoadBalancer", {
      LoadBalancerName: `a${short}`,
      "Listeners.member.1.Protocol": "TCP",
      "Listeners.member.1.LoadBalancerPort": 80,
      "Listeners.member.1.InstancePort": 80,
      "Subnets.member.1": subnet,
      "SecurityGroups.member.1": service,
      "Tags.member.1.Key": `kubernetes.io/cluster/${cluster}`,
      "Tags.member.1.Value": "owned",
    });
    await this.group(`eks-cluster-sg-${cluster}-1`, vpc, { ...owned, "aws:eks:cluster-name": cluster });
    const managed = { GuardDutyManaged: "true" };
    await this.group(`GuardDutyManagedSecurityGroup-${vpc}`, vpc, managed);
    await this.made("CreateVpcEndpoint", "vpc-endpoint", managed, {
      VpcId: vpc,
      ServiceName: "com.amazonaws.us-east-1.guardduty-data",
      VpcEndpointType: "Interface",
      "SubnetId.1": subnet,
    });
    const claim = {
      "kubernetes.io/created-for/pvc/namespace": "shop",
      "kubernetes.io/created-for/pvc/name": "db",
    };
    const volume = element(
      await this.made(
        "CreateVolume",
        "volume",
        { ...owned, ...claim },
        { Size: 20, AvailabilityZone: "us-east-1a" },
      ),
      "volumeId",
    );
    await this.made("CreateSnapshot", "snapshot", owned, { VolumeId: volume });
    for (const name of [`/aws/eks/${cluster}/cluster`, `/aws/containerinsights/${cluster}/performance`])
      await aws.json("logs", "Logs_20140328.CreateLogGroup", { logGroupName: name });
  }

  /** Made by a person: nobody's tag is on it. */
  async byHand(cluster: string) {
    await this.aws.query("ec2", "AllocateAddress", { Domain: "vpc" });
    await this.aws.query("ec2", "CreateVolume", { Size: 8, AvailabilityZone: "us-east-1a" });
    await this.aws.json("logs", "Logs_20140328.CreateLogGroup", {
      logGroupName: `/aws/eks/${cluster}-2/cluster`,
    });
  }

  /** Ids and names of all that is there. */
  async contents(): Promise<string[]> {
    const { aws } = this;
    const ec2 = async (action: string, name: string, more = {}) =>
      elements(await aws.query("ec2", action, more), name);
    const logs = JSON.parse(await aws.json("logs", "Logs_20140328.DescribeLogGroups", {})) as {
      logGroups: { logGroupName: string }[];
    };
    const running = { "Filter.1.Name": "instance-state-name", "Filter.1.Value.1": "running" };
    const all = await Promise.all([
      ec2("DescribeInstances", "instanceId", running),
      ec2("DescribeNetworkInterfaces", "networkInterfaceId"),
      ec2("DescribeSecurityGroups", "groupId"),
      ec2("DescribeLaunchTemplates", "launchTemplateId"),
      ec2("DescribeVolumes", "volumeId"),
      ec2("DescribeSnapshots", "snapshotId", { "Owner.1": "self" }),
      ec2("DescribeSubnets", "subnetId"),
      ec2("DescribeVpcs", "vpcId"),
      ec2("DescribeAddresses", "allocationId"),
      aws.query("ec2", "DescribeVpcEndpoints").then((xml) =>
        xml
          .split("<item>")
          .filter((each) => each.includes("<state>available"))
          .flatMap((each) => elements(each, "vpcEndpointId")),
      ),
      aws
        .query("elasticloadbalancing", "DescribeLoadBalancers")
        .then((xml) => elements(xml, "LoadBalancerName")),
      aws
        .query("elasticloadbalancing", "DescribeTargetGroups")
        .then((xml) => elements(xml, "TargetGroupName")),
      aws.query("classic", "DescribeLoadBalancers").then((xml) => elements(xml, "LoadBalancerName")),
      aws.query("iam", "ListInstanceProfiles").then((xml) => elements(xml, "InstanceProfileName")),
    ]);
    return [...new Set([...all.flat(), ...logs.logGroups.map(({ logGroupName }) => logGroupName)])].sort();
  }
}
