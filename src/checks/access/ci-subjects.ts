import type { Finding, TargetCheck } from "../finding";

/**
 * GitHub, "About security hardening with OpenID Connect": the subject of a job of a pull request, whatever its branch,
 * is `repo:<owner>/<name>:pull_request`; a job with an environment has that in its place.
 */
export const ciSubjectCheck: TargetCheck = ({ config: { account } }) =>
  (account.ci?.kind === "github" ? account.ci.subjects : []).flatMap((subject, index): Finding[] => {
    if (!/:(pull_request|ref:refs\/pull\/.*)$/.test(subject)) return [];
    return [
      {
        path: ["account", "ci", "subjects", index],
        message:
          "lets the code of every pull request assume the deploy role, before anybody has reviewed it, so an environment's reviewers guard nothing; write repo:<owner>/<name>:environment:<environment>",
        rule: "CI-SUBJECT-PULL-REQUEST",
        severity: "warning",
      },
    ];
  });
