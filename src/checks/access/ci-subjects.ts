import type { AccountConfig } from "../../config/schema/account";
import { isOfEveryBranch } from "../../model/gitlab-subject";
import type { Finding, TargetCheck } from "../finding";

/** Subjects of jobs whose code nobody has reviewed yet. */
export const ciSubjectCheck: TargetCheck = ({ config: { account } }) =>
  (account.ci?.subjects ?? []).flatMap((subject, index): Finding[] => {
    const message = unreviewed(account.ci, subject);
    if (message === undefined) return [];
    return [
      {
        path: ["account", "ci", "subjects", index],
        message,
        rule: "CI-SUBJECT-PULL-REQUEST",
        severity: "warning",
      },
    ];
  });

/**
 * GitHub, "About security hardening with OpenID Connect": the subject of a job of a pull request, whatever its branch,
 * is `repo:<owner>/<name>:pull_request`; a job with an environment has that in its place.
 */
function unreviewed(ci: AccountConfig["ci"], subject: string): string | undefined {
  switch (ci?.kind) {
    case undefined:
      return undefined;
    case "github":
      return /:(pull_request|ref:refs\/pull\/.*)$/.test(subject)
        ? "lets the code of every pull request assume the deploy role, before anybody has reviewed it, so an environment's reviewers guard nothing; write repo:<owner>/<name>:environment:<environment>"
        : undefined;
    case "gitlab":
      return !isOfEveryBranch(subject)
        ? undefined
        : "lets the code of every branch assume the deploy role, before anybody has reviewed it; write project_path:<group>/<project>:ref_type:branch:ref:<branch>";
  }
}
