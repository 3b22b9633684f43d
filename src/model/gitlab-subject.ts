/**
 * Whether jobs of any branch have this subject. Its components are the project's choice (gitlab-org/gitlab, lib/gitlab/ci/jwt_v2.rb,
 * GitLab Docs, "OpenID Connect authentication using ID tokens"); one without the ref is that of every branch. An environment in it
 * guards nothing, since a job with `action: access` waits for no approval (gitlab.com/gitlab-org/gitlab/-/issues/390025).
 */
export function isOfEveryBranch(subject: string): boolean {
  return !/:ref:|:ref_protected:true(:|$)/.test(subject);
}

/** Whether jobs of a branch have this subject, as far as a subject tells. */
export function isOfBranch(subject: string, branch: string): boolean {
  return (
    isOfEveryBranch(subject) || /:ref_protected:true(:|$)/.test(subject) || subject.endsWith(`:ref:${branch}`)
  );
}
