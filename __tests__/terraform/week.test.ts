import fs from "node:fs";
import path from "node:path";
import { AwsAccounts, missingAccounts } from "../support/aws-accounts";
import { AwsEmulator } from "../support/aws-emulator";
import { LeftBehind } from "../support/left-behind";
import { testUnless } from "../support/missing-tools";
import { missingOfflineTerraform, OfflineTerraform, root, run } from "../support/offline-terraform";
import { missingLines, shownIn } from "../support/shown-answers";

const PAGE = "docs/week.md";
const CLUSTER = "dev-us-east-1";

/** What a shell does with a line as it is typed; nothing here answers at the address of a cluster. */
const SHELL = `
npx() {
  shift
  case "$*" in deploy* | destroy* | plan* | drift* | *--apply*) node "$OCTARINE" "$@" --skip-reach-check ;; *) node "$OCTARINE" "$@" ;; esac
}
`;
/** Commands that say by their exit code that there is something to see. */
const FINDS = /octarine (diagnose|drift|sweep) |--apply/;

/** A repository in an empty folder, with the package in it, and a person who commits. */
function folderIn(terraform: OfflineTerraform): string {
  const folder = path.join(terraform.dir, "week");
  fs.mkdirSync(path.join(folder, "node_modules"), { recursive: true });
  fs.symlinkSync(root, path.join(folder, "node_modules", "octarine"));
  fs.cpSync(
    path.join(root, "__tests__/diagnose/corpus/coredns-overloaded/cpu-at-limit"),
    path.join(folder, "incident"),
    {
      recursive: true,
      filter: (file) => !file.endsWith("case.yaml"),
    },
  );
  return folder;
}

const PERSON = {
  GIT_AUTHOR_NAME: "a",
  GIT_AUTHOR_EMAIL: "a@example.com",
  GIT_COMMITTER_NAME: "a",
  GIT_COMMITTER_EMAIL: "a@example.com",
};

testUnless(
  missingOfflineTerraform() ?? missingAccounts(),
  "each command of the week is typed in its turn, and answers what the page shows",
  async () => {
    const [terraform, states, aws] = [
      await OfflineTerraform.start(),
      new AwsEmulator(),
      await AwsAccounts.start(),
    ];
    try {
      const cwd = folderIn(terraform);
      const env = {
        ...terraform.env,
        ...(await states.start()),
        ...aws.env(),
        ...PERSON,
        NO_COLOR: "1",
        OCTARINE: path.join(root, "bin", "octarine.mjs"),
      };
      const controllers = new LeftBehind(aws);
      const own = await controllers.vpc("dev/us-east-1", "10.16");
      const typed = shownIn(PAGE);
      let isLeft = false;
      expect(typed.length).toBeGreaterThan(15);
      for (const { command, answer } of typed) {
        if (/octarine sweep/.test(command) && !isLeft) {
          isLeft = true;
          await controllers.leave(CLUSTER, own);
        }
        const { status, output } = await run("bash", ["-c", `${SHELL}${command}`], cwd, env);
        if (process.env.OCTARINE_WEEK_OUT !== undefined)
          fs.appendFileSync(process.env.OCTARINE_WEEK_OUT, `\n$ ${command}\n${output}exit ${status}\n`);
        expect([command, missingLines(answer, output)]).toEqual([command, []]);
        if (!FINDS.test(command))
          expect([command, status, output.slice(-3000)]).toEqual([command, 0, output.slice(-3000)]);
      }
    } finally {
      aws.stop();
      await states.stop();
      terraform.stop();
    }
  },
  60 * 60_000,
);
