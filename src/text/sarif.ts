import type { Log, ReportingDescriptor, Result } from "sarif";
import { fingerprints } from "./fingerprints";

/** A result, and what it is known by when the same is found again. */
export interface SarifFinding {
  readonly result: Result;
  readonly fingerprint: readonly string[];
}

export interface SarifTool {
  readonly name: string;
  readonly version?: string;
  readonly rules: readonly ReportingDescriptor[];
  /** Name of the fingerprints, with the version of their form. */
  readonly fingerprint: string;
}

/** GitHub takes no more results of one run ("SARIF support for code scanning", limits). */
const MOST_RESULTS = 5000;

/** SARIF 2.1.0 of one run. */
export function sarifLog(tool: SarifTool, findings: readonly SarifFinding[]) {
  const { name, version, rules } = tool;
  const known = fingerprints(findings.map(({ fingerprint }) => fingerprint));
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name, ...(version !== undefined && { version }), rules: [...rules] } },
        results: findings.slice(0, MOST_RESULTS).map(({ result }, index) => ({
          ...result,
          partialFingerprints: { [tool.fingerprint]: known[index] ?? "" },
        })),
      },
    ],
  } satisfies Log;
}

/** Where a file is, from the folder in which the command was run. */
export function sarifUri(file: string): string {
  return file.split(/[\\/]/).map(encodeURIComponent).join("/");
}
