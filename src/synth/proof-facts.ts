import { lineOf, placeOf } from "../fleet/place-of";
import type { Target } from "../model/target";
import type { Exposure } from "../permissions/policies/exposure";
import { type IdentitySummary, summariesOf } from "../permissions/summary";
import { type OpenWays, openWays, waysFromInternet, waysToInternet } from "../reachability/path/open-ways";
import { type ReachSummary, summaryOf } from "../reachability/path/summary";
import type { ProvedTarget } from "./guard-targets";

/** What is proved of a target, as plain lines: what was synthesized is not kept for them. */
export interface ProofFacts {
  readonly identities: readonly IdentitySummary[];
  readonly exposures: readonly Exposure[];
  readonly needs: ReachSummary;
  readonly toInternet: OpenWays;
  readonly fromInternet: OpenWays;
}

/** The same lines as those of `octarine permissions` and `octarine reachability`. */
export function proofFacts(target: Target, { calls, reach: { world, judged } }: ProvedTarget): ProofFacts {
  const line = (setting: string) => lineOf(target, setting);
  return {
    identities: summariesOf(calls?.proofs ?? [], {}, (setting) => {
      const { file, line: at } = placeOf(target, setting);
      return `${file}:${at}`;
    }),
    exposures: calls?.exposures ?? [],
    needs: summaryOf(judged, false, line),
    toInternet: openWays(waysToInternet(world, judged), line),
    fromInternet: openWays(waysFromInternet(world, judged), line),
  };
}
