import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { runnerLabels } from "../../src/ci/ci-target";
import { githubWorkflow } from "../../src/ci/github-workflow";
import { loadFleet } from "../../src/fleet/load-fleet";
import { COMMENT_LIMIT } from "../../src/plan-review/format/markdown";
import { aFolder, aTarget } from "../support/fixtures";

const fleet = loadFleet("envs");

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
/** All targets as if their CI were GitHub Actions. */
const onGithub = {
  targets: fleet.targets.map((target) =>
    target.with({
      config: {
        ...target.config,
        account: {
          ...target.config.account,
          ci: {
            kind: "github" as const,
            subjects: [`repo:acme/platform:environment:${target.environment}`],
            role: "octarine-ci",
            provider: "create" as const,
          },
        },
      },
    }),
  ),
};
const made = githubWorkflow(onGithub);
const workflow = workflowSchema.parse(parse(made.yaml));
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
      (each.strategy?.matrix.include ?? []).filter(({ environment }) => environment !== each.environment),
    );
    expect(wrong).toEqual([]);
    expect(made.remarks).toEqual([]);
  });

  test("only jobs that need AWS may ask for a token, and only the one that comments may write", () => {
    for (const [name, { permissions }] of jobs) {
      const expected: Record<string, unknown> = {
        check: undefined,
        comment: { "pull-requests": "write" },
      };
      expect([name, permissions]).toEqual([
        name,
        name in expected ? expected[name] : { contents: "read", "id-token": "write" },
      ]);
    }
  });

  test("the job that comments gets only texts from the pull request, no code", () => {
    const { comment } = workflow.jobs;

    expect(comment?.needs).toEqual(["check", "plan-dev", "plan-prod", "plan-staging"]);
    expect(comment?.steps.flatMap(({ uses = [] }) => uses)).toEqual([
      expect.stringMatching(/^actions\/download-artifact@/),
    ]);
    expect(JSON.stringify(comment?.steps)).not.toContain("npx");
    expect(comment?.if).toContain("head.repo.full_name == github.repository");
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

  test("comments even where a check refuses", () => {
    const steps = workflow.jobs.check?.steps.slice(-2) ?? [];

    expect(steps.map((step) => step.if)).toEqual([
      "always() && github.event_name == 'pull_request'",
      "always() && github.event_name == 'pull_request'",
    ]);
  });

  test("hands every text for a comment over under its own name", () => {
    const uploads = jobs.flatMap(([name, { steps }]) =>
      steps
        .filter(({ uses }) => uses?.startsWith("actions/upload-artifact@"))
        .map((step) => [name, step.with]),
    );
    expect(uploads.map(([name]) => name)).toEqual(["check", "plan-dev", "plan-prod", "plan-staging"]);
    expect(JSON.stringify(uploads)).toContain("comment-${{ matrix.workspace }}");
  });

  test("production is deployed after all others", () => {
    expect(workflow.jobs["deploy-prod"]?.needs).toEqual(["check", "deploy-dev", "deploy-staging"]);
    expect(workflow.jobs["deploy-dev"]?.needs).toEqual(["check"]);
  });

  test("a pull request plans and a push deploys; forks get nothing", () => {
    for (const [name, each] of jobs) {
      if (name.startsWith("plan-")) expect(each.if).toContain("head.repo.full_name == github.repository");
      if (name.startsWith("deploy-")) expect(each.if).toBe("github.event_name == 'push'");
    }
  });

  test("every action is pinned to a commit", () => {
    const actions = jobs.flatMap(([, { steps }]) => steps.flatMap(({ uses }) => uses ?? []));
    expect(actions.length).toBeGreaterThan(0);
    expect(actions.filter((uses) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(uses))).toEqual([]);
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
      new Set(["config", "synth", "check", "capacity", "cost", "diff", "plan", "deploy"]),
    );
  });

  test("says which targets CI can't reach", () => {
    const { remarks, yaml } = githubWorkflow({ targets: [aTarget()] });

    expect(remarks).toEqual([
      "dev/us-east-1 is only checked, not planned or deployed: account.ci is not { kind: github, ... }",
    ]);
    expect(Object.keys(workflowSchema.parse(parse(yaml)).jobs)).toEqual(["check", "comment"]);
  });

  test("says which subject is missing", () => {
    const target = aTarget(
      'account: { ci: { kind: github, subjects: ["repo:acme/platform:environment:prod"] } }',
    );
    expect(githubWorkflow({ targets: [target] }).remarks).toEqual([
      "dev/us-east-1: AWS would refuse its jobs; add repo:<owner>/<name>:environment:dev to account.ci.subjects",
    ]);
  });
});

test.each([
  ["{ reach: in-vpc }", "dev-us-east-1"],
  ["{ reach: ssm-tunnel, instanceId: i-0a1b2c3d4e5f60718 }", "dev-us-east-1-tunnel"],
  ["{ reach: peered, cidrs: [10.250.0.0/24] }", "dev"],
  ["{ reach: public }", "dev"],
])("runner %s asks for a self-hosted runner labelled %s", (runner, label) => {
  expect(runnerLabels(aTarget(`runner: ${runner}`))).toEqual(["self-hosted", "octarine", label]);
});
