import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { githubWorkflow } from "../../../src/ci/github/workflow";
import { COMMENT_LIMIT } from "../../../src/plan-review/format/markdown";
import { ciOptions, onGithub, samples as fleet } from "../../support/ci-files";
import { aFolder, aTarget } from "../../support/fixtures";
import { missingProgram, testUnless } from "../../support/missing-tools";

const job = z.looseObject({
  if: z.string().optional(),
  needs: z.array(z.string()).optional(),
  environment: z.string().optional(),
  permissions: z.record(z.string(), z.string()).optional(),
  steps: z.array(
    z.looseObject({ name: z.string().optional(), uses: z.string().optional(), run: z.string().optional() }),
  ),
  strategy: z
    .object({
      matrix: z.object({
        include: z.array(
          z.strictObject({
            target: z.string(),
            environment: z.string(),
            region: z.string(),
            workspace: z.string(),
            stacks: z.string(),
            role: z.string(),
            runner: z.array(z.string()),
          }),
        ),
      }),
    })
    .optional(),
});
const workflowSchema = z.looseObject({
  permissions: z.strictObject({ contents: z.literal("read") }),
  jobs: z.record(z.string(), job),
});
const OWN = "github.event.pull_request.head.repo.full_name == github.repository";
const made = githubWorkflow(onGithub(), ciOptions());
const workflow = workflowSchema.parse(parse(made.text));
const jobs = Object.entries(workflow.jobs);
const matrixOf = (prefix: string) =>
  jobs.filter(([name]) => name.startsWith(prefix)).flatMap(([, each]) => each.strategy?.matrix.include ?? []);

