import fs from "node:fs";
import nodePath from "node:path";
import { closest } from "fastest-levenshtein";
import { refusedPartition, regions } from "../facts/regions";
import { releases } from "../releases/releases";
import type { Finding } from "./checks/finding";
import { discoverTargets, type Layer, type TargetFiles } from "./discover";
import { fleetFindings } from "./fleet-findings";
import { type ParsedYaml, parseYaml } from "./parse-yaml";
import { ConfigError, type Problem, sortProblems } from "./problem";
import { schemaProblems } from "./schema-problems";
import { formatPath, keyPosition, locate, mergeNodes, type SourceNode, toPlain } from "./source-node";
import { connectTargets, describeTarget, type Fleet, type Target } from "./target";
import { isDoubtful, parseTolerantly } from "./tolerant-parse";
import { judge } from "./waivers";
import { asWorkload } from "./workload-files";

export interface LoadOptions {
  /** Day that waivers are compared with, `YYYY-MM-DD`. Left out: they are not compared (see `waivers.ts`). */
  readonly asOf?: string;
}

/**
 * Reads and checks all targets below `envsDir`.
 *
 * @throws ConfigError with every problem of every file
 */
export function loadFleet(envsDir: string, options: LoadOptions = {}): Fleet {
  const { fleet, problems } = readFleet(envsDir, options);
  if (problems.length > 0) throw new ConfigError(problems);
  return fleet;
}

/** As `loadFleet`, but returns what could be read beside the problems. */
export function readFleet(
  envsDir: string,
  { asOf }: LoadOptions = {},
): { fleet: Fleet; problems: Problem[] } {
  const { targets: files, problems } = discoverTargets(envsDir);
  const read = yamlReader();
  const loaded = files.map((each) => readTarget(each, read));
  const usable = loaded.flatMap(({ candidate }) => (candidate === undefined ? [] : [candidate]));
  const fleet: Fleet = { targets: connectTargets(usable.map(({ target }) => target)) };
  const doubts = new Map(fleet.targets.map((target, index) => [target, usable[index]?.doubtful ?? []]));

  const found = fleetFindings(fleet).filter(({ target, finding }) =>
    [finding.path, ...(finding.related ?? [])].every((path) => !isDoubtful(path, doubts.get(target) ?? [])),
  );

  return {
    fleet,
    problems: sortProblems([
      ...problems,
      ...loaded.flatMap((each) => each.problems),
      ...judge(found, [], asOf).errors.map(({ target, finding }) => findingProblem(target, finding)),
    ]),
  };
}

interface Candidate {
  readonly target: Target;
  readonly doubtful: readonly (readonly (string | number)[])[];
}

function readTarget(
  { environment, region, layers, file }: TargetFiles,
  read: (layer: Layer) => ParsedYaml,
): { candidate?: Candidate; problems: Problem[] } {
  const parsed = layers.map(read);
  const problems = parsed.flatMap((each) => each.problems);
  if (regions[region] === undefined) {
    const message = unknownRegion(region);
    return { problems: [...problems, { file: displayPath(file), line: 1, column: 1, path: "", message }] };
  }
  const source = parsed.map(({ root }) => root).reduce(mergeNodes);
  const { config, issues, doubtful } = parseTolerantly(toPlain(source), region);
  problems.push(...schemaProblems(issues, source));
  if (config === undefined) return { problems };
  const target = describeTarget({
    environment,
    region,
    config,
    release: releases[config.release],
    source,
    file: displayPath(file),
  });
  return { candidate: { target, doubtful }, problems };
}

function unknownRegion(region: string): string {
  const refused = refusedPartition(region);
  if (refused !== undefined) {
    return (
      `the file's name ${region} is a region of the partition ${refused.name}, where no target can be: ${refused.why};` +
      " name a region of the partitions aws or aws-us-gov"
    );
  }
  const near = closest(region, Object.keys(regions));
  return `the file's name ${region} is no AWS region with EKS; did you mean ${near}?`;
}

/** Layers are shared by targets, so each file is read and parsed once. */
function yamlReader(): (layer: Layer) => ParsedYaml {
  const files = new Map<string, ParsedYaml>();
  return ({ file, workload }) => {
    const known = files.get(file);
    if (known !== undefined) return known;
    const { root, problems } = parseYaml(fs.readFileSync(file, "utf8"), displayPath(file));
    const parsed = { root: workload === undefined ? root : asWorkload(root, workload), problems };
    files.set(file, parsed);
    return parsed;
  };
}

/** Relative to where the user stands, with forward slashes on every system. */
export function displayPath(path: string): string {
  return nodePath.relative(process.cwd(), path).split(nodePath.sep).join("/");
}

function findingProblem(target: Target, { path, value, message, rule }: Finding): Problem {
  const { source } = target;
  const { found, node } = locate(source, path);
  const scalar = found && node.kind === "scalar" ? String(node.value) : undefined;
  // What nobody wrote (a default) is shown at the map that could hold it, or in the target's own file.
  const at = found
    ? scalar === undefined
      ? keyPosition(source, path)
      : node.at
    : nearestPosition(source, path, target);
  return {
    ...at,
    path: formatPath(path),
    value: value ?? scalar,
    message,
    ...(rule !== undefined && { rule }),
  };
}

function nearestPosition(source: SourceNode, path: readonly (string | number)[], target: Target) {
  for (let length = path.length - 1; length > 0; length--) {
    const { found } = locate(source, path.slice(0, length));
    if (found) return keyPosition(source, path.slice(0, length));
  }
  return { file: target.file, line: 1, column: 1 };
}
