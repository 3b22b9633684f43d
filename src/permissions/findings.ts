import { readable } from "../guardrails/iam/symbol";
import type { Resource, Source } from "../guardrails/resource";
import type { ProvedCall } from "./evaluate/proved-call";
import type { Identity } from "./identity";
import type { IdentityProof } from "./prove";
import { settingOf } from "./setting";
import { stoppedBy } from "./words";

/** Whether the deploy role lacks it: no policy of it says anything, and one that is made anew would. */
function isLacking({ kind }: Identity, { verdict }: ProvedCall): boolean {
  return (
    kind === "deploy" && verdict.kind === "denied" && verdict.layer === "identity" && verdict.by === undefined
  );
}

/**
 * Calls that are not proved to be allowed, as resources of type `aws-call` for the rules PERMISSION-*: where the role
 * is, with the action behind it. One for all resources of an action that end alike.
 */
export function callFindings(
  proofs: readonly IdentityProof[],
  source: Source,
  bootstrap?: string,
): Resource[] {
  return proofs.flatMap(({ identity, calls }) => {
    const open = new Map<string, ProvedCall[]>();
    for (const each of calls) {
      if (each.verdict.kind === "allowed") continue;
      const isLack = bootstrap !== undefined && isLacking(identity, each);
      const key = isLack ? "" : `${each.call.action} ${stoppedBy(each)}`;
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
            ...(bootstrap !== undefined &&
              isLacking(identity, first) && {
                lacks: [...new Set(alike.map(({ call }) => call.action))].sort(),
                bootstrap,
              }),
          },
        },
      ];
    });
  });
}
