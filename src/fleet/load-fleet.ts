import nodePath from "node:path";
import type { ListedPrices } from "../cost/price-list";
import { refusedPartition, regions } from "../facts/regions";
import { releases } from "../releases/releases";
import type { Finding } from "../checks/finding";
import { discoverTargets, type TargetFiles } from "../config/read/discover";
import { adoptionsFile, readAdoptions } from "../config/read/adoptions";
import type { Layer } from "../config/read/layer";
import { fleetFindings } from "./fleet-findings";
import { displayPath } from "../config/read/display-path";
import { deployPoliciesFile, readDeployPolicies } from "../config/read/deploy-policies";
import { problem } from "../config/read/folder-entries";
import { readListedPrices } from "../config/read/listed-prices";
import { readServiceControlPolicies } from "../config/read/organization-policies";
import { mergeTarget } from "../config/read/merge-target";
import { closestOf } from "../text/nearest";
import type { ParsedYaml } from "../config/read/parse-yaml";
import { ConfigError, type Problem, sortProblems } from "../config/read/problem";
import { type ParseYaml, readLayer } from "../config/read/read-layer";
import { configPath, emptyKeyProblems, schemaProblems } from "../config/read/schema-problems";
import {
  type ConfigPath,
  formatPath,
  keyPosition,
  locate,
  type SourceNode,
  toPlain,
} from "../config/read/source-node";
import type { TargetConfig } from "../config/schema/target";
import type { DeployPolicy } from "../model/deploy-policy";
import { connectTargets, describeTarget, type Fleet, type Target } from "../model/target";
import { isDoubtful, parseTolerantly } from "../config/read/tolerant-parse";
import { exists, readAgain, readFor } from "../reads/reads";
import { judge } from "./waivers";

export interface LoadOptions {
  /** Day that waivers are compared with, `YYYY-MM-DD`. Left out: they are not compared (see `waivers.ts`). */
  readonly asOf?: string;
  /** Parses a file's text; left out: without what an earlier run kept. */
  readonly parse?: ParseYaml;
  /** Called before each target is read, with how many there are. */
  readonly onTarget?: (name: string, total: number) => void;
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
  { asOf, parse, onTarget }: LoadOptions = {},
): { fleet: Fleet; problems: Problem[] } {
  const read = yamlReader(parse);
  const { targets: files, problems } = discoverTargets(envsDir, read);
  const listed = readListedPrices(envsDir);
  const loaded = files.map((each) => {
    const name = `${each.environment}/${each.region}`;
    onTarget?.(name, files.length);
    return readFor(name, () => readTarget(each, read, listed.prices));
  });
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
      ...listed.problems,
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
  files: TargetFiles,
  read: (layer: Layer) => ParsedYaml,
  listedPrices: ListedPrices,
): { candidate?: Candidate; problems: Problem[] } {
  const { environment, region, layers, file } = files;
  const parsed = layers.map(read);
  const problems = parsed.flatMap((each) => each.problems);
  if (!Object.hasOwn(regions, region)) {
    const message = unknownRegion(region);
    return { problems: [...problems, { file: displayPath(file), line: 1, column: 1, path: "", message }] };
  }
  const {
    root: source,
    emptyKeys,
    problems: ofRegions,
    holes: unsaid,
  } = mergeTarget(
    files,
    parsed.map(({ root }) => root),
  );
  problems.push(...ofRegions);
  const brokenFiles = parsed.filter((each) => each.broken).map(({ root }) => root.at.file);
  const { config, issues, doubtful } = parseTolerantly(toPlain(source), region);
  const holes = [...parsed.flatMap((each) => each.holes), ...unsaid];
  problems.push(
    ...emptyKeyProblems(emptyKeys, source),
    // What was left out because of a problem of its own is not reported as missing; what a broken file lacks, nobody knows.
    ...schemaProblems(
      issues.filter(
        ({ code, path }) =>
          code === "unrecognized_keys" || !holes.some((hole) => isRelated(hole, configPath(path))),
      ),
      source,
      { region, incomplete: brokenFiles.length > 0 },
    ).filter(({ file: wrong }) => !brokenFiles.includes(wrong)),
  );
  if (config === undefined || brokenFiles.length > 0) return { problems };
  const organization = readServiceControlPolicies(config, source);
  problems.push(...organization.problems);
  const written = writtenPolicies(config, file);
  problems.push(...written.problems);
  const described = describeTarget({
    environment,
    region,
    config,
    release: releases[config.release],
    source,
    file: displayPath(file),
    listedPrices,
    scps: organization.levels,
    ...(written.policies && { deployPolicies: written.policies }),
  });
  const adopted = readAdoptions(adoptionsFile(nodePath.dirname(file), region), described);
  problems.push(...adopted.problems);
  const target =
    adopted.adoptions === undefined ? described : described.with({ adoptions: adopted.adoptions });
  return { candidate: { target, doubtful: [...doubtful, ...holes] }, problems };
}

/** The deploy role's policies, where they are generated and were. */
function writtenPolicies(
  { account }: TargetConfig,
  file: string,
): { policies?: DeployPolicy[]; problems: Problem[] } {
  const path = deployPoliciesFile(nodePath.dirname(file));
  if (account.deployPolicy.kind === "generated") {
    const { policies, problems } = readDeployPolicies(path);
    const read = Object.entries(policies ?? {}).map(([name, { Statement }]) => ({
      name,
      statements: Statement,
    }));
    return { problems, ...(policies && { policies: read }) };
  }
  const message = "has no effect where account.deployPolicy is wide; remove it";
  return exists(path) ? { problems: [problem(path, message)] } : { problems: [] };
}

function unknownRegion(region: string): string {
  const refused = refusedPartition(region);
  if (refused !== undefined) {
    return (
      `the file's name ${region} is a region of the partition ${refused.name}, where no target can be: ${refused.why};` +
      " name a region of the partitions aws or aws-us-gov"
    );
  }
  const near = closestOf(region, Object.keys(regions));
  return `the file's name ${region} is not an AWS region with EKS; did you mean ${near}?`;
}

/** Whether one of two paths is at or below the other. */
function isRelated(a: ConfigPath, b: ConfigPath): boolean {
  return a.slice(0, b.length).every((step, index) => step === b[index]);
}

/** Layers are shared by targets, so each file is read and parsed once. */
function yamlReader(parse?: ParseYaml): (layer: Layer) => ParsedYaml {
  const files = new Map<string, ParsedYaml>();
  return (layer) => {
    const known = files.get(layer.file);
    if (known !== undefined) {
      readAgain(layer.file);
      return known;
    }
    const parsed = readLayer(layer, parse);
    files.set(layer.file, parsed);
    return parsed;
  };
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
