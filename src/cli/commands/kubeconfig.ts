import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Command } from "commander";
import { stringify } from "yaml";
import { selectTarget } from "../../fleet/select-targets";
import { tools } from "../../live/tools";
import { apiServerOf, kubeconfigOf, mergedKubeconfig, roleOf } from "../access/kubeconfig";
import { tunnelCommand } from "../deploy/reach";
import { print, say } from "../terminal";
import { warnedFleet } from "../warned-fleet";
import { isStandardOutput, writeWhole } from "../write-whole";

interface KubeconfigOptions {
  readonly as?: string;
  readonly profile?: string;
  readonly out?: string;
  readonly merge?: string | true;
}

export async function kubeconfig(name: string, options: KubeconfigOptions, command: Command): Promise<void> {
  const target = selectTarget(warnedFleet(command, [name], []), name);
  const { profile } = options;
  const role = options.as === undefined ? undefined : roleOf(target, options.as);
  const env: Record<string, string> = profile === undefined ? {} : { AWS_PROFILE: profile };
  const server = await apiServerOf(target, tools({ env }));
  const config = kubeconfigOf(target, server, {
    ...(role !== undefined && { roleArn: role }),
    ...(profile !== undefined && { profile }),
  });
  if (options.merge !== undefined) merge(options.merge === true ? usualFile() : options.merge, config);
  else if (options.out === undefined || isStandardOutput(options.out)) print(stringify(config).trimEnd());
  else {
    writeWhole(options.out, stringify(config));
    fs.chmodSync(options.out, 0o600);
    say(`wrote ${options.out}; use it with: kubectl --kubeconfig ${options.out} get nodes`);
  }
  const tunnel = tunnelCommand(target, server.endpoint);
  if (tunnel !== undefined) say(`the API is reached through a tunnel; open it first:\n  ${tunnel}`);
}

function merge(file: string, config: ReturnType<typeof kubeconfigOf>): void {
  const isThere = fs.existsSync(file);
  const text = mergedKubeconfig(isThere ? fs.readFileSync(file, "utf8") : "", config, file);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  writeWhole(file, text);
  if (!isThere) fs.chmodSync(file, 0o600);
  say(`${file}: the current context is ${config["current-context"]}`);
}

/** The file that kubectl itself writes to (https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/). */
function usualFile(): string {
  const first = process.env.KUBECONFIG?.split(path.delimiter).find((each) => each !== "");
  return first ?? path.join(os.homedir(), ".kube", "config");
}
