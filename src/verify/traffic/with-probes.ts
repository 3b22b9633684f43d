import { type Answer, kubectl, type Live, type Question } from "../../live/question";
import { PROBE_LABEL, PROBE_SECONDS } from "./probe-pod";

/** Answers questions that need a pod: makes it, waits for its end, reads its log, and takes it away whatever happens. */
export function withProbes(live: Live): Live {
  return {
    ask: (question) =>
      question.input === undefined ? live.ask(question) : probe(question, question.input, live),
  };
}

async function probe(question: Question, manifest: string, live: Live): Promise<Answer> {
  const [verb, named = "", , namespace = ""] = question.args;
  const name = named.replace(/^pod\//, "");
  const serves = verb === "get";
  const gone = () =>
    live.ask({
      ...kubectl(
        "delete",
        "pod",
        name,
        "-n",
        namespace,
        "--ignore-not-found",
        "--wait=true",
        "--timeout=60s",
      ),
      seconds: 70,
    });
  // One that an earlier run left.
  await gone();
  try {
    const made = await live.ask({ ...kubectl("create", "-f", "-"), input: manifest });
    if (made.is !== "said") return made;
    const ended = await live.ask({
      ...kubectl(
        ...["wait", `pod/${name}`, "-n", namespace, `--timeout=${PROBE_SECONDS}s`],
        serves ? "--for=condition=Ready" : "--for=jsonpath={.status.phase}=Succeeded",
      ),
      seconds: PROBE_SECONDS + 10,
    });
    if (ended.is !== "said") return await whyNotEnded(name, namespace, ended, live);
    return await live.ask({ tool: question.tool, args: question.args });
  } finally {
    // One that serves is needed by others; the end of the run takes it away, and its own time does.
    if (!serves) await gone();
  }
}

/** What its pod says of itself: an image that nobody pulls, no place. */
async function whyNotEnded(name: string, namespace: string, ended: Answer, live: Live): Promise<Answer> {
  const state = await live.ask(
    kubectl(
      ...["get", "pod", name, "-n", namespace, "-o"],
      "jsonpath={.status.phase} {.status.message} {.status.conditions[*].message} {.status.containerStatuses[*].state.waiting.reason}",
    ),
  );
  if (state.is !== "said" || ended.is !== "failed") return ended;
  return { ...ended, stderr: `the pod did not end in time: ${state.text.trim()}` };
}

/** Takes away every probe that is left, of this run or of others. */
export async function removeProbes(live: Live): Promise<void> {
  await live.ask({
    ...kubectl("delete", "pods", "-A", "-l", `${PROBE_LABEL}=probe`, "--ignore-not-found", "--wait=false"),
    seconds: 60,
  });
}
