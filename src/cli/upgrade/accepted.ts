import { UsageError } from "../report-error";

/**
 * Checks that may fail, and why: `ID=reason` each.
 *
 * @throws UsageError
 */
export function acceptedIn(given: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    given.map((each) => {
      const [, id, reason] = /^([\w-]+)=(.*\S.*)$/.exec(each) ?? [];
      if (id === undefined || reason === undefined)
        throw new UsageError(
          `--accept takes an id and a reason, such as DRAIN-BARE-PODS="a test's pod"; got ${each}`,
        );
      return [id, reason] as const;
    }),
  );
}
