import { type NameKind, nameLimits } from "../../facts/name-limits";
import { type JoinedName, joinedNames } from "../../model/joined-names";
import { formatPath } from "../../config/read/source-node";
import type { Target } from "../../model/target";
import type { FleetCheck, Finding, TargetCheck, TargetFinding } from "../finding";

/** What is named, and who refuses it. */
const KINDS: Readonly<Record<NameKind, readonly [what: string, by: string]>> = {
  iamRole: ["the IAM role", "AWS"],
  eksCluster: ["the cluster", "AWS"],
  nodeGroup: ["the node group", "AWS"],
  bucket: ["the bucket", "AWS"],
  sqsQueue: ["the queue", "AWS"],
  helmRelease: ["the Helm release", "Helm"],
  ciliumCluster: ["Cilium's cluster", "Cilium"],
};

export const joinedNameCheck: TargetCheck = (target) => {
  const tooLong = joinedNames(target).filter(({ kind, name }) => name.length > nameLimits[kind]);
  // A cluster's name that is too long by itself is said once, and each other value where it stands.
  const seen = new Set<string>();
  return tooLong.flatMap((each): Finding[] => {
    const place = `${each.kind} ${formatPath(each.path)}`;
    if (seen.has(place)) return [];
    seen.add(place);
    return [tooLongFinding(each)];
  });
};

function tooLongFinding({ kind, name, path, value, with: other }: JoinedName): Finding {
  const [what, by] = KINDS[kind];
  const limit = nameLimits[kind];
  const remedy = other === undefined ? "write a shorter name" : `shorten it or ${formatPath(other)}`;
  const joined = name === value ? "" : `makes ${what} ${name}; `;
  return {
    path,
    value,
    message: `${joined}${by} rejects this: at most ${limit} characters, this is ${name.length}; ${remedy}`,
    ...(other && { related: [other] }),
  };
}

/** Roles are named after the cluster, and two clusters of an account, or two things of one, can join to the same name. */
export const joinedNameFleetCheck: FleetCheck = ({ targets }) => {
  const owners = new Map<string, Owned>();
  return targets.flatMap((target) =>
    joinedNames(target)
      .filter(({ kind }) => kind === "iamRole")
      .flatMap((joined): TargetFinding[] => {
        const key = `${target.config.account.id}/${joined.name.toLowerCase()}`;
        const owner = owners.get(key);
        if (owner === undefined) {
          owners.set(key, { target, joined });
          return [];
        }
        // Clusters with one name are for another check.
        if (owner.target !== target && owner.target.clusterName === target.clusterName) return [];
        return [{ target, finding: twiceFinding(target, joined, owner) }];
      }),
  );
};

interface Owned {
  readonly target: Target;
  readonly joined: JoinedName;
}

function twiceFinding(target: Target, { name, path, value }: JoinedName, owner: Owned): Finding {
  const where = formatPath(owner.joined.path);
  const by = owner.target === target ? where : `${where} of ${owner.target.name}`;
  return {
    path,
    value,
    message: `makes the IAM role ${name}, which ${by} makes too; rename one of them`,
  };
}
