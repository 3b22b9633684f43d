import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { driftJob } from "../../../src/ci/github/report-jobs";
import { aFolder } from "../../support/fixtures";

const { steps } = z
  .looseObject({ steps: z.array(z.looseObject({ name: z.string().optional(), run: z.string().optional() })) })
  .parse(driftJob(["drift-dev"]));
const script = steps.find(({ name }) => name === "Issue")?.run ?? "exit 99";

const GH = `#!/bin/sh
echo "$*" >> asked
case "$*" in *--paginate*) cat number 2>/dev/null || true ;; *body.txt) cp body.txt posted ;; esac
`;

function issue(failed: boolean, files: Readonly<Record<string, string>>) {
  const folder = aFolder({ gh: GH, ...files });
  fs.chmodSync(path.join(folder, "gh"), 0o755);
  const env = {
    PATH: `${folder}:${process.env.PATH}`,
    REPOSITORY: "acme/platform",
    FAILED: String(failed),
    RUN: "https://github.com/acme/platform/actions/runs/1",
  };
  const { status } = spawnSync("bash", ["-eo", "pipefail", "-c", script], { cwd: folder, env });
  const read = (file: string) =>
    fs.existsSync(path.join(folder, file)) ? fs.readFileSync(path.join(folder, file), "utf8") : "";
  return { status, asked: read("asked").trim().split("\n").slice(1), posted: read("posted") };
}

const DRIFT = { "drift/dev.md": "### Plan of dev\n" };

test("drift is one issue with all that was found", () => {
  const { status, asked, posted } = issue(true, { ...DRIFT, "drift/left-dev.md": "### Left in dev\n" });

  expect([status, asked]).toEqual([
    0,
    ["api --silent repos/acme/platform/issues -f title=Drift from the configuration -F body=@body.txt"],
  ]);
  expect(posted).toBe(
    "Of https://github.com/acme/platform/actions/runs/1\n\n### Plan of dev\n\n### Left in dev\n\n",
  );
});

test("the issue is written anew as long as there is drift, and closed when there is none", () => {
  expect(issue(true, { ...DRIFT, number: "12\n" }).asked).toEqual([
    "api --silent --method PATCH repos/acme/platform/issues/12 -F body=@body.txt",
  ]);
  expect(issue(false, { number: "12\n" }).asked).toEqual([
    "api --silent --method PATCH repos/acme/platform/issues/12 -f state=closed",
  ]);
  expect(issue(false, {})).toMatchObject({ status: 0, asked: [] });
});

test("a job that failed without a text is told, too", () => {
  expect(issue(true, {}).posted).toContain("actions/runs/1");
});

test("more than GitHub takes is cut", () => {
  const { status, posted } = issue(true, { "drift/dev.md": "x".repeat(200_000) });

  expect([status, posted.length]).toEqual([0, 65_000]);
});
