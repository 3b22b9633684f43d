import { spawnSync } from "node:child_process";

/** What Helm printed, or why there is nothing. */
export type HelmAnswer = { readonly output: string } | { readonly problem: string };

/** Runs Helm with these arguments. */
export type Helm = (args: readonly string[]) => HelmAnswer;

/** `helm` on the PATH. */
export const helm: Helm = (args) => {
  const run = spawnSync("helm", args, {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (run.error) {
    const why = "code" in run.error && run.error.code === "ENOENT" ? "is not on the PATH" : run.error.message;
    return { problem: `helm ${why}; install Helm 3` };
  }
  if (run.status === 0) return { output: run.stdout };
  return { problem: firstError(run.stderr) };
};

function firstError(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("WARNING"));
  return (
    lines.find((line) => line.startsWith("Error:")) ??
    lines[0] ??
    "helm failed and said nothing"
  ).trim();
}
