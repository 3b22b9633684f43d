// Records what a team types that begins with the packed package in an empty folder, with what is answered: docs/first-steps.md.
//
//   node tools/first-steps/record.mjs [--write] [--node DIR]   # DIR: the folder of another node to run all of it with
//
// After the installation every command runs without a network: in a namespace of its own that has none (unshare, Linux).
// Prints how long each took and what was installed.
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
const args = process.argv.slice(2);
const otherNode = args.includes("--node") ? args[args.indexOf("--node") + 1] : undefined;

const { OCTARINE_ENVS: _envs, TF_CLI_CONFIG_FILE: _terraformrc, ...inherited } = process.env;
const env = {
  ...inherited,
  ...(otherNode && { PATH: `${otherNode}${path.delimiter}${process.env.PATH}` }),
  NO_COLOR: "1",
  // cdktf's own look for updates and its crash reports.
  CHECKPOINT_DISABLE: "1",
  DISABLE_VERSION_CHECK: "1",
  CI: "1",
  npm_config_update_notifier: "false",
  npm_config_fund: "false",
  npm_config_audit: "false",
  npm_config_prefer_offline: "true",
};
const offline = ["unshare", "-rn"];
if (spawnSync(offline[0], [...offline.slice(1), "true"]).status !== 0)
  throw new Error("unshare -rn is not to be had here; without it nobody knows that no network was used");

const work = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "octarine-first-steps-"));
const folder = path.join(work, "platform");
const measured = [];

/** Runs a line as typed, and gives it with what it answers. */
function typed(line, { network = false } = {}) {
  const begun = performance.now();
  const [program, ...before] = [...(network ? [] : offline), "sh", "-c", `${line} 2>&1`];
  const { status, stdout } = spawnSync(program, before, {
    cwd: folder,
    env,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  measured.push([
    line,
    `${((performance.now() - begun) / 1000).toFixed(1)} s`,
    status === 0 ? "" : `exit ${status}`,
  ]);
  if (status !== 0) {
    report();
    throw new Error(`${line}: exit ${status}\n${stdout}`);
  }
  return `$ ${line}\n${readable(stdout)}`;
}

/** Without what is of this machine and moment, and no line longer than a page. */
function readable(text) {
  return (
    text
      .replaceAll(folder, ".")
      .replaceAll(work, "..")
      // Colours and times of cdktf's log, in which it puts what the app says on standard error.
      .replace(/\u001b\[\d+m/g, "")
      .replace(/^\[\d{4}-\S+\] \[ERROR\] default - /gm, "[ERROR] ")
      .split("\n")
      .map((line) => line.trimEnd())
      .filter((line) => !/^(npm (warn|notice)|added \d+|up to date|> )/.test(line))
      .join("\n")
      .replace(/\n{3,}/g, "\n\n")
      .trim()
      .concat("\n")
      .replace(/^\n$/, "")
  );
}

function megabytes(of) {
  const files = fs
    .readdirSync(path.join(folder, of), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile());
  const bytes = files.reduce(
    (sum, { parentPath, name }) => sum + fs.statSync(path.join(parentPath, name)).size,
    0,
  );
  return Math.ceil(bytes / 1e6);
}

function report() {
  const widest = Math.max(...measured.map(([line]) => line.length));
  for (const [line, time, status] of measured)
    process.stderr.write(`${line.padEnd(widest)}  ${time}  ${status}\n`);
}

try {
  fs.mkdirSync(folder);
  const packed = execFileSync("npm", ["pack", "--json", "--pack-destination", work], {
    cwd: root,
    encoding: "utf8",
  });
  const [{ filename, version, size }] = JSON.parse(packed.slice(packed.indexOf("[")));
  const begin = [
    typed(`npm install ../${filename}`, { network: true }),
    typed("npx octarine init --yes --account 111122223333 --environment prod --region us-east-1", {
      network: true,
    }),
    typed("npm install", { network: true }),
  ];
  const platform = megabytes("node_modules");
  const cdktf = typed("npm install --save-dev cdktf-cli@0.21.0", { network: true });
  const withCdktf = megabytes("node_modules");
  const work1 = [
    typed("npx octarine list"),
    typed("npm test --silent"),
    typed("npx octarine synth"),
    typed("npx octarine capacity prod/us-east-1 | head -6"),
    typed("npx octarine report --out report.html"),
    typed("npx octarine add target prod/us-west-2"),
  ];
  const app = [
    typed("npx octarine synth --force --out by-octarine"),
    typed("npx cdktf synth --hcl=false"),
    typed("diff -r by-octarine/stacks cdktf.out/stacks && echo the same bytes"),
  ];
  const node = execFileSync("node", ["--version"], { env, encoding: "utf8" }).trim();
  report();
  process.stderr.write(
    `Node.js ${node}, package ${(size / 1e6).toFixed(1)} MB, installed ${platform} MB, with cdktf-cli ${withCdktf} MB\n`,
  );
  const fence = (lines) => `\`\`\`console\n${lines.join("\n").trimEnd()}\n\`\`\``;
  const page = `# First steps, recorded

What a team types in an empty folder with Node.js, and what it is answered. \`node tools/first-steps/record.mjs --write\` in Octarine's repository
types it anew and writes this page: the package is the packed one (${filename}; from npm it is \`npm install octarine\`), and whatever comes
after the installation runs in a network namespace that has no network.

## Begin

${fence(begin)}

## Work

${fence(work1)}

## By cdktf

Only who wants to run \`cdktf\` itself installs its CLI.

${fence([cdktf, ...app])}

Octarine ${version} with all that it needs takes ${platform} MB, with TypeScript for code of one's own; with cdktf's CLI ${withCdktf} MB.
`;
  if (args.includes("--write")) fs.writeFileSync(path.join(root, "docs", "first-steps.md"), page);
  else process.stdout.write(page);
} finally {
  fs.rmSync(work, { recursive: true, force: true });
}
