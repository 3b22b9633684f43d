import type { Resource } from "../../guardrails/resource";
import { type Attributes, at, entries, isMap, text, texts, type Value } from "../../values/value";
import { type Cluster, clusterOf } from "../cluster";
import type { Decider } from "../hop";
import type { MeshPods } from "../mesh/workloads";
import type { ClusterPlaces } from "../vpc/clusters";
import { existingNetworks } from "../vpc/existing-networks";
import { Keys } from "../vpc/keys";
import { vpcWorld } from "../vpc/world";
import type { TargetNetwork } from "./target-network";
import { operatedPods } from "../needs/operated-pods";
import { type StubZone, stubZonesOf } from "../needs/stub-zones";
import { chartPods, type PlatformPods } from "../needs/chart-pods";

/** What the stacks of a target make, as far as flows go through it or end at it. */
export interface ReachWorld {
  readonly cluster: Cluster;
  /** Kubernetes objects. */
  readonly manifests: readonly Attributes[];
  readonly releases: readonly Resource[];
  /** Pods of charts and add-ons. */
  readonly platform: readonly PlatformPods[];
  /** Those that answer lookups. */
  readonly dns: readonly MeshPods[];
  /** Domains that CoreDNS asks other servers for. */
  readonly stubZones: readonly StubZone[];
  /** Service accounts that Pod Identity knows: `payments/orders`. */
  readonly identities: ReadonlySet<string>;
  /** An address of the control plane in each of its subnets. */
  readonly controlPlane: readonly string[];
  /** Addresses of load balancers, by scheme. */
  readonly loadBalancers: Readonly<Record<"public" | "internal", readonly string[]>>;
  /** Absent: the stacks hold no network. */
  readonly network?: TargetNetwork;
  /** Where an object is, by kind and name: `NetworkPolicy payments/default-deny`. */
  readonly objects: ReadonlyMap<string, Decider>;
}

/**
 * @param resources of all stacks of the target
 * @param target its workspace
 * @param peers networks that it is connected with
 */
export function reachWorld(
  resources: readonly Resource[],
  target: string,
  peers: readonly Resource[] = [],
): ReachWorld {
  const platform = chartPods(resources);
  const objects = resources.filter(({ type }) => type.startsWith("k8s:"));
  const manifests = objects.map(({ attributes }) => attributes);
  const pods = [...platform.map((each) => each.pods), ...operatedPods(manifests)];
  const dns = platform.filter(({ facts }) => facts.answersLookups).map((each) => each.pods);
  const subnets = subnetsOf(resources);
  const vpc = vpcWorld([...resources, ...peers]);
  const withTag = (tag: string) =>
    addressesOf(subnets.filter(({ attributes }) => hasTag(attributes.tags, tag)));
  return {
    cluster: clusterOf(resources, pods, dns),
    manifests,
    releases: resources.filter(({ type }) => type === "helm_release"),
    platform,
    dns,
    stubZones: stubZonesOf(resources),
    identities: new Set(
      resources
        .filter(({ type }) => type === "aws_eks_pod_identity_association")
        .map(({ attributes }) => `${text(attributes.namespace)}/${text(attributes.service_account)}`),
    ),
    controlPlane: addressesOf(controlPlaneSubnets(resources, subnets, vpc.clusters.get(target))),
    loadBalancers: {
      public: withTag("kubernetes.io/role/elb"),
      internal: withTag("kubernetes.io/role/internal-elb"),
    },
    network: { vpc, target, decided: new Map() },
    objects: new Map(
      objects.map(({ attributes, stack, address }) => [objectName(attributes), { stack, address }]),
    ),
  };
}

/** Subnets of the stacks, and those that a config names of somebody else's VPC: with the tags that they have by their tier. */
function subnetsOf(resources: readonly Resource[]): Pick<Resource, "attributes">[] {
  const named = existingNetworks(resources).flatMap(({ subnets }) =>
    subnets.map(({ tier, zone, cidr, tags }) => ({
      attributes: { cidr_block: cidr, tags: { ...tags, Name: `-${tier}-${zone}` } },
    })),
  );
  return [...resources.filter(({ type }) => type === "aws_subnet"), ...named];
}

/** Those of its own, or else those of others that the cluster shares. */
function controlPlaneSubnets(
  resources: readonly Resource[],
  subnets: readonly Pick<Resource, "attributes">[],
  cluster: ClusterPlaces | undefined,
): readonly Pick<Resource, "attributes">[] {
  const own = subnets.filter(({ attributes }) => /-controlPlane-/.test(nameTag(attributes.tags)));
  const shared = new Set(cluster?.controlPlane.subnets);
  return own.length > 0 ? own : resources.filter((each) => shared.has(Keys.of(each)));
}

function nameTag(tags: Value): string {
  return text(at(tags, "Name"));
}

function hasTag(tags: Value, tag: string): boolean {
  return isMap(tags) && entries(tags).some(([key]) => key === tag);
}

/** One address in each subnet, past those that AWS keeps: the first four (VPC User Guide, Subnet CIDR blocks). */
function addressesOf(subnets: readonly Pick<Resource, "attributes">[]): string[] {
  return texts(subnets.map(({ attributes }) => attributes.cidr_block)).flatMap((cidr) => {
    const [base = ""] = cidr.split("/");
    const parts = base.split(".");
    return parts.length === 4 ? [[...parts.slice(0, 3), Number(parts[3]) + 5].join(".")] : [];
  });
}

function objectName(manifest: Value): string {
  const namespace = text(at(manifest, "metadata", "namespace"));
  const name = text(at(manifest, "metadata", "name"));
  const kind = text(at(manifest, "kind"));
  const isOfCluster = /^(CiliumClusterwideNetworkPolicy|CiliumCIDRGroup|Namespace)$/.test(kind);
  return `${kind} ${isOfCluster ? name : `${namespace || "default"}/${name}`}`;
}
