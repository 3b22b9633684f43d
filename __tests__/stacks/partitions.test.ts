import fs from "node:fs";
import path from "node:path";
import { Testing } from "cdktf";
import { environmentOf } from "../../src/fleet/environment";
import { loadFleet } from "../../src/fleet/load-fleet";
import type { Fleet } from "../../src/model/target";
import { BootstrapStack } from "../../src/stacks/bootstrap/bootstrap-stack";
import { aFolder } from "../support/fixtures";
import { switchEnvs, switchTargets } from "../support/switches/switch-fleet";
import { synth, synthTarget } from "../support/synth";

const root = path.join(__dirname, "..", "..");

/** Files of a folder, below it. */
function filesIn(dir: string, extension: string): [name: string, text: string][] {
  const names = fs.readdirSync(dir, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => name.endsWith(extension));
  return files.map((name) => [name, fs.readFileSync(path.join(dir, name), "utf8")]);
}

const targetsIn = (...folders: readonly string[]) =>
  Object.fromEntries(filesIn(path.join(root, ...folders), ".yaml"));

/** The same targets in GovCloud: regions, zones and ARNs are another partition's, and nothing else changes. */
function inGovCloud(files: Readonly<Record<string, string>>, without: RegExp): Fleet {
  const moved = (text: string) =>
    text
      .replaceAll("us-east-1", "us-gov-east-1")
      .replaceAll(/us-west-2|eu-west-1/g, "us-gov-west-1")
      .replaceAll("arn:aws:", "arn:aws-us-gov:");
  const kept = Object.entries(files).filter(([name]) => !without.test(name));
  // They lie beside the environments, which name them.
  const policies = filesIn(path.join(root, "examples", "scps"), ".json");
  const all = [
    ...kept.map(([name, text]): [string, string] => [`envs/${moved(name)}`, moved(text)]),
    ...policies.map(([name, text]): [string, string] => [`scps/${name}`, moved(text)]),
  ];
  const folder = aFolder(Object.fromEntries(all));
  return loadFleet(path.join(folder, "envs"));
}

/** Too long for Cilium with a longer region. */
const LONG_NAMES = /^(autoscaling-overlay|pod-groups-chaining)/;

const fleets: readonly (readonly [string, () => Fleet])[] = [
  ["the samples", () => inGovCloud(targetsIn("envs"), /^prod\/eu-west-1/)],
  ["the regulated sample", () => inGovCloud(targetsIn("envs"), /^prod\/us-/)],
  ["the examples", () => inGovCloud(targetsIn("examples", "envs"), LONG_NAMES)],
  [
    "all switches but one",
    () =>
      inGovCloud(
        switchEnvs(
          switchTargets()
            .filter(({ what }) => what.startsWith("all but"))
            .filter((_, index) => index % 4 === 0),
        ),
        /^$/,
      ),
  ],
];

// AWS General Reference, "Amazon Resource Names": the partition of GovCloud is aws-us-gov, and nothing there has an ARN of aws.
test.each(fleets)("no stack of %s in GovCloud names an ARN or a region of the partition aws", (_, fleet) => {
  const found = fleet().targets.flatMap((target) =>
    Object.entries(synthTarget(target)).flatMap(([stack, json]) =>
      [...json.matchAll(/arn:aws:[^"\\]*|\b(us|eu)-(east|west)-\d/g)].map(
        ([arn]) => `${target.name} ${stack}: ${arn}`,
      ),
    ),
  );

  expect(found).toEqual([]);
});

test("the bootstrap of an environment in GovCloud names nothing of the partition aws", () => {
  const environment = environmentOf(fleets[0]![1](), "dev");

  const json = synth(new BootstrapStack(Testing.app(), { environment, state: { kind: "bucket" } }));

  expect(json).toContain("arn:aws-us-gov:");
  expect(json).not.toContain("arn:aws:");
});

// The stacks above have what the samples switch on; the source has the rest.
test("no construct writes a partition by hand", () => {
  const written = ["modules", "stacks"].flatMap((folder) => {
    const dir = path.join(root, "src", folder);
    return fs
      .readdirSync(dir, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.startsWith("registry"))
      .flatMap((name) =>
        fs
          .readFileSync(path.join(dir, name), "utf8")
          .split("\n")
          .flatMap((line, index) => (/arn:aws[a-z-]*:/.test(line) ? [`${folder}/${name}:${index + 1}`] : [])),
      );
  });

  expect(written).toEqual([]);
});
