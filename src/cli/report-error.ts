import path from "node:path";
import { ExpectedError, Fault } from "../text/errors";
import { say } from "./terminal";

/** Wrong usage of a command: a message and exit code 2. */
export class UsageError extends ExpectedError {
  override readonly exitCode = 2;
}

/** A command that ran and failed, such as Terraform: a message and exit code 1, unless it has one of its own. */
export class CommandFailure extends ExpectedError {}

/** 0 clean, 1 findings or invalid config, 2 wrong usage. */
export function exitCodeOf(error: unknown): number {
  return error instanceof ExpectedError || error instanceof Fault ? error.exitCode : 1;
}

/** The message for a person. Only a fault of our own asks for more than the message. */
export function describeError(error: unknown): string {
  if (error instanceof ExpectedError) return error.message;
  const said = describeSystemError(error);
  if (said !== undefined) return said;
  const { message, stack } = error instanceof Error ? error : new Fault(String(error));
  if (process.env.OCTARINE_DEBUG) return stack ?? message;
  return `internal error: ${message} (a fault in Octarine; please report it with what OCTARINE_DEBUG=1 shows)`;
}

/** What a file system says of a file, and what a reader can do about it. By the codes of Node.js (errno(3)). */
const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  EACCES: "this user may not read or write it",
  EPERM: "this user may not change it",
  EROFS: "its file system is read-only; name another folder",
  ENOSPC: "no space is left on its disk",
  EDQUOT: "this user's disk quota is used up",
  EISDIR: "it is a folder where a file is needed",
  ENOTDIR: "a part of its path is a file, not a folder",
  ENOENT: "it does not exist",
  ENAMETOOLONG: "its name is too long for the file system",
  ELOOP: "it is a symbolic link that leads back to itself",
  EMFILE: "too many files are open; raise the limit (ulimit -n)",
  ENFILE: "too many files are open on this machine",
  EEXIST: "it exists already",
  EBUSY: "it is in use",
  EXDEV: "it is on a different file system from what is to be moved there",
};

/** One line with the file for what a file system refused; undefined for any other error. */
function describeSystemError(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, path: file, dest, syscall } = error as NodeJS.ErrnoException & { readonly dest?: string };
  const why = code === undefined ? undefined : SYSTEM_ERRORS[code];
  if (why === undefined || syscall === undefined) return undefined;
  const named = [file, dest].filter((each) => each !== undefined).map(relativePath);
  return `${named.join(" -> ") || "a file"}: ${why} (${code}, ${syscall})`;
}

function relativePath(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith("..") || relative === "" ? file : relative;
}

/** Prints and sets the exit code; output that is still being written is not cut off. */
export function reportAndExit(error: unknown): void {
  say(describeError(error));
  process.exitCode = exitCodeOf(error);
}
