import type { CiOptions } from "../../src/ci/job";
import { loadFleet } from "../../src/fleet/load-fleet";
import type { Fleet, Target } from "../../src/model/target";

export const samples = loadFleet("envs");

/** What `npx octarine ci` is called with where nothing is given. */
export const ciOptions = (changes: Partial<CiOptions> = {}): CiOptions => ({
  envs: "envs",
  file: "ci.yml",
  command: "npx octarine ci",
  branch: "main",
  shards: 1,
  committed: false,
  deploys: true,
  ...changes,
});

type Ci = NonNullable<Target["config"]["account"]["ci"]>;

/** All targets of the samples as if their CI were this one. */
export function withCi(
  kind: Ci["kind"],
  subjects: (environment: string) => string[],
  fleet = samples,
): Fleet {
  const rest = { role: "octarine-ci", provider: "create" } as const;
  return {
    targets: fleet.targets.map((target) => {
      const own = { ...rest, subjects: subjects(target.environment) };
      const ci: Ci = kind === "github" ? { kind, ...own } : { kind, host: "gitlab.com", ...own };
      const { config } = target;
      return target.with({ config: { ...config, account: { ...config.account, ci } } });
    }),
  };
}

export const onGithub = (fleet = samples): Fleet =>
  withCi(
    "github",
    (name) => [`repo:acme/platform:environment:${name}`, "repo:acme/platform:ref:refs/heads/main"],
    fleet,
  );

export const onGitlab = (fleet = samples): Fleet =>
  withCi("gitlab", () => ["project_path:acme/platform:ref_type:branch:ref:main"], fleet);
