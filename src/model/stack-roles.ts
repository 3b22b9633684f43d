import type { InstalledRecord } from "../components/component";
import { installed } from "../components/components";
import { zoneWriters } from "./hosted-zones";
import type { Target } from "./target";
import { podRolePurpose, rolePurpose, workloadsOf } from "./workloads";

/** What roles of components are for, which stands behind the name of the cluster. */
const PURPOSES = (installed as readonly InstalledRecord[]).flatMap(({ roles = {} }) => Object.keys(roles));

/**
 * Names of the IAM roles that the stacks of a target make, or would make with a component that it leaves out. All are
 * made after the keys, and but for the cluster's own after the access entries.
 */
export function stackRoleNames(target: Target): ReadonlySet<string> {
  const known = namesOf.get(target) ?? rolesOf(target);
  namesOf.set(target, known);
  return known;
}

/** Each target is asked by every other one of its account. */
const namesOf = new WeakMap<Target, ReadonlySet<string>>();

function rolesOf(target: Target): ReadonlySet<string> {
  const { clusterName, workspace, config } = target;
  return new Set([
    `${workspace}-flow-logs`,
    ...[
      ...PURPOSES,
      ...nodeGroupPurposes(config),
      ...zoneWriters(target).map(({ name }) => name),
      ...Object.keys(config.secrets?.stores ?? {}).map((store) => `secrets-${store}`),
      ...Object.keys(workloadsOf(config)).map(rolePurpose),
      ...Object.keys(config.podIdentities).map(podRolePurpose),
    ].map((purpose) => `${clusterName}-${purpose}`),
  ]);
}

/** Names of the roles of nodes: EKS and the Karpenter module make their access entries. */
export function nodeRoleNames({ clusterName, config }: Target): ReadonlySet<string> {
  return new Set(
    [...nodeGroupPurposes(config), "karpenter-nodes"].map((purpose) => `${clusterName}-${purpose}`),
  );
}

function nodeGroupPurposes({ nodes }: Target["config"]): string[] {
  return Object.keys(nodes).map((name) => `${name}-nodes`);
}
