/** Where a repository is published. */
export interface Remote {
  readonly host: string;
  /** `acme/platform`; groups of GitLab may be in groups. */
  readonly path: string;
}

const FORMS = [
  // git@github.com:acme/platform.git
  /^(?:[\w.-]+@)?([\w.-]+):(?!\/)([\w./-]+)$/,
  // https://github.com/acme/platform.git, ssh://git@gitlab.example.com:2222/a/b/c.git
  /^[a-z+]+:\/\/(?:[^@/]*@)?([\w.-]+)(?::\d+)?\/([\w./-]+)$/,
];

/** Undefined for what is a folder, or no address of a repository. */
export function remoteOf(url: string): Remote | undefined {
  const [, host, path] = FORMS.map((form) => form.exec(url.trim())).find((each) => each !== null) ?? [];
  const name = path?.replace(/\.git\/?$/, "").replace(/^\/|\/$/g, "");
  return host === undefined || name === undefined || !name.includes("/") ? undefined : { host, path: name };
}

export type HostKind = "github" | "gitlab";

/** What runs there, as far as the name of the host tells. */
export function hostKind({ host }: Remote): HostKind | undefined {
  if (host === "github.com") return "github";
  return /(^|\.)gitlab\./.test(host) ? "gitlab" : undefined;
}

export interface CiJobsOf {
  readonly environment: string;
  readonly branch: string;
  /**
   * Whether the environment's reviewers on GitHub have to be asked for everything: then also for what looks for drift by the clock,
   * which waits for nobody and so is not there.
   */
  readonly isReviewed: boolean;
}

/** `account.ci` for the jobs of a repository: those of an environment, and those of its main branch. */
export function ciAccount(
  kind: HostKind,
  { host, path }: Remote,
  { environment, branch, isReviewed }: CiJobsOf,
): { readonly comment?: string; readonly yaml: string } {
  const subjects = (all: readonly string[]) => `[${all.map((each) => JSON.stringify(each)).join(", ")}]`;
  switch (kind) {
    case "github":
      return {
        comment:
          "Subjects of a repository that is younger than 2026-07-15 have numbers: docs/ci.md of the package.",
        yaml: `{ kind: github, subjects: ${subjects([
          `repo:${path}:environment:${environment}`,
          ...(isReviewed ? [] : [`repo:${path}:ref:refs/heads/${branch}`]),
        ])} }`,
      };
    case "gitlab":
      return {
        yaml: `{ kind: gitlab${host === "gitlab.com" ? "" : `, host: ${host}`}, subjects: ${subjects([`project_path:${path}:ref_type:branch:ref:${branch}`])} }`,
      };
  }
}
