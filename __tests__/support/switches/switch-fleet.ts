import { stringify } from "yaml";
import { BASE_YAML } from "../fixtures";
import { completed, coveringRows } from "./covering-array";
import { allOff, configOf, positionsOf, type Row, type SwitchName, switchNames } from "./switches";

export interface SwitchTarget {
  /** Its environment; the region is always us-east-1. */
  readonly environment: string;
  readonly what: string;
  readonly row: Row;
}

/** Targets that show every switch: alone on, alone off, and beside every position of every other one. */
export function switchTargets(): SwitchTarget[] {
  return [
    ...named("pair", coveringRows().rows, (row) => rowText(row)),
    ...named("on", ...listed(aloneOn())),
    ...named("off", ...listed(aloneOff())),
  ];
}

/** The folder of targets as files: one environment for each, over one platform. */
export function switchEnvs(targets: readonly SwitchTarget[]): Record<string, string> {
  return {
    "platform.yaml": BASE_YAML,
    ...Object.fromEntries(
      targets.map(({ environment, what, row }) => [
        `${environment}/us-east-1.yaml`,
        `# ${what}\n${stringify(configOf(row))}`,
      ]),
    ),
  };
}

/** Each position but the first of each switch, with what it needs and nothing else. */
function aloneOn(): [string, Row][] {
  return switchNames.flatMap((name) =>
    positionsOf(name)
      .slice(1)
      .map((position): [string, Row] => [
        `only ${name} ${position}`,
        filled({ [name]: position }, positionsOf),
      ]),
  );
}

/** Everything on that can be beside a CNI of its own, but for one switch and what needs it. */
function aloneOff(): [string, Row][] {
  const last = (name: SwitchName) => (name === "cni" ? ["cilium-eni"] : positionsOf(name).toReversed());
  return switchNames
    .filter((name) => name !== "cni" && name !== "release")
    .map((name) => [`all but ${name}`, filled({ [name]: allOff()[name] }, last)]);
}

function filled(chosen: Partial<Row>, prefer: (name: SwitchName) => readonly string[]): Row {
  const row = completed(chosen, prefer);
  if (row === undefined) throw new Error(`no target can have ${JSON.stringify(chosen)}`);
  return row;
}

function named(
  prefix: string,
  rows: readonly Row[],
  what: (row: Row, index: number) => string,
): SwitchTarget[] {
  return rows.map((row, index) => ({
    environment: `${prefix}-${String(index + 1).padStart(2, "0")}`,
    what: what(row, index),
    row,
  }));
}

function listed(rows: readonly [string, Row][]): [Row[], (row: Row, index: number) => string] {
  return [rows.map(([, row]) => row), (_, index) => rows[index]?.[0] ?? ""];
}

function rowText(row: Row): string {
  const off = allOff();
  const on = switchNames.filter((name) => row[name] !== off[name]);
  const text = on.map((name) => (row[name] === "on" ? name : `${name} ${row[name]}`)).join(", ");
  return text === "" ? "nothing" : text;
}
