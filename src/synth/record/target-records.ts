import fs from "node:fs";
import type { Finding } from "../../guardrails/evaluate";
import type { Rule } from "../../guardrails/rule";
import type { Resource } from "../../guardrails/resource";
import { digest, type Read } from "../../reads/reads";
import { Unknown } from "../../values/value";
import type { JudgedParts } from "../guard-targets";
import { replaceFile } from "./replace-file";

/** A stack that a run made for a target. */
export interface RecordedStack {
  readonly id: string;
  readonly name: string;
  /** What cdktf's manifest says of it. */
  readonly manifest: object;
}

/** What a run made and judged of one target, for the next run in which it is made of the same. */
export interface TargetRecord {
  /** Of all that it was made of (target-seals.ts). */
  readonly seal: string;
  readonly stacks: readonly RecordedStack[];
  readonly parts: JudgedParts;
}

/** Of all targets of a run. */
export interface TargetRecords {
  /** What was asked while stacks were made: nobody knows for which of them. */
  readonly late: readonly Read[];
  readonly targets: ReadonlyMap<string, TargetRecord>;
}

/** The same as it is written: rules by their ids. */
interface PlainRecords {
  readonly run: string;
  readonly late: readonly Read[];
  readonly targets: Readonly<
    Record<
      string,
      Omit<TargetRecord, "parts"> & {
        readonly findings: readonly (Omit<Finding, "rule"> & { readonly rule: string })[];
        readonly named: readonly Resource[];
      }
    >
  >;
}

/**
 * Records of a run's targets; undefined where the file is of another run, was edited, or tells of a rule that is not in force.
 *
 * @param run seal of the run's own record
 */
export function readTargetRecords(
  file: string,
  run: string,
  rules: readonly Rule[],
): TargetRecords | undefined {
  const text = textOf(file);
  if (text === undefined) return undefined;
  const end = text.indexOf("\n");
  const body = text.slice(end + 1);
  if (text.slice(0, end) !== digest(body)) return undefined;
  const records = JSON.parse(body, revived) as PlainRecords;
  if (records.run !== run) return undefined;
  const byId = new Map(rules.map((each) => [each.id, each]));
  const targets = new Map<string, TargetRecord>();
  for (const [name, { seal, stacks, findings, named }] of Object.entries(records.targets)) {
    const found = findings.flatMap(({ rule, ...each }): Finding[] => {
      const known = byId.get(rule);
      return known === undefined ? [] : [{ ...each, rule: known }];
    });
    if (found.length < findings.length) return undefined;
    targets.set(name, { seal, stacks, parts: { findings: found, named } });
  }
  return { late: records.late, targets };
}

export function writeTargetRecords(file: string, run: string, { late, targets }: TargetRecords): void {
  const plain = [...targets].map(([name, { seal, stacks, parts }]) => {
    const findings = parts.findings.map(({ rule, ...each }) => ({ ...each, rule: rule.id }));
    return [name, { seal, stacks, findings, named: parts.named }] as const;
  });
  const body = JSON.stringify({ run, late, targets: Object.fromEntries(plain) }, replaced);
  replaceFile(file, `${digest(body)}\n${body}`);
}

/** A key that no attribute has. */
const UNKNOWN = "\u0000unknown";

function replaced(_key: string, value: unknown): unknown {
  return value instanceof Unknown ? { [UNKNOWN]: [value.given, value.text] } : value;
}

function revived(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !(UNKNOWN in value)) return value;
  const [given, text] = value[UNKNOWN] as readonly [boolean, string];
  return new Unknown(given, text);
}

function textOf(file: string): string | undefined {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
