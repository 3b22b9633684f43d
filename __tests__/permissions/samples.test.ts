import path from "node:path";
import { loadFleet } from "../../src/fleet/load-fleet";
import { stoppedBy } from "../../src/permissions/words";
import { proofOfTarget } from "../../src/synth/guard-targets";

const root = path.join(__dirname, "../..");
const targets = ["envs", "examples/envs"].flatMap((dir) => loadFleet(path.join(root, dir)).targets);

/** Why the end of a call can't be told here, each of which docs/permissions.md has with what to do. */
const REASONS: readonly RegExp[] = [/what \S+ trusts is in none of these stacks$/, /\S+ can't be read here$/];

test.each(targets.map((target) => [target.name, target] as const))(
  "%s: no call is denied, and each that is undecided names what it depends on",
  (_, target) => {
    const proofs = proofOfTarget(target);
    const ends = proofs.flatMap(({ identity, calls }) =>
      calls
        .filter(({ verdict }) => verdict.kind !== "allowed")
        .map(
          (each) => [each.verdict.kind, `${identity.name}: ${each.call.action}, ${stoppedBy(each)}`] as const,
        ),
    );

    expect(proofs.flatMap(({ calls }) => calls).length).toBeGreaterThan(100);
    expect(ends.filter(([kind]) => kind === "denied")).toEqual([]);
    expect(ends.filter(([, why]) => !REASONS.some((each) => each.test(why)))).toEqual([]);
  },
);
