import published from "./controller-permissions.json";

/** Calls that a policy of ours allows beside the module's. */
export interface AllowedCalls {
  readonly sid: string;
  readonly actions: readonly string[];
  /** A tag that the resource must have. Left out: none, for actions that know no resources. */
  readonly resourceTag?: { readonly key: string; readonly value: string };
}

/** Versions of a controller and what they call of AWS, as far as upstream's own policy or code says. */
export interface NeededCalls {
  readonly versions: string;
  readonly actions: readonly string[];
  readonly source: string;
}

/** What a registry module's ready-made policy allows a controller, and what the controller asks for. */
export interface ControllerPermissions {
  readonly component: string;
  /** Of the cluster's addresses, where policies differ. */
  readonly family?: "ipv4" | "ipv6";
  readonly granted: readonly string[];
  /** Module, at the version that cdktf.json pins, and file. */
  readonly grantedBy: string;
  readonly needs: readonly NeededCalls[];
  /** What the module's policy lacks. */
  readonly added: readonly AllowedCalls[];
}

/** The additions, by component and family. */
const ADDED: Readonly<Record<string, readonly AllowedCalls[]>> = {
  // Without it ipamd does not start, and no node becomes Ready (aws/amazon-vpc-cni-k8s#3704).
  "vpc-cni ipv6": [{ sid: "SubnetTags", actions: ["ec2:DescribeSubnets"] }],
  // kubernetes-sigs/aws-ebs-csi-driver v1.64.0 pkg/cloud/cloud.go: types with several EBS cards, volumes that are attached
  // once they are initialized, and locks of snapshots.
  "aws-ebs-csi-driver": [
    { sid: "TypesAndStatus", actions: ["ec2:DescribeInstanceTypes", "ec2:DescribeVolumeStatus"] },
    {
      sid: "LockNamedSnapshots",
      actions: ["ec2:LockSnapshot"],
      resourceTag: { key: "CSIVolumeSnapshotName", value: "*" },
    },
    {
      sid: "LockOwnSnapshots",
      actions: ["ec2:LockSnapshot"],
      resourceTag: { key: "ebs.csi.aws.com/cluster", value: "true" },
    },
  ],
  // With their conditions in components/karpenter/karpenter-policy.ts.
  karpenter: [
    {
      sid: "AllowRegionalReadActionsOfThisVersion",
      actions: ["ec2:DescribeInstanceStatus", "ec2:DescribePlacementGroups"],
    },
    { sid: "AllowZonalShiftStatusReadOnly", actions: ["arc-zonal-shift:GetManagedResource"] },
  ],
};

type Published = Pick<ControllerPermissions, "component" | "grantedBy"> & {
  readonly family?: string;
  readonly granted: Calls;
  readonly needs: readonly (Omit<NeededCalls, "actions"> & { readonly actions: Calls })[];
};

/** Names by service, with spaces between. */
type Calls = Readonly<Record<string, string | undefined>>;

const data: readonly Published[] = published;

/** Controllers whose policies a registry module writes. */
export const controllerPermissions: readonly ControllerPermissions[] = data.map(
  ({ component, family, grantedBy, granted, needs }) => ({
    component,
    ...((family === "ipv4" || family === "ipv6") && { family }),
    granted: actionsOf(granted),
    grantedBy,
    needs: needs.map((each) => ({ ...each, actions: actionsOf(each.actions) })),
    added: ADDED[family === undefined ? component : `${component} ${family}`] ?? [],
  }),
);

function actionsOf(calls: Calls): string[] {
  return Object.entries(calls).flatMap(([service, names = ""]) =>
    names.split(" ").map((name) => `${service}:${name}`),
  );
}

/** Permissions of a target's controller; undefined where no registry module writes them. */
export function permissionsOf(
  component: string,
  family: "ipv4" | "ipv6" = "ipv4",
): ControllerPermissions | undefined {
  return controllerPermissions.find(
    (each) => each.component === component && (each.family ?? family) === family,
  );
}

/** Actions that a version of the controller calls and neither the module nor we allow, with where that is from. */
export function callsNotAllowed(
  { granted, added, needs }: ControllerPermissions,
  isAmong: (range: string) => boolean,
): readonly NeededCalls[] {
  const allowed = new Set([...granted, ...added.flatMap(({ actions }) => actions)]);
  return needs.flatMap((each) => {
    const missing = each.actions.filter((action) => !allowed.has(action));
    return missing.length > 0 && isAmong(each.versions) ? [{ ...each, actions: missing }] : [];
  });
}
