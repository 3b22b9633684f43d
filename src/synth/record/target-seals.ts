import type { Target } from "../../model/target";
import { digest, type Reads } from "../../reads/reads";

/**
 * For each target of a fleet, a hash of all that its stacks and its findings are made of beside the program: its own configuration,
 * resolved, and every file that it was read from; and the same of its peers, of theirs, and of its environment's other targets, which
 * share its deploy role. Who may be waived is not in it, nor are others' names: those are judged in each run.
 */
export function targetSeals(targets: readonly Target[], reads: Reads): ReadonlyMap<string, string> {
  const answers = new Map<string, string[]>();
  for (const { path, ask, answer } of reads.all)
    answers.set(path, [...(answers.get(path) ?? []), ask, answer]);
  const own = new Map(
    targets.map((target) => [
      target.name,
      digest(
        JSON.stringify([givenOf(target), reads.of(target.name).map((path) => [path, answers.get(path)])]),
      ),
    ]),
  );
  const connected = sealedWith(targets, own);
  // Once more, because what leads to a peer is judged by the peer's network, and that leads to peers of its own.
  return sealedWith(targets, connected);
}

/** All that is given of a target (model/given-target.ts) but for its release, which the configuration names, and where lines are. */
function givenOf(target: Target): readonly unknown[] {
  const { name, environment, region, workspace, config, production, clusterName, stateBucket } = target;
  const { file, listedPrices, scps, deployPolicies, adoptions } = target;
  return [
    [name, environment, region, workspace, production, clusterName, stateBucket, file],
    config,
    listedPrices,
    scps,
    deployPolicies,
    adoptions,
  ];
}

function sealedWith(
  targets: readonly Target[],
  seals: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const of = ({ name }: { readonly name: string }) => seals.get(name) ?? name;
  return new Map(
    targets.map((target) => {
      const { peers, pastPeers, siblings } = target;
      const others = [peers, pastPeers, siblings].map((each) => each.map(of).sort());
      return [target.name, digest(JSON.stringify([of(target), others]))];
    }),
  );
}
