import fs from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { AwsEmulator } from "../support/aws-emulator";
import { Project } from "../support/deploy-project";
import { OfflineTerraform, root, terraformTest } from "../support/offline-terraform";

const MINUTES = 60_000;
const step = z.looseObject({ name: z.string().optional(), run: z.string().optional() });
const workflow = z.looseObject({ jobs: z.record(z.string(), z.looseObject({ steps: z.array(step) })) });
const gitlabJob = z.looseObject({ script: z.array(z.string()) });

/** Scripts of jobs, as they are in the files that the program makes. */
interface Scripts {
  readonly github: (job: string, step: string) => string;
  readonly gitlab: (job: string) => string;
}

terraformTest(
  "jobs of the made files plan, deploy and find drift, by their own scripts",
  async () => {
    const [terraform, aws] = [await OfflineTerraform.start(), new AwsEmulator()];
    try {
      const project = new Project(terraform, await aws.start());
      const scripts = await scriptsOf(project);
      const run = async (script: string) => {
        const { status } = await project.script(script, {
          ...npx(project.dir),
          TARGET: "test/us-east-1",
          WORKSPACE: "test-us-east-1",
          ENVIRONMENT: "test",
        });
        const read = (file: string) => {
          const at = path.join(project.dir, file);
          return fs.existsSync(at) ? fs.readFileSync(at, "utf8") : undefined;
        };
        return {
          status,
          comment: read("comments/test-us-east-1.md"),
          drift: read("drift/test-us-east-1.md"),
        };
      };

      const planned = await run(scripts.gitlab("plan-test"));
      expect([planned.status, planned.comment]).toEqual([
        0,
        expect.stringMatching(/^### Plan of test\/us-east-1\n\n[\s\S]*test-us-east-1-network/),
      ]);
      expect(planned.comment).toBeDefined();

      // What is not there yet is drift, too, and so is what somebody changed.
      expect(await run(scripts.github("drift-test", "Plan and compare"))).toMatchObject({
        status: 1,
        drift: expect.stringMatching(/^### Plan of test\/us-east-1\n\n/) as unknown,
      });

      expect((await run(scripts.github("deploy-test", "Deploy"))).status).toBe(0);
      expect(await run(scripts.gitlab("drift-test"))).toMatchObject({ status: 0, drift: undefined });
      expect((await run(scripts.gitlab("left"))).status).toBe(0);
      const clean = await project.octarine("drift", "test/us-east-1", "--skip-reach-check");
      expect([clean.status, clean.output]).toEqual([0, expect.stringContaining("4 stacks without changes")]);

      const file = path.join(project.dir, "envs", "test", "us-east-1.yaml");
      fs.appendFileSync(file, "tags: { team: a }\n");
      const everywhere = await project.octarine("drift", "test", "--skip-reach-check");
      expect([everywhere.status, everywhere.output]).toEqual([
        1,
        expect.stringContaining("test-us-east-1-network"),
      ]);
      const drifted = await run(scripts.gitlab("drift-test"));
      expect([drifted.status, drifted.drift]).toEqual([1, expect.stringContaining("test-us-east-1-network")]);
    } finally {
      await aws.stop();
      terraform.stop();
    }
  },
  12 * MINUTES,
);

async function scriptsOf(project: Project): Promise<Scripts> {
  const environment = path.join(project.dir, "envs", "test", "environment.yaml");
  const text = fs.readFileSync(environment, "utf8");
  const made = async (system: string, subjects: string) => {
    const ci = `ci: { kind: ${system}, subjects: [${subjects}] }`;
    fs.writeFileSync(environment, text.replace('id: "111111111111"', `id: "111111111111", ${ci}`));
    const { status } = await project.octarine("ci", system, "--out", `${system}.yml`);
    expect(status).toBe(0);
    return parse(fs.readFileSync(path.join(project.dir, `${system}.yml`), "utf8")) as unknown;
  };
  const github = workflow.parse(
    await made("github", '"repo:a/b:environment:test", "repo:a/b:ref:refs/heads/main"'),
  );
  const gitlab = z
    .record(z.string(), z.unknown())
    .parse(await made("gitlab", '"project_path:a/b:ref_type:branch:ref:main"'));
  return {
    github: (job, name) => github.jobs[job]?.steps.find((each) => each.name === name)?.run ?? "exit 99",
    gitlab: (job) => gitlabJob.parse(gitlab[job]).script.join("\n"),
  };
}

/** `npx octarine` is the program of this checkout; no test has a cluster to reach. */
function npx(dir: string): { PATH: string } {
  const bin = path.join(dir, "bin");
  fs.mkdirSync(bin, { recursive: true });
  fs.writeFileSync(
    path.join(bin, "npx"),
    `#!/bin/sh
shift
case "$1" in plan | deploy) set -- "$@" --skip-reach-check ;; esac
exec ${process.execPath} ${path.join(root, "bin", "octarine.mjs")} "$@"
`,
    { mode: 0o755 },
  );
  return { PATH: `${bin}:${process.env.PATH ?? ""}` };
}
