import fs from "node:fs";
import path from "node:path";
import { loadFleet } from "../../src/fleet/load-fleet";
import type { Target } from "../../src/model/target";
import { root } from "./site-page";

/** Folders with sample targets. */
export const SAMPLE_FOLDERS = ["envs", "examples/envs", "examples/references"] as const;

/** Every file of a sample, by where it is in the repository. */
export function sampleFiles(): string[] {
  return SAMPLE_FOLDERS.flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".yaml"))
      .map((file) => path.posix.join(folder, file.split(path.sep).join("/")))
      .sort(),
  );
}

let targets: ReadonlyMap<string, Target> | undefined;

/** The sample targets, by the folder that they are in and their name: `examples/envs/standard/us-east-1`. */
export function sampleTargets(): ReadonlyMap<string, Target> {
  targets ??= new Map(
    SAMPLE_FOLDERS.flatMap((folder) =>
      loadFleet(path.join(root, folder)).targets.map(
        (target) => [`${folder}/${target.name}`, target] as const,
      ),
    ),
  );
  return targets;
}
