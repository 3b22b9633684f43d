import type { Resource } from "../../guardrails/resource";
import { at, isTrue, items, text, toNumber, type Value } from "../../values/value";
import { eksGroup, Keys, type Key } from "./keys";
import { type Subnets, targetOf } from "./network";
import type { InterfacePlace } from "./places";
import { type PodGroups, podGroupsOf } from "./pod-groups";
import { type PodNetwork, podNetworkOf } from "./pod-network";
import { type NodeProxy, proxyOf } from "./node-proxy";
import { hasTags, labelsOf } from "./tags";

export interface NodePlace extends InterfacePlace {
  readonly kind: "node";
  /** Hops that answers of instance metadata may take: one ends at the node. */
  readonly hopLimit: number;
  readonly proxy?: NodeProxy;
}

/** Interfaces of a target's cluster. */
export interface ClusterPlaces {
  readonly key: Key;
  readonly controlPlane: InterfacePlace;
  /** Whether the API's name leads into the VPC there. */
  readonly isPrivate: boolean;
  readonly ipv6: boolean;
  readonly nodes: readonly NodePlace[];
  readonly pods: PodNetwork | undefined;
  /** Security groups that are tagged as the cluster's: the one that EKS makes, and that of nodes. */
  readonly ownGroups: readonly Key[];
  readonly podGroups: readonly PodGroups[];
}

/** Clusters by their target's workspace. */
export function readClusters(keys: Keys, subnets: Subnets): ReadonlyMap<string, ClusterPlaces> {
  return new Map(
    keys.ofType("aws_eks_cluster").map((cluster) => {
      const target = targetOf(cluster.stack);
      const own = keys.resources.filter(({ stack }) => targetOf(stack) === target);
      return [target, placesOf(cluster, target, own, keys, subnets)];
    }),
  );
}

function placesOf(
  cluster: Resource,
  target: string,
  resources: readonly Resource[],
  keys: Keys,
  subnets: Subnets,
): ClusterPlaces {
  const { attributes, stack } = cluster;
  const key = Keys.of(cluster);
  const config = attributes.vpc_config;
  const groups = groupsWithTags(resources);
  return {
    key,
    controlPlane: {
      kind: "control plane",
      target,
      name: text(attributes.name) || target,
      subnets: keys.keys(at(config, "subnet_ids"), stack),
      securityGroups: [eksGroup(key), ...keys.keys(at(config, "security_group_ids"), stack)],
    },
    isPrivate: isTrue(at(config, "endpoint_private_access")),
    ipv6: at(attributes.kubernetes_network_config, "ip_family") === "ipv6",
    nodes: [
      ...resources
        .filter(({ type }) => type === "aws_eks_node_group")
        .map((each) => groupNodes(each, resources, target, key, keys)),
      ...resources
        .filter(({ type }) => type === "k8s:EC2NodeClass")
        .map((each) => classNodes(each, groups, target, keys, subnets)),
    ],
    pods: podNetworkOf(resources, keys),
    podGroups: podGroupsOf(resources, target, keys),
    ownGroups: [
      // EKS User Guide, "View Amazon EKS security group requirements for clusters": its own group has the tag.
      eksGroup(key),
      ...groups
        .filter(({ tags }) => tags[`kubernetes.io/cluster/${text(attributes.name)}`] !== undefined)
        .map((each) => each.key),
    ],
  };
}

/** Nodes of a managed group: their launch template's groups, or else the one that EKS makes (EKS User Guide, "Customize managed nodes with launch templates"). */
function groupNodes(
  group: Resource,
  resources: readonly Resource[],
  target: string,
  cluster: Key,
  keys: Keys,
): NodePlace {
  const { attributes, stack, address } = group;
  const call = address.slice(0, address.indexOf(".aws_eks_node_group"));
  const template = resources.find(
    (each) => each.stack === stack && each.address === `${call}.aws_launch_template.this[0]`,
  );
  const groups = keys.keys(template?.attributes.vpc_security_group_ids, stack);
  return {
    kind: "node",
    target,
    name:
      keys.text(attributes.node_group_name_prefix ?? attributes.node_group_name, stack).replace(/-$/, "") ||
      call,
    subnets: keys.keys(attributes.subnet_ids, stack),
    securityGroups: groups.length > 0 ? groups : [eksGroup(cluster)],
    hopLimit: hopLimitOf(at(template?.attributes.metadata_options, "http_put_response_hop_limit")),
    ...proxyOf(template?.attributes.user_data, { stack, address }),
  };
}

function hopLimitOf(limit: Value): number {
  return toNumber(limit) ?? 1;
}

/** Nodes that Karpenter makes by a class, in subnets and groups that it selects by tags or ids. */
function classNodes(
  nodeClass: Resource,
  groups: readonly TaggedGroup[],
  target: string,
  keys: Keys,
  { subnets }: Subnets,
): NodePlace {
  const { attributes, stack, address } = nodeClass;
  const spec = attributes.spec;
  const selected = (terms: Value, find: (tags: Readonly<Record<string, string>>) => Key[]) =>
    items(terms).flatMap((term) => [
      ...keys.keys(at(term, "id"), stack),
      ...(at(term, "tags") === undefined ? [] : find(labelsOf(at(term, "tags")))),
    ]);
  return {
    kind: "node",
    target,
    name: text(at(attributes.metadata, "name")),
    subnets: selected(at(spec, "subnetSelectorTerms"), (tags) =>
      [...subnets.values()].filter((each) => hasTags(tags, each.tags)).map(({ key }) => key),
    ),
    securityGroups: selected(at(spec, "securityGroupSelectorTerms"), (tags) =>
      groups.filter((each) => hasTags(tags, each.tags)).map(({ key }) => key),
    ),
    hopLimit: hopLimitOf(at(spec, "metadataOptions", "httpPutResponseHopLimit")),
    ...proxyOf(at(spec, "userData"), { stack, address }),
  };
}

/** Load balancers of the stacks. Those that controllers make are not in them. */
export function readBalancers(keys: Keys): InterfacePlace[] {
  return keys.ofType("aws_lb").map((balancer) => ({
    kind: "load balancer",
    target: targetOf(balancer.stack),
    name: Keys.of(balancer),
    subnets: keys.keys(balancer.attributes.subnets, balancer.stack),
    securityGroups: keys.keys(balancer.attributes.security_groups, balancer.stack),
  }));
}

interface TaggedGroup {
  readonly key: Key;
  readonly tags: Readonly<Record<string, string>>;
}

/** Groups of a target with their tags; the EKS module gives those of nodes the cluster's as well (eks 21.11.0: node_groups.tf). */
function groupsWithTags(resources: readonly Resource[]): TaggedGroup[] {
  const own = resources
    .filter(({ type }) => type === "aws_security_group")
    .map((each) => ({ key: Keys.of(each), tags: labelsOf(each.attributes.tags) }));
  const modules = resources
    .filter(
      ({ type, attributes }) => type === "module" && attributes.source === "terraform-aws-modules/eks/aws",
    )
    .map(({ stack, address, attributes }) => ({
      key: `${stack}/${address}.aws_security_group.node[0]`,
      tags: {
        ...labelsOf(attributes.tags),
        [`kubernetes.io/cluster/${text(attributes.name)}`]: "owned",
        ...labelsOf(attributes.node_security_group_tags),
      },
    }));
  const inModules = new Set(modules.map(({ key }) => key));
  return [...own.filter(({ key }) => !inModules.has(key)), ...modules];
}
