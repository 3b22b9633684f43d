import { fingerprints } from "./fingerprints";

/** What is written of SARIF 2.1.0, by the names of its schema (OASIS, errata 01): a log (3.13) of one run (3.14). */
export interface SarifLog {
  readonly $schema: string;
  readonly version: "2.1.0";
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: SarifDriver };
      readonly results: readonly (SarifResult & {
        readonly partialFingerprints: Readonly<Record<string, string>>;
      })[];
    },
  ];
}

interface SarifDriver {
  readonly name: string;
  readonly version?: string;
  readonly rules: readonly SarifRule[];
}

interface SarifText {
  readonly text: string;
}

/** A reporting descriptor (3.49). */
export interface SarifRule {
  readonly id: string;
  readonly shortDescription: SarifText;
  readonly fullDescription: SarifText;
  readonly help?: SarifText;
  readonly helpUri?: string;
  readonly defaultConfiguration: { readonly level: SarifLevel };
  readonly properties?: Readonly<Record<string, string>>;
}

export type SarifLevel = "none" | "note" | "warning" | "error";

/** A result (3.27). */
export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex?: number;
  readonly kind?: "fail" | "open";
  readonly level: SarifLevel;
  readonly message: SarifText;
  readonly locations: readonly SarifLocation[];
  readonly suppressions?: readonly {
    readonly kind: "external";
    readonly status: "accepted";
    readonly justification: string;
  }[];
  readonly properties?: Readonly<Record<string, string>>;
}

interface SarifLocation {
  readonly physicalLocation?: {
    readonly artifactLocation: { readonly uri: string };
    readonly region: { readonly startLine: number; readonly startColumn?: number };
  };
  readonly logicalLocations: readonly { readonly fullyQualifiedName: string; readonly kind: "resource" }[];
}

/** A result, and what it is known by when the same is found again. */
export interface SarifFinding {
  readonly result: SarifResult;
  readonly fingerprint: readonly string[];
}

export interface SarifTool {
  readonly name: string;
  readonly version?: string;
  readonly rules: readonly SarifRule[];
  /** Name of the fingerprints, with the version of their form. */
  readonly fingerprint: string;
}

/** GitHub takes no more results of one run ("SARIF support for code scanning", limits). */
const MOST_RESULTS = 5000;

/** SARIF 2.1.0 of one run. */
export function sarifLog(tool: SarifTool, findings: readonly SarifFinding[]): SarifLog {
  const { name, version, rules } = tool;
  const known = fingerprints(findings.map(({ fingerprint }) => fingerprint));
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name, ...(version !== undefined && { version }), rules } },
        results: findings.slice(0, MOST_RESULTS).map(({ result }, index) => ({
          ...result,
          partialFingerprints: { [tool.fingerprint]: known[index] ?? "" },
        })),
      },
    ],
  };
}

/** Where a file is, from the folder in which the command was run. */
export function sarifUri(file: string): string {
  return file.split(/[\\/]/).map(encodeURIComponent).join("/");
}
