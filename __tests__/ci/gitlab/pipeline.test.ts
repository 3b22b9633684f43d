import { spawnSync } from "node:child_process";
import { Testing } from "cdktf";
import { parse } from "yaml";
import { z } from "zod";
import { gitlabPipeline } from "../../../src/ci/gitlab/pipeline";
import { environmentOf } from "../../../src/fleet/environment";
import { BootstrapStack } from "../../../src/stacks/bootstrap/bootstrap-stack";
import { ciOptions, onGitlab, samples, withCi } from "../../support/ci-files";
import { aFolder, aTarget } from "../../support/fixtures";
import { missingProgram, testUnless } from "../../support/missing-tools";

const job = z.looseObject({
  stage: z.string(),
  rules: z.array(z.looseObject({ if: z.string(), when: z.string().optional() })),
  needs: z.array(z.object({ job: z.string(), artifacts: z.boolean() })),
  script: z.array(z.string()),
  before_script: z.array(z.string()).optional(),
  after_script: z.array(z.string()).optional(),
  tags: z.array(z.string()).optional(),
  parallel: z.object({ matrix: z.array(z.record(z.string(), z.string())) }).optional(),
  id_tokens: z.record(z.string(), z.object({ aud: z.string() })).optional(),
  artifacts: z.looseObject({ paths: z.array(z.string()), access: z.string() }).optional(),
});
const KEYWORDS = ["workflow", "stages", "variables"];

function read(text: string) {
  const all = z.record(z.string(), z.unknown()).parse(parse(text));
  const jobs = Object.entries(all).filter(([name]) => !KEYWORDS.includes(name));
  return Object.fromEntries(jobs.map(([name, each]) => [name, job.parse(each)]));
}

const made = gitlabPipeline(onGitlab(), ciOptions());
const jobs = read(made.text);

test("production waits for somebody who starts it, and for all others", () => {
  const { "deploy-prod": prod, "deploy-dev": dev } = jobs;

  expect(prod?.rules).toEqual([
    {
      if: '$CI_COMMIT_BRANCH == "main" && $CI_PIPELINE_SOURCE != "schedule"',
      when: "manual",
      allow_failure: false,
    },
  ]);
  expect(prod?.needs.map((each) => each.job)).toEqual(["check", "plan-prod", "deploy-dev", "deploy-staging"]);
  expect(dev?.rules[0]?.when).toBeUndefined();
  expect([prod?.environment, prod?.resource_group]).toEqual([
    { name: "$TARGET", deployment_tier: "production" },
    "octarine-$WORKSPACE",
  ]);
});

test("each target is planned, deployed and watched once, on the runner that reaches it, with its own role", () => {
  for (const kind of ["plan-", "deploy-", "drift-"]) {
    const places = Object.entries(jobs)
      .filter(([name]) => name.startsWith(kind))
      .flatMap(([, each]) => each.parallel?.matrix ?? []);

    expect(places.map(({ TARGET }) => TARGET)).toEqual(samples.targets.map(({ name }) => name));
  }
  expect(jobs["plan-prod"]?.tags).toEqual(["octarine", "$RUNNER"]);
  expect(jobs["plan-prod"]?.parallel?.matrix[0]).toMatchObject({ RUNNER: "prod-eu-west-1-tunnel" });
  expect(jobs["plan-prod"]?.variables).toMatchObject({ ROLE: "arn:aws:iam::333333333333:role/octarine-ci" });
});

test("a token is for the audience that bootstrap has AWS ask for, and no job of a merge request gets one", () => {
  for (const { id_tokens, rules } of Object.values(jobs).filter((each) => each.id_tokens)) {
    expect(id_tokens).toEqual({ AWS_TOKEN: { aud: "https://gitlab.com" } });
    expect(rules.filter((rule) => rule.if.includes("merge_request"))).toEqual([]);
  }
});

// gitlab-org/gitlab, doc/ci/cloud_services/aws/_index.md: provider and audience are the address of the instance, without a slash at
// the end; lib/gitlab/ci/jwt_v2.rb: iss is that address, sub the path of the project and the ref.
test("AWS trusts the tokens of the jobs: bootstrap's provider has their issuer, and its role their audience and subject", () => {
  const subject = "project_path:ops/platform:ref_type:branch:ref:main";
  const target = aTarget(
    `account: { ci: { kind: gitlab, host: gitlab.acme.example, subjects: ["${subject}"] } }`,
  );
  const { id_tokens: tokens } =
    read(gitlabPipeline({ targets: [target] }, ciOptions()).text)["deploy-dev"] ?? {};
  const stack = new BootstrapStack(Testing.app(), {
    environment: environmentOf({ targets: [target] }, "dev"),
    state: { kind: "bucket" },
  });
  const { resource } = z
    .object({
      resource: z.object({
        aws_iam_openid_connect_provider: z.record(
          z.string(),
          z.looseObject({ client_id_list: z.array(z.string()) }),
        ),
        aws_iam_role: z.record(z.string(), z.looseObject({ assume_role_policy: z.string() })),
      }),
    })
    .parse(JSON.parse(Testing.synth(stack)));
  const [provider] = Object.values(resource.aws_iam_openid_connect_provider);
  const trust = Object.values(resource.aws_iam_role)
    .map((role) => role.assume_role_policy)
    .join();

  expect(tokens).toEqual({ AWS_TOKEN: { aud: "https://gitlab.acme.example" } });
  expect(provider).toMatchObject({
    url: "https://gitlab.acme.example",
    client_id_list: ["https://gitlab.acme.example"],
  });
  expect(trust).toContain(
    JSON.stringify({
      StringEquals: {
        "gitlab.acme.example:aud": "https://gitlab.acme.example",
        "gitlab.acme.example:sub": [subject],
      },
    }),
  );
});

