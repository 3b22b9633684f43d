import { execFile } from "node:child_process";
import type { Answer, Live, Question } from "./question";

export interface ToolsProps {
  /** Context of the kubeconfig; undefined for its current one. */
  readonly context?: string;
  readonly kubeconfig?: string;
  /** Region of the account's questions; undefined for the tool's own default. */
  readonly region?: string;
  /** Variables of the tools' environment in addition to this program's: credentials, AWS_ENDPOINT_URL. */
  readonly env?: Readonly<Record<string, string>>;
  /** Seconds that a question may take. */
  readonly seconds?: number;
  /** This program and its options, which run a command of its own. */
  readonly octarine?: readonly string[];
  /** How many tools may run at the same time. */
  readonly atOnce?: number;
}

const SECONDS = 30;
const AT_ONCE = 4;
/** As `timeout` of coreutils has it. */
export const TIMED_OUT = 124;

/**
 * kubectl and aws as the user has them: credentials, SSO and exec plugins are theirs (docs/adr/0015-live.md). Each question is asked
 * once; the same one again, while it waits or later, has the first answer, unless it changes something.
 */
export function tools(props: ToolsProps = {}): Live {
  const inTurn = limited(props.atOnce ?? AT_ONCE);
  const asked = new Map<string, Promise<Answer>>();
  return {
    ask: (question) => {
      const key = isReading(question) ? JSON.stringify([question.tool, question.args]) : undefined;
      const before = key === undefined ? undefined : asked.get(key);
      if (before !== undefined) return before;
      const answer = inTurn(() => run(question, props));
      if (key !== undefined) asked.set(key, answer);
      return answer;
    },
  };
}

function isReading({ tool, args, input }: Question): boolean {
  if (input !== undefined) return false;
  if (tool === "cilium" || tool === "octarine") return false;
  if (tool === "aws") return /^(describe|get|list|head|simulate)/.test(args[1] ?? "");
  return ["get", "version", "api-resources", "top"].includes(args[0] ?? "");
}

function run({ tool, args, input, seconds }: Question, props: ToolsProps): Promise<Answer> {
  const limit = seconds ?? props.seconds ?? SECONDS;
  const { kubeconfig, octarine: [program = tool, ...own] = [] } = props;
  const env = {
    ...process.env,
    ...props.env,
    AWS_PAGER: "",
    ...(tool === "cilium" && kubeconfig !== undefined && { KUBECONFIG: kubeconfig }),
  };
  return new Promise((resolve) => {
    const child = execFile(
      tool === "octarine" ? program : tool,
      [...(tool === "octarine" ? own : placeOf(tool, props)), ...args],
      { env, timeout: limit * 1000, maxBuffer: 1 << 28 },
      (error, stdout, stderr) => {
        if (error === null) return resolve({ is: "said", text: stdout });
        if (error.code === "ENOENT") return resolve({ is: "missing", why: `${tool} is not installed` });
        const isLate = error.killed === true && typeof error.code !== "number";
        const said = isLate ? `${stderr}\n${tool} did not answer in ${limit} s`.trim() : stderr;
        const code = isLate ? TIMED_OUT : typeof error.code === "number" ? error.code : 1;
        resolve({ is: "failed", code, text: stdout, stderr: said || error.message });
      },
    );
    // A tool that ends before it has read all says why by itself.
    child.stdin?.on("error", () => undefined).end(input ?? "");
  });
}

function placeOf(tool: Question["tool"], { context, kubeconfig, region }: ToolsProps): string[] {
  if (tool === "cilium") return context === undefined ? [] : ["--context", context];
  if (tool === "aws") return region === undefined ? [] : ["--region", region];
  return [
    ...(kubeconfig === undefined ? [] : ["--kubeconfig", kubeconfig]),
    ...(context === undefined ? [] : ["--context", context]),
  ];
}

/** Runs what it is given, no more than so many at once, in the order of the calls. */
export function limited(atOnce: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
