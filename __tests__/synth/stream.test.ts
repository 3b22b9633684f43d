import path from "node:path";
import { Token } from "cdktf";
import { loadFleet } from "../../src/fleet/load-fleet";
import type { Target } from "../../src/model/target";
import { PeerFlows } from "../../src/synth/peer-flows";
import type { Networks } from "../../src/synth/networks";
import { forgettingTokens } from "../../src/synth/resolve/forget-tokens";
import { synthesize } from "../../src/synth/synthesize";
import { aFolder, BASE_YAML } from "../support/fixtures";

/** Tokens that cdktf keeps. */
function tokens(): number {
  const { __cdktfTokenMap: map } = globalThis as {
    readonly __cdktfTokenMap?: { readonly stringTokenMap: ReadonlyMap<string, unknown> };
  };
  return map?.stringTokenMap.size ?? 0;
}

test("no target's stacks are kept when the next are made", () => {
  const files = ["dev", "qa", "test"].map((name) => [`envs/${name}/us-east-1.yaml`, BASE_YAML]);
  const fleet = loadFleet(path.join(aFolder(Object.fromEntries(files) as Record<string, string>), "envs"));
  const kept: number[] = [];

  synthesize(fleet, path.join(aFolder({}), "out"), { onTarget: () => kept.push(tokens()) });

  expect(fleet.targets).toHaveLength(3);
  expect(kept).toEqual([kept[0], kept[0], kept[0]]);
  expect(tokens()).toBe(kept[0]);
});

test("tokens that were there before are there afterwards", () => {
  const before = Token.asString({ resolve: () => "before", creationStack: [], toString: () => "" });
  const count = tokens();

  forgettingTokens(() => Token.asString({ resolve: () => "within", creationStack: [], toString: () => "" }));

  expect(tokens()).toBe(count);
  expect(Token.isUnresolved(before)).toBe(true);
});

test("what leads to peers is judged as soon as theirs are read, and no later", () => {
  const target = (name: string, peers: readonly string[]) =>
    ({ name, peers: peers.map((each) => ({ name: each })) }) as unknown as Target;
  const [a, b, c] = [target("a", ["c"]), target("b", ["elsewhere"]), target("c", ["a"])];
  const asked: string[] = [];
  const networks = { ofPeers: ({ name }: Target) => (asked.push(name), []) } as unknown as Networks;
  const flows = new PeerFlows([a, b, c], networks);
  const read = { resources: [], complete: false, production: false };

  const after = [a, b, c].map((each) => {
    flows.add(each, read);
    return [...asked];
  });

  expect(after).toEqual([[], ["b"], ["b", "a", "c"]]);
});