describe("the GitHub workflow", () => {
  test.each(["plan-", "deploy-"])("%s jobs have each target once, with its stacks in order", (prefix) => {
    expect(matrixOf(prefix).map(({ target, stacks }) => [target, stacks])).toEqual(
      fleet.targets.map((target) => [target.name, target.stacks.join(" ")]),
    );
  });

  test("each job runs in its target's environment, which the token's subject names", () => {
    const wrong = jobs.flatMap(([, each]) =>
      each.environment === undefined
        ? []
        : (each.strategy?.matrix.include ?? []).filter(({ environment }) => environment !== each.environment),
    );
    expect(wrong).toEqual([]);
    expect(made.remarks).toEqual([]);
  });

  test("only jobs that need AWS may ask for a token, and each that writes may write one thing", () => {
    const reports: Readonly<Record<string, unknown>> = {
      check: undefined,
      comment: { "pull-requests": "write" },
      findings: { "security-events": "write", actions: "read", contents: "read" },
      "drift-issue": { issues: "write" },
    };
    for (const [name, { permissions }] of jobs)
      expect([name, permissions]).toEqual([
        name,
        name in reports ? reports[name] : { contents: "read", "id-token": "write" },
      ]);
  });

  test.each(["comment", "findings", "drift-issue"])(
    "%s gets texts from the other jobs and runs no code of theirs",
    (name) => {
      const given = workflow.jobs[name];
      const used = (given?.steps ?? []).flatMap(({ uses = [] }) => uses);

      expect(
        used.filter(
          (uses) => !/^(actions\/download-artifact|github\/codeql-action\/upload-sarif)@/.test(uses),
        ),
      ).toEqual([]);
      expect(JSON.stringify(given?.steps)).not.toMatch(/npx|npm/);
    },
  );

  test("pull requests of forks get no token and no comment", () => {
    const open = jobs.filter(
      ([, each]) =>
        each.permissions !== undefined && each.if?.includes("pull_request") && !each.if.includes(OWN),
    );

    expect(open).toEqual([]);
    expect(workflow.jobs["plan-prod"]?.if).toContain(OWN);
  });

  describe("the script that comments", () => {
    const script = workflow.jobs.comment?.steps.find(({ name }) => name === "Comment")?.run ?? "";
    const GH = `#!/bin/sh
echo "$*" >> asked
case "$*" in *--paginate*) cat id 2>/dev/null || true ;; *) cp body.txt posted ;; esac
`;

    function comment(text: string, id?: string) {
      const folder = aFolder({ gh: GH, "comments/dev.md": text, ...(id !== undefined && { id }) });
      fs.chmodSync(path.join(folder, "gh"), 0o755);
      const env = { PATH: `${folder}:${process.env.PATH}`, REPOSITORY: "acme/platform", NUMBER: "7" };
      const { status } = spawnSync("bash", ["-eo", "pipefail", "-c", script], { cwd: folder, env });
      const [posted = "", asked = ""] = ["posted", "asked"].map((file) =>
        fs.readFileSync(path.join(folder, file), "utf8"),
      );
      fs.rmSync(folder, { recursive: true });
      expect(status).toBe(0);
      return { posted, asked: asked.trim().split("\n") };
    }

    test("posts the longest review whole below its heading, and cuts what is longer at GitHub's limit", () => {
      const review = `### Plan of ${"production".repeat(10)}\n\n${"x".repeat(COMMENT_LIMIT)}`;

      expect(comment(review).posted).toBe(`<!-- octarine dev -->\n${review}`);
      expect(comment("x".repeat(2 * COMMENT_LIMIT)).posted.length).toBeLessThan(65_536);
    });

    test("replaces its own comment and nobody else's", () => {
      const [first, again] = [comment("a"), comment("a", "42\n43\n")];

      expect(first.asked[0]).toContain('select(.user.login == "github-actions[bot]" and');
      expect(first.asked[0]).toContain('startswith("<!-- octarine dev -->")');
      expect(first.asked[1]).toBe("api --silent repos/acme/platform/issues/7/comments -F body=@body.txt");
      expect(again.asked[1]).toBe(
        "api --silent --method PATCH repos/acme/platform/issues/comments/42 -F body=@body.txt",
      );
    });
  });

  test("tells of the changes even where a check refuses", () => {
    const names = ["Text on the changes", "Summary", "Guardrails"];
    const conditions = names.map((name) => workflow.jobs.check?.steps.find((step) => step.name === name)?.if);

    expect(conditions).toEqual(["always() && github.event_name == 'pull_request'", "always()", undefined]);
  });

  test("every text has a name of its own", () => {
    const uploads = jobs.flatMap(([, { steps }]) =>
      steps
        .filter(({ uses }) => uses?.startsWith("actions/upload-artifact@"))
        .map((step) => z.object({ name: z.string(), path: z.string() }).loose().parse(step.with)),
    );
    const names = new Set(uploads.map(({ name }) => name));

    expect(names).toEqual(
      new Set([
        "findings",
        "comments-check",
        "comments-${{ matrix.workspace }}",
        "drift-${{ matrix.workspace }}",
        "drift-${{ matrix.environment }}-left",
      ]),
    );
    // A plan holds what it is made of, secrets too.
    expect(new Set(uploads.map(({ path: folder }) => folder))).toEqual(
      new Set(["findings", "comments", "drift"]),
    );
  });

  test("what waits for a target is not dropped for what comes later", () => {
    const alone = jobs.filter(([name]) => /^(plan|deploy|federate|drift)-(?!issue)/.test(name));

    expect(alone.length).toBeGreaterThan(0);
    for (const [, each] of alone)
      expect(each.concurrency).toEqual({
        group: "octarine-${{ matrix.workspace }}",
        "cancel-in-progress": false,
        queue: "max",
      });
  });

  test("drift is looked for without reviewers, by the branch", () => {
    expect(workflow.jobs["drift-prod"]?.environment).toBeUndefined();
    expect(workflow.jobs["drift-prod"]?.if).toBe(
      "github.event_name == 'schedule' || github.event_name == 'workflow_dispatch'",
    );
    expect(workflow.jobs["drift-issue"]?.needs).toEqual(["drift-dev", "drift-prod", "drift-staging", "left"]);
  });

  test("every action is pinned to a commit", () => {
    const actions = jobs.flatMap(([, { steps }]) => steps.flatMap(({ uses }) => uses ?? []));
    expect(actions.length).toBeGreaterThan(0);
    expect(actions.filter((uses) => !/^[\w-]+(\/[\w-]+){1,2}@[0-9a-f]{40}$/.test(uses))).toEqual([]);
  });

  test("no script contains an expression, whose value would run as code", () => {
    const scripts = jobs.flatMap(([, { steps }]) => steps.flatMap(({ run }) => run ?? []));
    expect(scripts.filter((run) => run.includes("${{"))).toEqual([]);
  });

  test("every script is a command line that bash and octarine take", () => {
    const scripts = jobs.flatMap(([, { steps }]) => steps.flatMap(({ run }) => run ?? []));
    const refused = scripts.filter((run) => spawnSync("bash", ["-n", "-c", run]).status !== 0);
    const commands = scripts.flatMap((run) =>
      [...run.matchAll(/npx octarine ([a-z]+)/g)].map((match) => match[1]),
    );

    expect(refused).toEqual([]);
    expect(new Set(commands)).toEqual(
      new Set(["config", "synth", "check", "capacity", "cost", "diff", "ci", "plan", "deploy", "list"]),
    );
  });

  test("says which targets CI can't reach", () => {
    const { remarks, text } = githubWorkflow({ targets: [aTarget()] }, ciOptions());

    expect(remarks).toEqual([
      "dev/us-east-1 is only checked, not planned or deployed: account.ci is not { kind: github, ... }",
    ]);
    expect(Object.keys(workflowSchema.parse(parse(text)).jobs)).toEqual(["check", "comment", "findings"]);
  });

  test("says which subject is missing", () => {
    const target = aTarget(
      'account: { ci: { kind: github, subjects: ["repo:acme/platform:environment:prod"] } }',
    );
    expect(githubWorkflow({ targets: [target] }, ciOptions({ branch: "trunk" })).remarks).toEqual([
      "dev/us-east-1: AWS would refuse its jobs; add repo:<owner>/<name>:environment:dev to account.ci.subjects",
      "dev/us-east-1: drift is not looked for; add repo:<owner>/<name>:ref:refs/heads/trunk to account.ci.subjects",
    ]);
  });

  describe.each([{}, { shards: 3 }, { shards: 2, committed: true }, { deploys: false }])(
    "with %j",
    (changes) => {
      testUnless(missingProgram("actionlint", "-version"), "actionlint takes it", () => {
        const { text } = githubWorkflow(onGithub(), ciOptions(changes));
        const folder = aFolder({ ".github/workflows/octarine.yml": text });
        // actionlint 1.7.12 does not know the key yet (GitHub Changelog, 2026-05-07, "concurrency groups now allow larger queues").
        const args = ["-no-color", "-ignore", 'unexpected key "queue" for "concurrency"'];
        const { stdout } = spawnSync("actionlint", [...args, ".github/workflows/octarine.yml"], {
          cwd: folder,
          encoding: "utf8",
        });
        expect(stdout).toBe("");
      });
    },
  );
});
