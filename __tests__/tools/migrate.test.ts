import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { aFolder } from "../support/fixtures";

const SCRIPT = path.join(__dirname, "../../examples/migration/migrate.sh");

/** Stands for kubectl and velero: writes down how it was called and answers with the phase asked for. */
const stub = (phases: Readonly<Record<string, string>>) => `#!/bin/sh
echo "$(basename "$0") $*" >> "$CALLS"
case "$*" in
${Object.entries(phases)
  .map(([pattern, phase]) => `  *"${pattern}"*jsonpath*) printf ${phase} ;;`)
  .join("\n")}
  *"get deployment"*) echo deployment.apps/api ;;
esac
`;

function migrate(args: readonly string[], phases: Readonly<Record<string, string>> = {}) {
  const answers = {
    backupstoragelocation: "Available",
    "get backup ": "Completed",
    "get restore": "Completed",
  };
  const text = stub({ ...answers, ...phases });
  const dir = aFolder({ "bin/kubectl": text, "bin/velero": text, calls: "" });
  for (const name of ["kubectl", "velero"]) fs.chmodSync(path.join(dir, "bin", name), 0o755);
  const { status, stderr, stdout } = spawnSync("bash", [SCRIPT, ...args], {
    env: {
      PATH: `${path.join(dir, "bin")}:${process.env.PATH ?? ""}`,
      CALLS: path.join(dir, "calls"),
      POLL_SECONDS: "0",
    },
    encoding: "utf8",
  });
  const calls = fs.readFileSync(path.join(dir, "calls"), "utf8").trim().split("\n");
  fs.rmSync(dir, { recursive: true });
  return { status, stderr, stdout, calls };
}

test("a migration is: look, back up in the old, restore in the new, wait", () => {
  const { status, calls, stdout } = migrate(["old", "new", "shop", "ledger"]);

  expect(status).toBe(0);
  const velero = calls.filter((call) => call.startsWith("velero"));
  expect(velero).toEqual([
    expect.stringMatching(/^velero --kubecontext old backup create .*--include-namespaces shop,ledger /),
    expect.stringMatching(/^velero --kubecontext new restore create .*--from-backup migration-\d{14} /),
  ]);
  expect(calls[0]).toContain("--context new -n velero get backupstoragelocation restore-from");
  expect(calls.at(-1)).toContain("--context new");
  expect(calls).toContain("kubectl --context new -n shop rollout status deployment.apps/api --timeout=10m");
  expect(stdout).toContain("shop,ledger run in new");
});

test("nothing is done in the old cluster but reading and the backup", () => {
  const { calls } = migrate(["old", "new", "shop"]);

  const inOld = calls.filter((call) => /context old /.test(call));
  expect(inOld.filter((call) => !/ get | backup create /.test(call))).toEqual([]);
});

test.each<[string, string[], Record<string, string>, number, string]>([
  ["too few arguments", ["old", "new"], {}, 2, "usage: migrate.sh OLD_CONTEXT NEW_CONTEXT NAMESPACE..."],
  ["a platform namespace", ["old", "new", "kube-system"], {}, 2, "kube-system is the platform's"],
  ["the same cluster twice", ["a", "a", "shop"], {}, 2, "a is both the old and the new cluster"],
  [
    "a bucket that can't be read",
    ["old", "new", "shop"],
    { backupstoragelocation: "Unavailable" },
    1,
    "location restore-from is Unavailable in new",
  ],
  [
    "a backup with errors",
    ["old", "new", "shop"],
    { "get backup ": "PartiallyFailed" },
    1,
    "PartiallyFailed",
  ],
])("stops at %s", (_what, args, phases, code, message) => {
  const { status, stderr, calls } = migrate(args, phases);

  expect(status).toBe(code);
  expect(stderr).toContain(message);
  expect(calls.filter((call) => call.includes("restore create"))).toEqual([]);
});
