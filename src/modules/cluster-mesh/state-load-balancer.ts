import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { CLUSTER_MESH_NODE_PORT, CLUSTER_MESH_PORT } from "../../components/cilium/cluster-mesh-values";
import type { Manifest } from "../manifest";
import { CILIUM_NAMESPACE } from "./peer-certificates";

export interface StateLoadBalancerProps {
  readonly clusterName: string;
  readonly vpcId: string;
  /** Subnets of the nodes, one of each zone. */
  readonly subnetIds: readonly string[];
  readonly nodeSecurityGroupId: string;
  /** IPv4 ranges of the peers' VPCs: nobody else gets in. */
  readonly peerCidrs: readonly string[];
  readonly targetType: "ip" | "instance";
}

/**
 * The internal load balancer by which peers read Cilium's state of this cluster. Terraform makes it, and not a Service:
 * so its host name is an output that peers read, and the certificate behind it can name it. TLS ends in the pods.
 */
export class StateLoadBalancer extends Construct {
  /** Host name for peers. It has addresses of this VPC. */
  readonly address: string;
  /** Has the AWS Load Balancer Controller keep the targets. */
  readonly binding: Manifest;

  constructor(scope: Construct, id: string, props: StateLoadBalancerProps) {
    super(scope, id);
    const { clusterName, vpcId, subnetIds, nodeSecurityGroupId, peerCidrs, targetType } = props;
    const port = targetType === "ip" ? CLUSTER_MESH_PORT : CLUSTER_MESH_NODE_PORT;
    const tags = { Name: `${clusterName}-cluster-mesh` };

    const group = new SecurityGroup(this, "group", {
      namePrefix: `${clusterName}-cluster-mesh-`,
      description: `Peers of ${clusterName} in the Cilium mesh`,
      vpcId,
      tags,
      // A load balancer keeps its group: another one has to be there first.
      lifecycle: { createBeforeDestroy: true },
    });
    for (const cidr of [...peerCidrs].sort()) {
      new VpcSecurityGroupIngressRule(this, `from-${cidr.replace(/[./]/g, "-")}`, {
        securityGroupId: group.id,
        description: "Clusters of the mesh",
        cidrIpv4: cidr,
        ipProtocol: "tcp",
        fromPort: CLUSTER_MESH_PORT,
        toPort: CLUSTER_MESH_PORT,
      });
    }
    new VpcSecurityGroupEgressRule(this, "to-nodes", {
      securityGroupId: group.id,
      description: "clustermesh-apiserver",
      referencedSecurityGroupId: nodeSecurityGroupId,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
    });
    new VpcSecurityGroupIngressRule(this, "into-nodes", {
      securityGroupId: nodeSecurityGroupId,
      description: "clustermesh-apiserver, from its load balancer",
      referencedSecurityGroupId: group.id,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
    });

    const balancer = new Lb(this, "balancer", {
      namePrefix: "cmesh-",
      internal: true,
      loadBalancerType: "network",
      subnets: [...subnetIds],
      securityGroups: [group.id],
      // A zone without a replica would answer nothing.
      enableCrossZoneLoadBalancing: true,
      tags,
    });
    const targets = new LbTargetGroup(this, "targets", {
      namePrefix: "cmesh-",
      vpcId,
      port,
      protocol: "TCP",
      targetType,
      // Clients of other VPCs are not kept for targets by address, and the node's group knows the load balancer's.
      preserveClientIp: "false",
      // Each replica has an etcd of its own, so a peer stays with one.
      stickiness: { enabled: true, type: "source_ip" },
      tags,
      lifecycle: { createBeforeDestroy: true },
    });
    new LbListener(this, "listener", {
      loadBalancerArn: balancer.arn,
      port: CLUSTER_MESH_PORT,
      protocol: "TCP",
      defaultAction: [{ type: "forward", targetGroupArn: targets.arn }],
    });

    this.address = balancer.dnsName;
    this.binding = {
      apiVersion: "elbv2.k8s.aws/v1beta1",
      kind: "TargetGroupBinding",
      metadata: { name: "clustermesh-apiserver", namespace: CILIUM_NAMESPACE },
      spec: {
        targetGroupARN: targets.arn,
        targetType,
        serviceRef: { name: "clustermesh-apiserver", port: CLUSTER_MESH_PORT },
      },
    };
  }
}
