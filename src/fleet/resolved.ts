import { formatPath } from "../config/read/source-node";
import { formatCidr } from "../ip-capacity/cidr";
import type { FlowEnd, FlowPorts } from "../model/flows";
import { stacksBefore } from "../model/stacks/stack-order";
import type { Target } from "../model/target";

/**
 * What a target's configuration means, as checks, stacks and reports read it. All plain values, in a fixed order; texts of the
 * config beside names and addresses are not among them.
 */
export interface ResolvedTarget {
  readonly name: string;
  readonly environment: string;
  readonly region: string;
  readonly account: string;
  readonly workspace: string;
  readonly production: boolean;
  readonly cluster: string;
  readonly release: string;
  readonly stateBucket: string;
  readonly vpc: readonly string[];
  readonly family: "ipv4" | "ipv6";
  readonly podNetwork: string;
  readonly zones: Target["zones"];
  readonly subnets: readonly { readonly tier: string; readonly zone: string; readonly cidr: string }[];
  /** How traffic leaves the VPC. */
  readonly egress: {
    readonly kind: string;
    readonly natZones: readonly string[];
    readonly proxy?: Target["proxy"];
  };
  /** In order of their deployment. */
  readonly stacks: readonly { readonly name: string; readonly after: readonly string[] }[];
  /** In order of what is there first. */
  readonly components: readonly { readonly name: string; readonly version: string; readonly stack: string }[];
  readonly namespaces: readonly {
    readonly name: string;
    readonly podSecurity: string;
    /** Whether nothing passes but what is allowed. */
    readonly closed: boolean;
    readonly inMesh: boolean;
  }[];
  readonly platformNamespaces: readonly string[];
  /** Who calls AWS, by IAM roles that its stacks make. */
  readonly identities: readonly {
    readonly role: string;
    readonly holder: string;
    readonly name: string;
    readonly stack: string;
    /** Where it is declared; none where the target has it in any case. */
    readonly at?: string;
  }[];
  readonly mesh?: { readonly kind: string; readonly id: string; readonly peers: readonly string[] };
  readonly gateways: readonly string[];
  readonly services: readonly { readonly name: string; readonly namespace: string }[];
  /** Traffic that it declares. */
  readonly flows: readonly {
    readonly from: string;
    readonly to: string;
    readonly ports: string;
    /** Where it is declared. */
    readonly at: string;
  }[];
}

export function resolvedTarget(target: Target): ResolvedTarget {
  const { config, mesh } = target;
  const meshed = mesh.istio ?? mesh.cilium;
  return {
    name: target.name,
    environment: target.environment,
    region: target.region,
    account: config.account.id,
    workspace: target.workspace,
    production: target.production,
    cluster: target.clusterName,
    release: target.release.name,
    stateBucket: target.stateBucket,
    vpc: target.vpcCidrs.map(formatCidr),
    family: target.family,
    podNetwork: target.podNetwork,
    zones: target.zones,
    subnets: [...target.subnets].flatMap(([tier, byZone]) =>
      [...byZone].map(([zone, cidr]) => ({ tier, zone, cidr: formatCidr(cidr) })),
    ),
    egress: {
      kind: config.network.egress.kind,
      natZones: target.natZones,
      ...(target.proxy && { proxy: target.proxy }),
    },
    stacks: target.stacks.map((name) => ({
      name,
      after: stacksBefore(name, target),
    })),
    components: [...target.components].map(([name, { record, pin }]) => ({
      name,
      version: pin.version,
      stack: record.stack,
    })),
    namespaces: Object.entries(target.namespaces)
      .map(([name, { podSecurity, closed, inMesh }]) => ({
        name,
        podSecurity: podSecurity.level,
        closed,
        inMesh,
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    platformNamespaces: [...target.platformNamespaces].sort(),
    identities: target.identities.map(({ path, ...identity }) => ({
      ...identity,
      ...(path && { at: formatPath(path) }),
    })),
    ...(meshed && { mesh: { kind: meshed.kind, id: meshed.id, peers: mesh.peerNames } }),
    gateways: Object.keys(target.gateways).sort(),
    services: Object.entries(target.workloads)
      .map(([name, { namespace }]) => ({ name, namespace }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    flows: target.flows.map(({ caller, called, ports, path }) => ({
      from: endOf(caller),
      to: endOf(called),
      ports: portsOf(ports),
      at: formatPath(path),
    })),
  };
}

function endOf(end: FlowEnd): string {
  switch (end.kind) {
    case "pods": {
      const labels = Object.entries(end.pods ?? {}).map(([label, value]) => `${label}=${value}`);
      return [end.namespace, end.workload ?? labels.join(",")].filter((part) => part !== "").join("/");
    }
    case "range":
      return formatCidr(end.cidr);
    case "name":
      return end.fqdn;
    case "load-balancer":
      return `${end.scheme} load balancer`;
  }
}

function portsOf(ports: FlowPorts): string {
  return ports === "all" ? ports : ports.map(({ port, protocol }) => `${port}/${protocol}`).join(", ");
}
