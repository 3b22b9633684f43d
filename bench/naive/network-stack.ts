import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import * as aws from "@cdktf/provider-aws";
import { Vpc } from "./.gen/modules/vpc";
import { VpcEndpoints } from "./.gen/modules/vpc-endpoints";
import { keyOf, type TargetProps, TargetStack } from "./target-stack";

const KINDS = ["public", "nodes", "control-plane"] as const;
type Kind = (typeof KINDS)[number];
const ZONES = ["a", "b"];

export class NetworkStack extends TargetStack {
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
