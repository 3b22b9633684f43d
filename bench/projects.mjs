import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const bin = (name) => path.join(root, "bin", name);

/** Stacks of a target that is a copy of the sample dev/us-east-1. */
export const STACKS_OF_TARGET = 5;

/** A project of Octarine with copies of a sample's environment, one after another. */
export function fleetOf(dir, count, sample = "dev") {
  const envs = path.join(dir, "envs");
  fs.cpSync(path.join(root, "envs", "platform.yaml"), path.join(envs, "platform.yaml"));
  for (let index = 0; index < count; index++)
    fs.cpSync(path.join(root, "envs", sample), path.join(envs, `env${index}`), { recursive: true });
  const app = `${JSON.stringify(process.execPath)} ${JSON.stringify(bin("synth.mjs"))}`;
  const config = { language: "typescript", app, projectId: "bench", sendCrashReports: "false" };
  fs.writeFileSync(path.join(dir, "cdktf.json"), JSON.stringify(config));
  return dir;
}

/** Changes one file of one target, to something else each time. */
export function touchOne(dir, round) {
  const file = path.join(dir, "envs", "env0", "environment.yaml");
  const text = fs.readFileSync(file, "utf8").replace(/\ntags: .*\n$/, "\n");
  fs.writeFileSync(file, `${text}tags: { round: "r${round}" }\n`);
}

export const octarine = (...args) => [process.execPath, [bin("octarine.mjs"), ...args]];

export const cdktfSynth = () => [
  process.execPath,
  [path.join(root, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf"), "synth"],
];

/**
 * A project as the template of cdktf's CLI makes it, with the stacks of bench/naive: its packages are ours, and ts-node, which
 * only this project needs, is installed into its folder.
 */
export function naiveProject(dir) {
  fs.cpSync(path.join(root, "bench", "naive"), dir, { recursive: true });
  fs.cpSync(path.join(root, ".gen"), path.join(dir, ".gen"), { recursive: true });
  fs.writeFileSync(path.join(dir, "package.json"), JSON.stringify({ name: "naive", private: true }));
  const { status, stderr } = spawnSync("npm", ["install", "--no-audit", "--no-fund", "ts-node@10.9.2"], {
    cwd: dir,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`npm install ts-node: ${stderr}`);
  const packages = path.join(dir, "node_modules");
  // Those that ts-node brings along may be of other versions than ours.
  for (const name of ["cdktf", "constructs", "@cdktf", "typescript", "@types/node"]) {
    const link = path.join(packages, name);
    fs.rmSync(link, { recursive: true, force: true });
    fs.mkdirSync(path.dirname(link), { recursive: true });
    fs.symlinkSync(path.join(root, "node_modules", name), link);
  }
  return dir;
}
