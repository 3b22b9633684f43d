import { COMMENTS, DRIFT, FINDINGS } from "../scripts";
import { uses } from "./actions";

/** Bytes. GitHub takes 65,536 characters; a review in Markdown keeps far enough below for what stands before it. */
const MOST = 65_000;

export const CHANGE = "github.event_name == 'pull_request'";
/** GitHub gives pull requests from forks no token that writes, and no OIDC token. */
export const OWN_CHANGE = `${CHANGE} && github.event.pull_request.head.repo.full_name == github.repository`;

/**
 * Jobs that write on GitHub. Each has one right and runs no code of the pull request: what the other jobs wrote are texts to them.
 */
export function reportJob(
  job: Readonly<Record<string, unknown>> & { readonly steps: readonly object[] },
): Readonly<Record<string, unknown>> {
  return { "runs-on": "ubuntu-24.04", "timeout-minutes": 10, ...job };
}

/** Each text has one comment, which is replaced at the next push. */
export function commentJob(needs: readonly string[]) {
  return reportJob({
    if: `always() && ${OWN_CHANGE}`,
    needs,
    permissions: { "pull-requests": "write" },
    steps: [
      uses("actions/download-artifact", { pattern: "comments-*", path: COMMENTS, "merge-multiple": true }),
      {
        name: "Comment",
        env: { ...github, NUMBER: "${{ github.event.pull_request.number }}" },
        run: [
          "shopt -s nullglob",
          `for file in ${COMMENTS}/*.md; do`,
          '  marker="<!-- octarine $(basename "$file" .md) -->"',
          `  { printf '%s\\n' "$marker"; head -c ${MOST} "$file"; } > body.txt`,
          // Only its own: the author of any other comment could change what it says.
          '  own="select(.user.login == \\"github-actions[bot]\\" and (.body | startswith(\\"$marker\\")))"',
          '  id=$(gh api --paginate "repos/$REPOSITORY/issues/$NUMBER/comments" --jq ".[] | $own | .id" | head -n 1)',
          '  if [ -n "$id" ]; then',
          '    gh api --silent --method PATCH "repos/$REPOSITORY/issues/comments/$id" -F body=@body.txt',
          "  else",
          '    gh api --silent "repos/$REPOSITORY/issues/$NUMBER/comments" -F body=@body.txt',
          "  fi",
          "done",
        ].join("\n"),
      },
    ],
  });
}

/**
 * What the guardrails find, as alerts. A private repository takes them with GitHub Code Security only, and nothing hangs on it:
 * `check` fails by itself.
 */
export function findingsJob(needs: readonly string[], parts: readonly number[]) {
  const part = parts.length > 0 ? "-${{ matrix.part }}" : "";
  return reportJob({
    if: `always() && (github.event_name == 'push' || (${OWN_CHANGE}))`,
    needs,
    permissions: { "security-events": "write", actions: "read", contents: "read" },
    "continue-on-error": true,
    ...(parts.length > 0 && { strategy: { matrix: { part: parts } } }),
    steps: [
      uses("actions/download-artifact", { name: `findings${part}`, path: FINDINGS }),
      uses("github/codeql-action/upload-sarif", {
        sarif_file: `${FINDINGS}/octarine${part}.sarif`,
        category: `octarine${part}`,
      }),
    ],
  });
}

/** One issue as long as something is not as the config says; it is closed when all is. */
export function driftJob(needs: readonly string[]) {
  return reportJob({
    if: `always() && (${BY_CLOCK})`,
    needs,
    permissions: { issues: "write" },
    steps: [
      uses("actions/download-artifact", { pattern: "drift-*", path: DRIFT, "merge-multiple": true }),
      {
        name: "Issue",
        env: {
          ...github,
          FAILED: "${{ contains(needs.*.result, 'failure') }}",
          RUN: "${{ github.server_url }}/${{ github.repository }}/actions/runs/${{ github.run_id }}",
        },
        run: [
          "shopt -s nullglob",
          'title="Drift from the configuration"',
          'own="select(.title == \\"$title\\" and .user.login == \\"github-actions[bot]\\") | .number"',
          'list="repos/$REPOSITORY/issues?state=open&creator=github-actions%5Bbot%5D&per_page=100"',
          'number=$(gh api --paginate "$list" --jq ".[] | $own" | head -n 1)',
          'if [ "$FAILED" != true ]; then',
          '  if [ -n "$number" ]; then gh api --silent --method PATCH "repos/$REPOSITORY/issues/$number" -f state=closed; fi',
          "  exit 0",
          "fi",
          `{ printf 'Of %s\\n\\n' "$RUN"; for file in ${DRIFT}/*.md; do cat "$file"; echo; done; } | head -c ${MOST} > body.txt || true`,
          'if [ -n "$number" ]; then',
          '  gh api --silent --method PATCH "repos/$REPOSITORY/issues/$number" -F body=@body.txt',
          "else",
          '  gh api --silent "repos/$REPOSITORY/issues" -f title="$title" -F body=@body.txt',
          "fi",
        ].join("\n"),
      },
    ],
  });
}

export const BY_CLOCK = "github.event_name == 'schedule' || github.event_name == 'workflow_dispatch'";

const github = { GH_TOKEN: "${{ github.token }}", REPOSITORY: "${{ github.repository }}" };
