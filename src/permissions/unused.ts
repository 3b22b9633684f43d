import { isAbout } from "../guardrails/iam/decide";
import { matchesGlob } from "../guardrails/iam/glob";
import { texts } from "../values/value";
import type { IdentityProof } from "./prove";

/** Actions that a policy allows and no call needs. */
export interface Unused {
  /** As the policy names them, with wildcards. */
  readonly actions: readonly string[];
  readonly policy: string;
  readonly stack: string;
  /** Of the statement. */
  readonly address: string;
}

/** What an identity may do and never needs to. Asked by who shows it: no rule has to know. */
export function unusedOf({ identity, role }: IdentityProof): Unused[] {
  const needed = [...new Set(identity.calls.map(({ action }) => action))];
  return (role?.policies ?? []).flatMap(({ label, statements }) =>
    statements
      .filter(({ attributes }) => attributes.effect !== "Deny")
      .flatMap((statement): Unused[] => {
        const { stack, address, attributes } = statement;
        const actions = texts(attributes.actions).filter(
          (pattern) => !needed.some((each) => matchesGlob(pattern, each, true) === true),
        );
        const isIdle =
          texts(attributes.notActions).length > 0 &&
          !needed.some((each) => isAbout(statement, each) === true);
        const unused = isIdle ? ["NotAction"] : actions;
        return unused.length === 0 ? [] : [{ actions: unused, policy: label, stack, address }];
      }),
  );
}
