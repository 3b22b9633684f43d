import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import type { Target } from "../../model/target";
import { CommandFailure } from "../report-error";

const TIMEOUT_MS = 5_000;

/** Where Terraform would connect to: the API server, or the near end of a tunnel to it. */
export function apiAddress(target: Target, endpoint: string): { host: string; port: number } {
  const { runner } = target.config;
  if (runner?.reach === "ssm-tunnel") return { host: "127.0.0.1", port: runner.localPort };
  const { hostname, port } = new URL(endpoint);
  return { host: hostname, port: port === "" ? 443 : Number(port) };
}

/**
 * Tries to connect to the Kubernetes API. Without it Helm would fail after minutes, half-way through a stack.
 *
 * @throws CommandFailure that says what this target's `runner.reach` needs
 */
export async function checkReach(target: Target, endpoint: string): Promise<void> {
  const { host, port } = apiAddress(target, endpoint);
  const problem = await connect(host, port);
  if (problem === undefined) return;
  throw new CommandFailure(
    `the Kubernetes API of ${target.name} can't be reached at ${host}:${port} (${problem}).\n${remedy(target, endpoint)}`,
  );
}

function connect(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: TIMEOUT_MS });
    const done = (problem?: string) => {
      socket.destroy();
      resolve(problem);
    };
    socket.on("connect", () => done());
    socket.on("timeout", () => done(`no answer in ${TIMEOUT_MS / 1000} s`));
    socket.on("error", ({ message }) => done(message));
  });
}

/** The command that opens a target's tunnel; undefined where its API is reached without one. */
export function tunnelCommand({ config, region }: Target, endpoint: string): string | undefined {
  const { runner } = config;
  if (runner?.reach !== "ssm-tunnel") return undefined;
  return (
    `aws ssm start-session --region ${region} --target ${runner.instanceId}` +
    " --document-name AWS-StartPortForwardingSessionToRemoteHost" +
    ` --parameters host=${new URL(endpoint).hostname},portNumber=443,localPortNumber=${runner.localPort}`
  );
}

function remedy(target: Target, endpoint: string): string {
  switch (target.config.runner?.reach) {
    case "ssm-tunnel":
      return `Open the tunnel in another terminal, then run this again:\n  ${tunnelCommand(target, endpoint) ?? ""}`;
    case "in-vpc":
      return "runner.reach is in-vpc: run this on a machine in the VPC, admitted by runner.securityGroups or runner.cidrs.";
    case "peered":
      return "runner.reach is peered: check VPN or peering, its routes, and that this machine's address is in runner.cidrs.";
    default:
      return "The endpoint is public: check that this machine's address is in cluster.endpoint.cidrs.";
  }
}

/** Whether what a stack was synthesized to talks to the Kubernetes API: others need no way to it. */
export function callsKubernetes(stackFolder: string): boolean {
  const text = fs.readFileSync(path.join(stackFolder, "cdk.tf.json"), "utf8");
  const { provider = {} } = JSON.parse(text) as { provider?: object };
  return "helm" in provider || "kubernetes" in provider;
}
