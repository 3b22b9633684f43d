import { readable } from "../guardrails/iam/symbol";
import type { Resource, Source } from "../guardrails/resource";
import type { ProvedCall } from "./evaluate/proved-call";
import type { IdentityProof } from "./prove";
import { settingOf } from "./setting";
import { stoppedBy } from "./words";

/**
 * Calls that are not proved to be allowed, as resources of type `aws-call` for the rules PERMISSION-*: where the role
 * is, with the action behind it. One for all resources of an action that end alike.
 */
export function callFindings(proofs: readonly IdentityProof[], source: Source): Resource[] {
  return proofs.flatMap(({ identity, calls }) => {
    const open = new Map<string, ProvedCall[]>();
    for (const each of calls) {
      if (each.verdict.kind === "allowed") continue;
      const key = `${each.call.action} ${stoppedBy(each)}`;
      open.set(key, [...(open.get(key) ?? []), each]);
    }
    return [...open.values()].flatMap((alike) => {
      const [first] = alike;
      if (first === undefined) return [];
      const { stack, address } = identity.where;
      return [
        {
          type: "aws-call",
          address: `${address}#${first.call.action}`,
          stack,
          source,
          attributes: {
            who: identity.name,
            kind: first.verdict.kind,
            action: first.call.action,
            on: [...new Set(alike.map(({ resource }) => readable(resource)))],
            why: first.call.why,
            stoppedBy: stoppedBy(first),
            setting: settingOf(identity, first),
          },
        },
      ];
    });
  });
}
