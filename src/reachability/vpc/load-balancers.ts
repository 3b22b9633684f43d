import { hop, type Hop } from "../hop";
import { deciderOf, type Key } from "./keys";
import type { InterfacePlace } from "./places";
import { nodesOf, subnetsOf } from "./senders";
import type { VpcWorld } from "./world";

/** Tags by which the AWS Load Balancer Controller finds subnets (its documentation, "Subnet auto-discovery"). */
const ROLES = { public: "kubernetes.io/role/elb", internal: "kubernetes.io/role/internal-elb" } as const;

/** Where the controller makes load balancers of a target: in any subnet of the VPC that says so. */
export function controllerBalancers(
  world: VpcWorld,
  target: string,
  scheme: keyof typeof ROLES,
): InterfacePlace[] {
  const vpcs = new Set(
    nodesOf(world, target).flatMap((node) => subnetsOf(world, node).map(({ vpc }) => vpc)),
  );
  const subnets = [...world.network.subnets.values()].filter(
    ({ vpc, tags }) => vpcs.has(vpc) && tags[ROLES[scheme]] !== undefined,
  );
  return subnets.length === 0
    ? []
    : [
        {
          kind: "load balancer",
          target,
          name: `${scheme} load balancers`,
          subnets: subnets.map(({ key }) => key),
          securityGroups: [],
          byController: true,
        },
      ];
}

/** Internal load balancers by which a target is called from its peers: the stacks' own, or else those of the controller. */
export function peerBalancers(world: VpcWorld, target: string): InterfacePlace[] {
  const made = world.balancers.filter((each) => each.target === target);
  return made.length > 0
    ? made
    : controllerBalancers(world, target, "internal").map((each) => ({ ...each, ofPeer: true }));
}

/** Out of a load balancer AWS lets everything by default, and the controller narrows that nowhere. */
export function outOfBalancer({ name }: InterfacePlace): Hop {
  return hop(
    "security group of the sender",
    "allowed",
    [],
    `the controller gives ${name} a group that lets everything out`,
  );
}

/**
 * The controller adds its rule to the one group of a target's interface that is tagged as the cluster's, or to the only
 * one (kubernetes-sigs/aws-load-balancer-controller v3.5.0, pkg/networking/networking_manager.go,
 * `resolveEndpointSGForENI`).
 */
export function intoTarget(world: VpcWorld, to: InterfacePlace): Hop {
  const tagged = to.securityGroups.filter((key) => isOfCluster(world, to.target, key));
  const found = to.securityGroups.length === 1 ? to.securityGroups : tagged;
  const by = found.map(deciderOf);
  const names = by.map(({ address }) => address).join(", ");
  return found.length === 1
    ? hop(
        "security group of the receiver",
        "allowed",
        by,
        `the controller adds a rule for its load balancers to ${names}`,
      )
    : hop(
        "security group of the receiver",
        "denied",
        to.securityGroups.map(deciderOf),
        `the controller finds ${found.length} groups of the cluster at ${to.name}, and adds its rule to none`,
      );
}

/** What listeners let in is in the annotations of Ingresses and Services. */
export function intoBalancer({ name, ofPeer }: InterfacePlace): Hop {
  if (ofPeer)
    return hop(
      "security group of the receiver",
      "allowed",
      [],
      `the peer's own stacks give ${name} the ranges that they let in`,
    );
  return hop(
    "security group of the receiver",
    "undecided",
    [],
    `whom ${name} let in is said by annotations of their Ingress or Service`,
  );
}

function isOfCluster({ clusters }: VpcWorld, target: string, key: Key): boolean {
  return clusters.get(target)?.ownGroups.includes(key) ?? false;
}
