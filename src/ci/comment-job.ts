/** Folder of the texts that become comments, one file for each. */
const FOLDER = "comments";

/** Bytes. GitHub takes 65,536 characters; a review in Markdown keeps far enough below for what stands before it. */
const MOST = 65_000;

/** Steps that write a text for a comment and hand it over to the job that may write comments. */
export function commentSteps(name: string, script: readonly string[], upload: string): readonly object[] {
  return [
    { ...write(script), if: EVEN_IF_REFUSED },
    {
      uses: upload,
      if: EVEN_IF_REFUSED,
      with: { name: `comment-${name}`, path: `${FOLDER}/*.md`, "retention-days": 5, overwrite: true },
    },
  ];
}

const PULL_REQUEST = "github.event_name == 'pull_request'";
/** What the guardrails refuse is what the comment is for. */
const EVEN_IF_REFUSED = `always() && ${PULL_REQUEST}`;

function write(script: readonly string[]) {
  return {
    name: "Comment on the changes",
    env: { BASE: "${{ github.event.pull_request.base.sha }}" },
    run: [`mkdir -p ${FOLDER}`, ...script].join("\n"),
  };
}

/** What the target-independent comment says: guardrails, the difference in cost, and what changes in the Terraform. */
export const changesScript: readonly string[] = [
  "{",
  "  npx octarine check --format markdown || true",
  "  echo",
  '  npx octarine cost --base "$BASE" --format markdown',
  "  echo",
  '  npx octarine diff --base "$BASE" --format markdown',
  `} > ${FOLDER}/changes.md`,
];

/**
 * The only job whose token can write, and all that it can write are comments. It runs no code of the pull request: what the other
 * jobs wrote are texts to it. Each has one comment, which is replaced at the next push.
 */
export function commentJob(needs: readonly string[], download: string) {
  return {
    if: `always() && ${PULL_REQUEST} && github.event.pull_request.head.repo.full_name == github.repository`,
    needs,
    "runs-on": "ubuntu-24.04",
    "timeout-minutes": 10,
    permissions: { "pull-requests": "write" },
    steps: [
      { uses: download, with: { pattern: "comment-*", path: FOLDER, "merge-multiple": true } },
      {
        name: "Comment",
        env: {
          GH_TOKEN: "${{ github.token }}",
          REPOSITORY: "${{ github.repository }}",
          NUMBER: "${{ github.event.pull_request.number }}",
        },
        run: [
          "shopt -s nullglob",
          `for file in ${FOLDER}/*.md; do`,
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
  };
}
