import type { AwsCall } from "../../components/aws-call";
import type { InstalledRecord } from "../../components/component";
import { installed } from "../../components/components";
import type { Synthesized } from "../../components/synthesized";
import type { Resource } from "../../guardrails/resource";
import { clusterPlace, deep, objects, ofType, releasesOf, type Stacks, values, written } from "./objects";
import { roleArnOf } from "./secret-stores";

/** Who a service account is: namespace, name, and the cluster that it is of. */
export interface Account {
  readonly namespace: string;
  readonly name: string;
  readonly clusterName: string;
  /** The module's call that makes its role. */
  readonly call: Resource;
}

const records: readonly InstalledRecord[] = installed;

/** What a controller calls, by its service account; undefined for one that is not part of the platform. */
export function controllerCalls(stacks: Stacks, account: Account): AwsCall[] | undefined {
  const synthesized = synthesizedFor(stacks, account);
  for (const { calls } of records) {
    const found = calls?.(account.name, synthesized);
    if (found !== undefined) return found;
  }
  return undefined;
}

function synthesizedFor(stacks: Stacks, { clusterName, call }: Account): Synthesized {
  return {
    place: clusterPlace(stacks, clusterName),
    role: call.attributes,
    resources: (type) => ofType(stacks, type).map(({ attributes }) => attributes),
    objects: (...kinds) => objects(stacks, ...kinds).map(({ attributes }) => attributes),
    releases: (chart) => releasesOf(stacks, chart).map((release) => values(release)),
    written,
    roleArn: (object, role) => {
      const owner = stacks.resources.find(({ attributes }) => attributes === object);
      return roleArnOf(stacks, owner?.stack ?? call.stack, written(role));
    },
    deep,
  };
}
