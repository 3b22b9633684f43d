import { ciAccount, hostKind, remoteOf } from "../../src/scaffold/remote";

test.each([
  ["git@github.com:acme/platform.git", { host: "github.com", path: "acme/platform" }, "github"],
  ["https://github.com/acme/platform", { host: "github.com", path: "acme/platform" }, "github"],
  [
    "https://oauth2:token@gitlab.com/acme/a/platform.git",
    { host: "gitlab.com", path: "acme/a/platform" },
    "gitlab",
  ],
  [
    "ssh://git@gitlab.acme.example:2222/ops/platform.git",
    { host: "gitlab.acme.example", path: "ops/platform" },
    "gitlab",
  ],
  ["git@bitbucket.org:acme/platform.git", { host: "bitbucket.org", path: "acme/platform" }, undefined],
  [
    "https://notgitlab.example/acme/platform",
    { host: "notgitlab.example", path: "acme/platform" },
    undefined,
  ],
])("%s", (url, remote, kind) => {
  expect(remoteOf(url)).toEqual(remote);
  expect(hostKind(remote)).toBe(kind);
});

test.each(["/srv/git/platform.git", "../platform", "", "git@github.com:platform.git"])(
  "%j is the address of no repository",
  (url) => {
    expect(remoteOf(url)).toBeUndefined();
  },
);

test("a role is for the jobs of the environment and of the main branch", () => {
  const github = { host: "github.com", path: "acme/platform" };
  const dev = { environment: "dev", branch: "main", isReviewed: false };

  expect(ciAccount("github", github, dev).yaml).toBe(
    '{ kind: github, subjects: ["repo:acme/platform:environment:dev", "repo:acme/platform:ref:refs/heads/main"] }',
  );
  expect(
    ciAccount("gitlab", { host: "gitlab.acme.example", path: "ops/platform" }, { ...dev, branch: "trunk" })
      .yaml,
  ).toBe(
    '{ kind: gitlab, host: gitlab.acme.example, subjects: ["project_path:ops/platform:ref_type:branch:ref:trunk"] }',
  );
});

test("where reviewers of the environment are asked for everything, no branch has the role by itself", () => {
  const prod = { environment: "prod", branch: "main", isReviewed: true };

  expect(ciAccount("github", { host: "github.com", path: "acme/platform" }, prod).yaml).toBe(
    '{ kind: github, subjects: ["repo:acme/platform:environment:prod"] }',
  );
});
