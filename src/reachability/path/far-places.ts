import type { NeedEnd } from "../needs/need";
import type { InterfaceEndpoint } from "../vpc/names";
import type { InterfacePlace, VpcPlace } from "../vpc/places";
import { nodesOf, subnetsOf } from "../vpc/senders";
import type { TargetNetwork } from "./target-network";

type FarEnd = Extract<NeedEnd, { readonly kind: "endpoint" | "resolver-endpoint" | "proxy" }>;

/** Interfaces of a VPC that are no node's and no pod's, and where the proxy is; nothing, where the stacks make none. */
export function farPlaces(
  end: FarEnd,
  network: Pick<TargetNetwork, "vpc" | "target"> | undefined,
): VpcPlace[] {
  if (network === undefined) return [];
  const { vpc, target } = network;
  const own = new Set(
    nodesOf(vpc, target).flatMap((each) => subnetsOf(vpc, each).map((subnet) => subnet.vpc)),
  );
  switch (end.kind) {
    case "endpoint":
      return vpc.names.interfaces
        .filter((each) => own.has(each.vpc) && each.service === end.service)
        .map((each) => endpointPlace(each, target));
    case "resolver-endpoint":
      return [...vpc.names.resolvers.values()]
        .filter(({ direction, subnets }) => {
          const vpcs = subnets.map((each) => vpc.network.subnets.get(each)?.vpc ?? "");
          return direction === end.direction && vpcs.some((each) => own.has(each));
        })
        .map(({ key, subnets, securityGroups }): InterfacePlace => ({
          kind: "resolver endpoint",
          target,
          name: key,
          subnets,
          securityGroups,
        }));
    case "proxy": {
      const proxy = nodesOf(vpc, target).find((each) => each.proxy !== undefined)?.proxy;
      // Of a name nobody knows the address: it is hardly one of the internet.
      return proxy !== undefined && /^[\d.]+$/.test(proxy.host)
        ? [{ kind: "range", range: `${proxy.host}/32` }]
        : [];
    }
  }
}

function endpointPlace({ key, subnets, securityGroups }: InterfaceEndpoint, target: string): InterfacePlace {
  return { kind: "interface endpoint", target, name: key, subnets, securityGroups };
}
