import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { tools } from "../../live/tools";
import type { Live } from "../../live/question";
import type { Target } from "../../model/target";
import { checkReach } from "../deploy/reach";
import { UsageError } from "../report-error";
import { apiServerOf, kubeconfigOf, roleOf } from "./kubeconfig";

/** What commands take that look into a running cluster. */
export interface ConnectionOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly as?: string;
  readonly profile?: string;
}

/** A way to a target's API server and account. */
export interface Connection {
  readonly live: Live;
  /** Arguments that lead kubectl there. */
  readonly kubectlArgs: readonly string[];
  /** Variables that the tools have in addition. */
  readonly env: Readonly<Record<string, string>>;
  /** Takes away what was made for it. */
  readonly close: () => void;
}

/**
 * The way that the user names, or else one made for the target: the current context of a kubeconfig may be another cluster's.
 *
 * @throws CommandFailure
 * @throws UsageError
 */
export async function connect(
  target: Target,
  options: ConnectionOptions,
  octarine: readonly string[] = [],
): Promise<Connection> {
  const { kubeconfig, context, profile } = options;
  const env: Record<string, string> = profile === undefined ? {} : { AWS_PROFILE: profile };
  if (kubeconfig !== undefined || context !== undefined) {
    if (options.as !== undefined)
      throw new UsageError(
        "--as can't be combined with --kubeconfig or --context, which say who calls; remove it",
      );
    const kubectlArgs = [
      ...(kubeconfig === undefined ? [] : ["--kubeconfig", kubeconfig]),
      ...(context === undefined ? [] : ["--context", context]),
    ];
    const live = tools({
      env,
      octarine,
      region: target.region,
      ...(kubeconfig !== undefined && { kubeconfig }),
      ...(context !== undefined && { context }),
    });
    return { live, kubectlArgs, env, close: () => undefined };
  }
  const role = options.as === undefined ? undefined : roleOf(target, options.as);
  const server = await apiServerOf(target, tools({ env }));
  await checkReach(target, server.endpoint);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "octarine-"));
  const file = path.join(folder, "kubeconfig");
  const config = kubeconfigOf(target, server, {
    ...(role !== undefined && { roleArn: role }),
    ...(profile !== undefined && { profile }),
  });
  fs.writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
  return {
    live: tools({ env, octarine, region: target.region, kubeconfig: file }),
    kubectlArgs: ["--kubeconfig", file],
    env,
    close: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}
