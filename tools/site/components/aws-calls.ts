import type { AwsCall } from "../../../src/components/aws-call";
import type { InstalledRecord } from "../../../src/components/component";
import type { Synthesized } from "../../../src/components/synthesized";
import type { Target } from "../../../src/model/target";
import { runningIdentities } from "../../../src/permissions/needs/identities";
import { targetInventory } from "../../../src/synth/guard-targets";

/** Calls by what they are for, and the service account that makes them. */
export interface CallsOfAccount {
  readonly account: string;
  readonly calls: readonly AwsCall[];
}

/** What controllers call of AWS in any of the targets, once each. */
export function callsOfControllers(targets: Iterable<Target>): CallsOfAccount[] {
  const byAccount = new Map<string, Map<string, AwsCall>>();
  for (const target of targets) {
    const { resources, place } = targetInventory(target);
    if (place === undefined) continue;
    const identities = runningIdentities({ resources, place }).filter(({ kind }) => kind === "controller");
    for (const { name, calls } of identities) {
      const known = byAccount.get(name) ?? new Map<string, AwsCall>();
      byAccount.set(name, known);
      for (const call of calls) known.set(`${call.why} ${call.action}`, call);
    }
  }
  return [...byAccount].map(([account, calls]) => ({ account, calls: [...calls.values()] }));
}

/** Whether a component is who calls by a service account. */
export function callsBy({ name, calls }: InstalledRecord, account: string): boolean {
  return name === account || calls?.(account, NOTHING) !== undefined;
}

/** A target without anything, in which a component still knows its accounts. */
const NOTHING: Synthesized = {
  place: { partition: "aws", region: "us-east-1", accountId: "111122223333", clusterName: "" },
  role: {},
  resources: () => [],
  objects: () => [],
  releases: () => [],
  written: () => "",
  roleArn: () => "",
  deep: () => [],
};
