import fs from "node:fs";
import { type LoadOptions, readFleet } from "../../src/fleet/load-fleet";
import { formatProblem } from "../../src/config/read/problem";
import { fleetWarnings } from "../../src/fleet/warnings";
import { aFolder } from "./fixtures";

/** A valid environment; with NETWORK beside it a valid target. */
export const ENVIRONMENT = `release: "2026.11"
account: { id: "111122223333" }
state: { region: us-east-1 }
runner: { reach: in-vpc }
cni: { kind: cilium-eni }
nodes:
  main: { instanceTypes: [m7i.large], size: { min: 3, max: 30 } }
`;
export const NETWORK = `network:
  vpcCidr: 10.0.0.0/16
  zones: [us-east-1a, us-east-1b, us-east-1c]
`;

/** Lines that `config validate` prints for files laid over a valid target, without the folder's name. */
export function problemsOf(files: Readonly<Record<string, string>>, options: LoadOptions = {}): string[] {
  return inFolder(files, (dir) =>
    readFleet(dir, options).problems.map((problem) =>
      formatProblem(problem).replace(/\S*octarine-test-\w+\/?/g, "envs/"),
    ),
  );
}

/**
 * Its warnings, without those about the release and that of a group that nothing scales, as ENVIRONMENT has, and without the
 * rule that a waiver would name (waivers.test.ts).
 */
export function warningsOf(files: Readonly<Record<string, string>>, options: LoadOptions = {}): string[] {
  return inFolder(files, (dir) =>
    fleetWarnings(readFleet(dir, options).fleet, options)
      .filter((line) => !/^(release |nodes: a managed group keeps)/.test(line))
      .map((line) => line.replace(/ \(waiver: [A-Z-]+\)$/, "")),
  );
}

function inFolder<T>(files: Readonly<Record<string, string>>, use: (dir: string) => T): T {
  const dir = aFolder(files);
  try {
    return use(dir);
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
}

/** Problems of one target whose own file is the text given. */
export function problemsIn(text: string, environment = ENVIRONMENT, name = "dev"): string[] {
  return problemsOf({ [`${name}/environment.yaml`]: environment, [`${name}/us-east-1.yaml`]: text });
}

/** What is said of two targets of one environment, whose own files are the texts given. Without lines and columns. */
export function problemsOfPair(environment: string, east: string, west: string): string[] {
  return problemsOf({
    "dev/environment.yaml": environment,
    "dev/us-east-1.yaml": east,
    "dev/us-west-2.yaml": west,
  }).map((line) => line.replace(/:\d+:\d+ /, ""));
}
