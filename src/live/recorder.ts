import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { type Answer, type Live, type Question, typed } from "./question";
import { withoutSecrets } from "./without-secrets";

/** A recorded answer, as `index.json` of a folder of evidence lists it. */
export interface Recorded {
  /** As one would type it: `kubectl get pods -A -o json`. */
  readonly command: string;
  readonly tool: Question["tool"];
  readonly args: readonly string[];
  readonly is: Answer["is"];
  /** File of the folder with what the tool wrote to its standard output. */
  readonly file?: string;
  readonly code?: number;
  readonly stderr?: string;
  readonly why?: string;
}

export const INDEX = "index.json";

/** Hands each question on, and writes its answer into a folder, without what is secret in it. */
export function recorder(live: Live, folder: string): Live {
  const all = new Map<string, Recorded>();
  fs.mkdirSync(folder, { recursive: true });
  return {
    ask: async (question) => {
      const answer = await live.ask(question);
      all.set(typed(question), write(folder, question, answer));
      const index = [...all.values()].sort((a, b) => (a.command < b.command ? -1 : 1));
      fs.writeFileSync(path.join(folder, INDEX), `${JSON.stringify(index, null, 2)}\n`);
      return answer;
    },
  };
}

function write(folder: string, question: Question, answer: Answer): Recorded {
  const { tool } = question;
  const command = withoutSecrets(typed(question));
  const args = question.args.map(withoutSecrets);
  if (answer.is === "missing") return { command, tool, args, is: "missing", why: answer.why };
  const file = fileOf(question);
  fs.writeFileSync(path.join(folder, file), withoutSecrets(answer.text));
  if (answer.is === "said") return { command, tool, args, is: "said", file };
  return {
    command,
    tool,
    args,
    is: "failed",
    file,
    code: answer.code,
    stderr: withoutSecrets(answer.stderr),
  };
}

/** `kubectl-get-pods-a-o-json.json`; long ones are cut and numbered by a hash of the whole. */
function fileOf(question: Question): string {
  const command = typed(question);
  const name = command
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const ending =
    question.args.join(" ").match(/(?:-o|--output)[ =]json\b/) || question.tool === "aws" ? "json" : "txt";
  const digest = createHash("sha256").update(command).digest("hex").slice(0, 8);
  return `${name.slice(0, 60)}.${digest}.${ending}`;
}
