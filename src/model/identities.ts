import { externalDns } from "../components/external-dns/record";
import type { ConfigPath } from "../config/read/source-node";
import { zoneWriters } from "./hosted-zones";
import type { StackName } from "./stacks/stack-names";
import type { GivenTarget } from "./given-target";
import type { RoleOwner } from "../components/component";
import type { WorkloadConfig } from "../config/schema/workloads/workloads";
import type { UsedComponents } from "./used-components";
import { hasRole, podRolePurpose, rolePurpose } from "./workloads";

/** Who calls AWS in a target by an IAM role that one of its stacks makes. */
export interface Identity {
  /** Name of the role. */
  readonly role: string;
  readonly holder: "component" | "nodes" | "secret store" | "service account" | "service" | "flow logs";
  /** The component, node group, store, identity of `podIdentities` or service. */
  readonly name: string;
  readonly stack: StackName;
  /** The key that it is declared by; none where the target has it in any case. */
  readonly path?: ConfigPath;
}

/** What identities are derived from, of a target. */
interface RoleOwners extends GivenTarget, Pick<RoleOwner, "mesh"> {
  readonly components: UsedComponents;
  readonly workloads: Readonly<Record<string, WorkloadConfig>>;
}

export function identitiesOf(target: RoleOwners): readonly Identity[] {
  const { clusterName, workspace, config, components, workloads } = target;
  const role = (purpose: string) => `${clusterName}-${purpose}`;
  const ofComponents = [...components.values()].flatMap(({ record }) =>
    Object.entries(record.roles ?? {})
      .filter(([, when]) => when === "always" || when(target))
      .map(([purpose]): Identity => ({
        role: role(purpose),
        holder: "component",
        name: record.name,
        stack: record.stack,
        ...(record.settings && { path: record.settings }),
      })),
  );
  const ofZones = zoneWriters(target).map(({ name }): Identity => ({
    role: role(name),
    holder: "component",
    name: externalDns.name,
    stack: externalDns.stack,
    ...(externalDns.settings && { path: externalDns.settings }),
  }));
  const ofGroups = Object.keys(config.nodes).map((name): Identity => ({
    role: role(`${name}-nodes`),
    holder: "nodes",
    name,
    stack: "nodes",
    path: ["nodes", name],
  }));
  const ofStores = storesOf(target).map((name): Identity => ({
    role: role(`secrets-${name}`),
    holder: "secret store",
    name,
    stack: "secrets",
    path: ["secrets", "stores", name],
  }));
  const ofServiceAccounts = Object.keys(config.podIdentities).map((name): Identity => ({
    role: role(podRolePurpose(name)),
    holder: "service account",
    name,
    stack: "nodes",
    path: ["podIdentities", name],
  }));
  const ofServices = Object.entries(workloads)
    .filter(([, workload]) => hasRole(workload))
    .map(([name]): Identity => ({
      role: role(rolePurpose(name)),
      holder: "service",
      name,
      stack: "workloads",
      path: ["workloads", name],
    }));
  const all = [
    ...(config.network.flowLogs.kind === "cloudwatch" ? [flowLogs(workspace)] : []),
    ...ofComponents,
    ...ofZones,
    ...ofGroups,
    ...ofStores,
    ...ofServiceAccounts,
    ...ofServices,
  ];
  return [...new Map(all.map((each) => [each.role, each])).values()].sort((a, b) =>
    a.role < b.role ? -1 : 1,
  );
}

const flowLogs = (workspace: string): Identity => ({
  role: `${workspace}-flow-logs`,
  holder: "flow logs",
  name: "VPC flow logs",
  stack: "network",
  path: ["network", "flowLogs"],
});

/** Stores of the External Secrets Operator, which assumes a role for each. */
function storesOf({ config: { secrets } }: Pick<GivenTarget, "config">): readonly string[] {
  return secrets === undefined || secrets.delivery === "csi" ? [] : Object.keys(secrets.stores);
}
