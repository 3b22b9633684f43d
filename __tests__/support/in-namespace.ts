import { spawnSync } from "node:child_process";

/** Runs a shell script as root of a user namespace of its own, in which it may mount what it likes. */
export function inNamespace(script: string, env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync("unshare", ["-Urm", "sh", "-ec", script], {
    env: { ...process.env, ...env },
    encoding: "utf8",
    timeout: 120_000,
  });
  return { status, stdout, stderr };
}

/** Why mounts can't be made here; undefined where they can. */
export function noMounts(): string | undefined {
  const tried = inNamespace("mount -t tmpfs tmpfs /mnt");
  return tried.status === 0 ? undefined : "this system lets nobody mount in a user namespace (unshare -Urm)";
}