test("merge requests are planned where a subject without a ref lets them, never those of forks", () => {
  const { text } = gitlabPipeline(
    withCi("gitlab", () => ["project_path:acme/platform"]),
    ciOptions(),
  );

  expect(read(text)["plan-prod"]?.rules).toEqual([
    {
      if: '$CI_PIPELINE_SOURCE == "merge_request_event" && $CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_MERGE_REQUEST_PROJECT_ID',
    },
  ]);
});

test("every need is a job of the same pipeline", () => {
  for (const { needs, rules } of Object.values(jobs)) {
    const conditions = rules.map((rule) => rule.if.split(" && $CI_MERGE_REQUEST")[0]);
    for (const each of needs)
      expect(jobs[each.job]?.rules.map((rule) => rule.if)).toEqual(expect.arrayContaining(conditions));
  }
});

test("jobs that write on GitLab have no code of the repository, and they alone the token", () => {
  for (const [name, { environment }] of Object.entries(jobs))
    expect([name, JSON.stringify(environment ?? "").includes("octarine-comments")]).toEqual([
      name,
      ["comment", "drift-issue"].includes(name),
    ]);
  for (const name of ["comment", "drift-issue"]) {
    expect(jobs[name]).toMatchObject({ variables: { GIT_STRATEGY: "none" } });
    expect(jobs[name]?.script.join()).not.toMatch(/npx|npm/);
  }
  expect(jobs.comment?.rules[0]?.if).toContain(
    "$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_MERGE_REQUEST_PROJECT_ID",
  );
});

test("what is kept of a job is its texts, for those who work on the project", () => {
  const kept = Object.values(jobs).flatMap(({ artifacts }) => (artifacts === undefined ? [] : [artifacts]));

  expect(new Set(kept.flatMap(({ paths }) => paths))).toEqual(new Set(["findings", "comments", "drift"]));
  expect(new Set(kept.map(({ access }) => access))).toEqual(new Set(["developer"]));
});

test("every script is a command line that sh and bash take", () => {
  const scripts = Object.values(jobs).flatMap((each) => [
    ...(each.before_script ?? []),
    ...each.script,
    ...(each.after_script ?? []),
  ]);
  const refused = ["sh", "bash"].flatMap((shell) =>
    scripts.filter((script) => spawnSync(shell, ["-n", "-c", script]).status !== 0),
  );

  expect(refused).toEqual([]);
});

test("says which targets it can't reach, and which subject is missing", () => {
  const remarksOf = (yaml: string) => gitlabPipeline({ targets: [aTarget(yaml)] }, ciOptions()).remarks;

  expect(remarksOf("")).toEqual([
    "dev/us-east-1 is only checked, not planned or deployed: account.ci is not { kind: gitlab, ... }",
  ]);
  expect(
    remarksOf('account: { ci: { kind: gitlab, subjects: ["project_path:a/b:ref_type:branch:ref:next"] } }'),
  ).toEqual([
    "dev/us-east-1: AWS would refuse its jobs; add project_path:<group>/<project>:ref_type:branch:ref:main to account.ci.subjects",
  ]);
});

describe.each([{}, { shards: 3 }, { shards: 2, committed: true }, { deploys: false }])(
  "with %j",
  (changes) => {
    // gitlab-ci-local holds GitLab's own schema of pipelines (gitlab-org/gitlab, app/assets/javascripts/editor/schema/ci.json), and
    // resolves needs, rules and matrices by itself. Asked last with 4.75.1.
    testUnless(
      missingProgram("gitlab-ci-local", "--version"),
      "GitLab's schema takes it, and needs and matrices resolve",
      () => {
        const folder = aFolder({ ".gitlab-ci.yml": gitlabPipeline(onGitlab(), ciOptions(changes)).text });
        const git = (...args: string[]) => spawnSync("git", args, { cwd: folder });
        git("init", "-q", "-b", "main");
        git("remote", "add", "origin", "git@gitlab.com:acme/platform.git");
        const { status, stdout, stderr } = spawnSync("gitlab-ci-local", ["--list"], {
          cwd: folder,
          encoding: "utf8",
        });

        expect([status, stdout + stderr]).toEqual([0, expect.stringContaining("json schema validated")]);
      },
    );
  },
);
