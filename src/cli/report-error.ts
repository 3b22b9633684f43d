import { ConfigError } from "../config/problem";
import { UnknownTargetError } from "../config/select-targets";
import { PlanError } from "../guardrails/read/read-plan";
import { GuardrailError } from "../synth/guard-targets";
import { StateClashError } from "../synth/synthesize";
import { NameTooLongError } from "../modules/physical-names";
import { ReleaseTooLargeError } from "../modules/release-size";
import { NoUpgradeError } from "../releases/upgrade/plan";

/** Wrong usage of a command: a message and exit code 2. */
export class UsageError extends Error {}

/** A command that ran and failed, such as Terraform: a message and exit code 1. */
export class CommandFailure extends Error {}

const EXPECTED = [
  ConfigError,
  GuardrailError,
  PlanError,
  StateClashError,
  NameTooLongError,
  ReleaseTooLargeError,
  NoUpgradeError,
  CommandFailure,
];
const USAGE = [UsageError, UnknownTargetError];

/** 0 clean, 1 findings or invalid config, 2 wrong usage. */
export function exitCodeOf(error: unknown): number {
  return USAGE.some((type) => error instanceof type) ? 2 : 1;
}

/** The message for a person. Only a fault of our own asks for more than the message. */
export function describeError(error: unknown): string {
  if ([...EXPECTED, ...USAGE].some((type) => error instanceof type)) return (error as Error).message;
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  if (process.env.OCTARINE_DEBUG) return stack ?? message;
  return `internal error: ${message} (a fault in Octarine; OCTARINE_DEBUG=1 shows where)`;
}

/** Prints and sets the exit code; output that is still being written is not cut off. */
export function reportAndExit(error: unknown): void {
  console.error(describeError(error));
  process.exitCode = exitCodeOf(error);
}
