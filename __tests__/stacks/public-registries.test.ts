import path from "node:path";
import { publicRegistries } from "../../src/model/image-registries";
import { loadFleet } from "../../src/fleet/load-fleet";
import type { Target } from "../../src/model/target";
import { aFolder } from "../support/fixtures";
import { switchEnvs, switchTargets } from "../support/switches/switch-fleet";
import { synthTarget } from "../support/synth";

const MIRROR = "mirror.example";

/** Hosts that stand behind the mirror in a target's stacks, which are all that its releases pull from. */
function mirroredHosts(target: Target): string[] {
  const config = { ...target.config, images: { mirror: MIRROR }, workloads: undefined };
  const all = Object.values(synthTarget(target.with({ config }))).join("\n");
  return [
    ...new Set([...all.matchAll(/mirror\.example\/([a-z0-9.-]+\.[a-z]+)/g)].map(([, host = ""]) => host)),
  ].sort();
}

const withAll = switchTargets()
  .filter(({ what }) => what.startsWith("all but"))
  .filter((_, index) => index % 7 === 0);
const targets = [
  ...loadFleet(path.join(__dirname, "..", "..", "envs")).targets,
  ...loadFleet(aFolder(switchEnvs(withAll))).targets,
];

test.each(targets.map((target) => [target.name, target] as const))(
  "%s pulls from the registries that its components are said to come from",
  (_, target) => {
    const said = [
      ...publicRegistries(target.with({ config: { ...target.config, images: undefined } })).keys(),
    ];

    expect(mirroredHosts(target).filter((host) => !said.some((each) => each === host))).toEqual([]);
  },
);

test("the search finds hosts behind a mirror", () => {
  const prod = targets.find(({ name }) => name === "prod/us-east-1");

  expect(prod && mirroredHosts(prod)).toEqual(expect.arrayContaining(["docker.io", "ghcr.io", "quay.io"]));
});
