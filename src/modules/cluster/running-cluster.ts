import { DataAwsEksCluster } from "@cdktf/provider-aws/lib/data-aws-eks-cluster";
import { DataAwsEksClusters } from "@cdktf/provider-aws/lib/data-aws-eks-clusters";
import { DataAwsEksNodeGroups } from "@cdktf/provider-aws/lib/data-aws-eks-node-groups";
import { DataAwsNetworkInterfaces } from "@cdktf/provider-aws/lib/data-aws-network-interfaces";
import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { DataAwsSubnets } from "@cdktf/provider-aws/lib/data-aws-subnets";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { Token } from "cdktf";
import { Construct } from "constructs";

/** Tag of a cluster that says how its pods are networked. */
export const POD_NETWORK_TAG = "octarine:pod-network";

/** A condition of a plan, in Terraform's words, and what is said where it does not hold. */
export interface Refusal {
  readonly condition: string;
  readonly errorMessage: string;
}

export interface RunningClusterProps {
  readonly clusterName: string;
  /** `prod/us-east-1`, for messages. */
  readonly target: string;
}

/**
 * The cluster as it runs, where it runs: what AWS can't change in it, a plan must not ask for. A plan reads it before anything
 * changes; a cluster that is not there yet refuses nothing.
 */
export class RunningCluster extends Construct {
  private readonly cluster: DataAwsEksCluster;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: RunningClusterProps,
  ) {
    super(scope, id);
    const { clusterName } = props;
    // By name it would be an error to ask for one that is not there.
    const all = new DataAwsEksClusters(this, "all", {});
    this.cluster = new DataAwsEksCluster(this, "cluster", { name: clusterName });
    this.cluster.addOverride("count", `\${contains(${all.fqn}.names, "${clusterName}") ? 1 : 0}`);
  }

  /** Amazon EKS User Guide, "View Amazon EKS networking requirements for VPC and subnets": the set of zones stays. */
  controlPlaneZones(zones: readonly string[]): Refusal {
    const subnets = new DataAwsSubnet(this, "control-plane", { id: "${each.value}" });
    subnets.addOverride(
      "for_each",
      `\${toset(flatten([for each in ${this.cluster.fqn} : each.vpc_config[*].subnet_ids]))}`,
    );
    const running = `toset([for each in ${subnets.fqn} : each.availability_zone])`;
    return {
      condition: `\${length(${this.cluster.fqn}) == 0 || ${running} == toset(${JSON.stringify(zones)})}`,
      errorMessage: `EKS keeps a control plane in the zones that it was made in, and that of ${this.props.clusterName} is in \${join(", ", sort(${running}))}; the config asks for ${zones.join(", ")}. Write network.controlPlaneZones: [\${join(", ", sort(${running}))}] in the config of ${this.props.target}. Nodes, pods and endpoints may be in other zones.`,
    };
  }

  /** EC2 API reference, DisassociateVpcCidrBlock: a VPC's first range can't be taken away, nor changed. */
  vpcRange(vpcCidr: string): Refusal {
    const vpc = new DataAwsVpc(this, "vpc", { id: `\${${this.cluster.fqn}[0].vpc_config[0].vpc_id}` });
    vpc.addOverride("count", `\${length(${this.cluster.fqn})}`);
    return {
      condition: `\${alltrue([for each in ${vpc.fqn} : each.cidr_block == "${vpcCidr}"])}`,
      errorMessage: `The VPC of ${this.props.clusterName} has \${join(", ", ${vpc.fqn}[*].cidr_block)}, and the config asks for ${vpcCidr}: AWS changes no VPC's first range, so another one is another VPC, with all that is in it. For more addresses write network.secondaryCidrs. For another range, ${this.rebuild("vpcCidr")}`,
    };
  }

  /** EKS API reference, KubernetesNetworkConfigRequest: set when the cluster is made. */
  family(family: "ipv4" | "ipv6"): Refusal {
    const running = `${this.cluster.fqn}[*].kubernetes_network_config[0].ip_family`;
    return {
      condition: `\${alltrue([for each in ${running} : each == "${family}"])}`,
      errorMessage: `The pods and services of ${this.props.clusterName} have \${join(", ", ${running})} addresses, and the config asks for ${family}: EKS sets that when it makes a cluster. Instead, ${this.rebuild("ipv6.mode")}`,
    };
  }

  /** @param from how pods are networked before a change that the config asks for by name */
  podNetwork(wanted: string, from?: string): Refusal {
    const running = this.runningPodNetwork(wanted);
    const taken = JSON.stringify([wanted, ...(from === undefined ? [] : [from])]);
    return {
      condition: `\${contains(${taken}, ${running})}`,
      errorMessage: `The pods of ${this.props.clusterName} are networked by \${${running}}, and the config asks for ${wanted}: every pod that runs loses its network until its node is replaced. Without a loss: a second target, to which the traffic moves. In this one: write cluster.migration: { from: \${${running}}, way: new-groups, reason: <why> } and a higher generation in each group of nodes, in the config of ${this.props.target} (docs/changes.md).`,
    };
  }

  /** @param groups names of the config's groups in EKS, before the provider's suffix */
  newGroups(wanted: string, groups: readonly string[]): Refusal {
    const names = new DataAwsEksNodeGroups(this, "groups", { clusterName: this.props.clusterName });
    names.addOverride("count", `\${length(${this.cluster.fqn})}`);
    // The suffix of a name prefix is hexadecimal: a time and a counter (terraform-plugin-sdk v2, helper/id, PrefixedUniqueId).
    const isOld = `can(regex(format("^%s-[0-9a-f]+$", group), name))`;
    const old = `[for group in ${JSON.stringify(groups)} : group if anytrue([for name in flatten(${names.fqn}[*].names) : ${isOld}])]`;
    return {
      condition: `\${${this.runningPodNetwork(wanted)} == "${wanted}" || length(${old}) == 0}`,
      errorMessage: `With cluster.migration every group of nodes is a new one, beside the old one, and of these there are nodes already: \${join(", ", ${old})}. Write a higher generation in each, in the config of ${this.props.target}.`,
    };
  }

  /**
   * Subnets that the config no longer has, by zone, tier or range, and that still hold interfaces of nodes, load balancers or the
   * control plane: EC2 refuses to delete those. Instances are the account's own (EC2 API reference, DescribeNetworkInterfaces,
   * attachment.instance-owner-id); the others are told by their descriptions (EKS User Guide, networking requirements).
   *
   * @param cidrs of every subnet that the config has
   */
  subnetsLeft(cidrs: readonly string[], accountId: string): Refusal {
    const ours = [
      { name: "vpc-id", values: [`\${${this.cluster.fqn}[0].vpc_config[0].vpc_id}`] },
      // Subnets that somebody else has in the VPC are not ours to delete.
      { name: "tag:octarine:target", values: [this.props.target] },
    ];
    const there = new DataAwsSubnets(this, "subnets", { filter: ours });
    const kept = new DataAwsSubnets(this, "subnets-kept", {
      filter: [...ours, { name: "cidr-block", values: [...cidrs] }],
    });
    for (const each of [there, kept]) each.addOverride("count", `\${length(${this.cluster.fqn})}`);
    const left = `setsubtract(flatten(${there.fqn}[*].ids), flatten(${kept.fqn}[*].ids))`;
    const inLeft = { name: "subnet-id", values: Token.asList(`\${tolist(${left})}`) };
    const behind = [
      new DataAwsNetworkInterfaces(this, "nodes-left", {
        filter: [inLeft, { name: "attachment.instance-owner-id", values: [accountId] }],
      }),
      new DataAwsNetworkInterfaces(this, "others-left", {
        filter: [inLeft, { name: "description", values: ["ELB *", "Amazon EKS *"] }],
      }),
    ];
    // An empty filter is none that EC2 takes.
    for (const each of behind) each.addOverride("count", `\${length(${left}) > 0 ? 1 : 0}`);
    const ids = `flatten([${behind.map(({ fqn }) => `${fqn}[*].ids`).join(", ")}])`;
    return {
      condition: `\${length(${ids}) == 0}`,
      errorMessage: `Subnets that the config no longer has still hold nodes, load balancers or the control plane, and can't go before their network interfaces (\${length(${ids})}: \${join(", ", slice(${ids}, 0, min(5, length(${ids}))))}); the subnets are \${join(", ", sort(${left}))}. A zone goes by network.retiringZones of ${this.props.target} first: deploy all stacks with it, and take it out there once the interfaces are gone. A subnet's range stays as long as something is in it (docs/changes.md).`,
    };
  }

  private runningPodNetwork(wanted: string): string {
    return `try(${this.cluster.fqn}[0].tags["${POD_NETWORK_TAG}"], "${wanted}")`;
  }

  private rebuild(key: string): string {
    const { target } = this.props;
    return `make a second target and move to it, or build this one anew: put the old network.${key} back, npx octarine destroy ${target}, write the new one, npx octarine deploy ${target} (docs/changes.md).`;
  }
}
