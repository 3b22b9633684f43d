import { execFile } from "node:child_process";

/** Output of the aws CLI as JSON, or why there is none. */
export type AwsAnswer = { readonly output: unknown } | { readonly failure: string };
export type AwsCli = (args: readonly string[]) => Promise<AwsAnswer>;

/** Failures that every other question would meet, too, after as long a wait. */
const NOBODY_THERE = /not installed|no answer|credentials|token|could not connect/i;

/**
 * The aws CLI in one region. Where it can't work at all it is asked only once.
 *
 * @param credentials variables of its environment in place of the caller's: those of a role
 */
export function awsCli(
  region: string,
  timeoutSeconds: number,
  binary = "aws",
  credentials: Readonly<Record<string, string>> = {},
): AwsCli {
  let failed: string | undefined;
  return async (args) => {
    if (failed !== undefined) return { failure: failed };
    const answer = await run(
      binary,
      [...args, "--region", region, "--output", "json", "--cli-connect-timeout", String(timeoutSeconds)],
      timeoutSeconds,
      credentials,
    );
    if ("failure" in answer && NOBODY_THERE.test(answer.failure)) failed = answer.failure;
    return answer;
  };
}

function run(
  binary: string,
  args: readonly string[],
  timeoutSeconds: number,
  credentials: Readonly<Record<string, string>>,
): Promise<AwsAnswer> {
  const env = { ...process.env, ...credentials, AWS_MAX_ATTEMPTS: "1", AWS_PAGER: "" };
  return new Promise((resolve) => {
    execFile(
      binary,
      args,
      { env, timeout: 2 * timeoutSeconds * 1000, maxBuffer: 1 << 26 },
      (error, stdout, stderr) => {
        if (error === null) return resolve(parsed(stdout));
        if (error.code === "ENOENT") return resolve({ failure: "the aws CLI is not installed" });
        const said = stderr.split("\n").find((line) => line.trim() !== "");
        return resolve({
          failure: `aws ${args[0]} ${args[1]}: ${said?.trim() ?? `no answer in ${2 * timeoutSeconds} s`}`,
        });
      },
    );
  });
}

function parsed(stdout: string): AwsAnswer {
  try {
    return { output: JSON.parse(stdout) as unknown };
  } catch {
    return { failure: "the aws CLI did not answer in JSON" };
  }
}
