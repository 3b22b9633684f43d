import { z } from "zod";
import { Any, Node } from "../../live/objects";
import { whyNot } from "../../live/question";
import { counted } from "../../text/counted";
import { fewOf } from "../../text/listed";
import { always, type LiveCheck } from "../live-check";
import { jsonOf, Notes } from "../notes";
import { restoreQuestion } from "../restore";
import { probeImage, probeQuestion } from "../traffic/probe-pod";
import { unfitIn } from "../traffic/probe-script";
import { gigabitsIn, receiveScript, sendScript } from "../traffic/throughput";

/** What is read of a review as JSON (schema/output/review.schema.json). */
const review = z.object({
  changes: z.array(
    z.object({ stack: z.string(), address: z.string(), action: z.string(), impact: z.string() }),
  ),
  drift: z.array(z.object({ stack: z.string(), address: z.string() })),
  leftBehind: z.array(z.string()).default([]),
});

const driftNone: LiveCheck = {
  id: "DRIFT-NONE",
  group: "delivery",
  proves:
    "all stacks are as the configuration says: a plan of each changes nothing, and nothing was changed by hand",
  asks: ["npx octarine drift TARGET --json"],
  offline: "check --plan",
  onRequest: "drift",
  applies: always,
  judge: ({ target }, told) => {
    const notes = new Notes(told);
    const answer = told({ tool: "octarine", args: ["drift", target.name, "--json"], seconds: 3600 });
    // It ends with an error where there is anything, and says what.
    const text = answer.is === "missing" ? "" : answer.text;
    const read = review.safeParse(jsonOf(text)).data;
    if (read === undefined) {
      notes.open(
        `npx octarine drift: ${answer.is === "said" ? "its answer is not a review" : whyNot(answer)}`,
      );
      return notes.outcome();
    }
    const { changes, drift, leftBehind } = read;
    for (const { stack, address, action, impact } of changes.slice(0, 10))
      notes.fault(`${stack} ${address}: ${action} (${impact})`);
    if (changes.length > 10) notes.fault(`${changes.length - 10} more changes`);
    notes.faultOf(
      drift.map(({ stack, address }) => `${stack} ${address}`),
      "resource",
      "were changed by hand",
    );
    leftBehind.forEach((each) => notes.fault(each));
    if (answer.is !== "said" && changes.length + drift.length + leftBehind.length === 0)
      notes.open(`npx octarine drift: ${whyNot(answer)}`);
    notes.seen("no plan changes anything");
    return notes.outcome();
  },
};

/** cilium/cilium, cilium-cli/connectivity/check/context.go: report(). */
const ALL = /All (\d+) tests \((\d+) actions\) successful/;
const SOME = /(\d+)\/(\d+) tests failed/;

const ciliumConnectivity: LiveCheck = {
  id: "CILIUM-CONNECTIVITY",
  group: "CNI",
  proves: "Cilium's own connectivity test succeeds",
  asks: ["cilium connectivity test"],
  offline: "reachability",
  onRequest: "cilium-connectivity",
  applies: ({ components }) => components.has("cilium"),
  judge: (_, told) => {
    const notes = new Notes(told);
    const answer = told({ tool: "cilium", args: ["connectivity", "test"], seconds: 3600 });
    const text = answer.is === "missing" ? "" : answer.text;
    const [, tests, actions] = ALL.exec(text) ?? [];
    const [, failed, all] = SOME.exec(text) ?? [];
    if (failed !== undefined) {
      const names = [...text.matchAll(/Test \[([^\]]+)\]:/g)].map(([, name = ""]) => name);
      notes.fault(`${failed} of ${all} tests failed: ${fewOf([...new Set(names)], 10)}`);
    } else if (tests !== undefined) notes.seen(`${tests} tests, ${actions} actions`);
    else
      notes.open(`cilium connectivity test: ${answer.is === "said" ? "it says no result" : whyNot(answer)}`);
    return notes.outcome();
  },
};

const ZONE = "topology.kubernetes.io/zone";
const GIGABITS = 1;

const throughput: LiveCheck = {
  id: "NODES-THROUGHPUT",
  group: "traffic",
  proves:
    "a pod sends to a pod of another node, of another zone where there is one, as much as was asked for (1 Gbit/s)",
  asks: ["kubectl create -f - (a pod on each of two nodes)", "kubectl logs"],
  offline: "none: bandwidth of instance types",
  onRequest: "throughput",
  applies: always,
  judge: ({ target, image = probeImage(target), gigabits: least = GIGABITS }, told) => {
    const notes = new Notes(told);
    const nodes = notes.objects(Node, "nodes");
    const [from, ...others] = nodes ?? [];
    const to =
      others.find(({ metadata }) => metadata.labels[ZONE] !== from?.metadata.labels[ZONE]) ?? others[0];
    if (from === undefined || to === undefined) return notes.outcome("there are no two nodes");
    const pod = { namespace: "kube-system", image, cpu: "1" };
    const address = notes.text(
      probeQuestion({
        ...{ ...pod, purpose: "receives", serves: true },
        ...{ node: to.metadata.name, script: receiveScript },
      }),
    );
    if (address === undefined) return notes.outcome();
    if (!/^[\da-f.:]+$/.test(address.trim())) return notes.outcome("the receiving pod has no address");
    const output = notes.text(
      probeQuestion({
        ...{ ...pod, purpose: "sends", node: from.metadata.name },
        script: sendScript(address.trim()),
      }),
    );
    if (output === undefined) return notes.outcome();
    const reached = gigabitsIn(output);
    const way = `${from.metadata.name} to ${to.metadata.name}`;
    const unfit = unfitIn(output);
    if (reached === undefined) notes.open(`${way}: ${unfit ?? "nothing came through; a policy may deny it"}`);
    else if (reached < least) notes.fault(`${way}: ${reached.toFixed(2)} Gbit/s, less than ${least}`);
    else notes.seen(`${way}: ${reached.toFixed(2)} Gbit/s`);
    return notes.outcome();
  },
};

const restored = z.object({
  phase: z.string().catch(""),
  errors: z.number().catch(0),
  warnings: z.number().catch(0),
  failureReason: z.string().catch(""),
  validationErrors: z.array(z.string()).catch([]),
  progress: z.object({ itemsRestored: z.number().catch(0) }).catch({ itemsRestored: 0 }),
});

const restoreWorks: LiveCheck = {
  id: "RESTORE-WORKS",
  group: "backup",
  proves:
    "a namespace of the newest backup is restored beside the one that runs, where nothing of it starts, and is taken away again",
  asks: ["kubectl get backups.velero.io -n velero", "kubectl create -f - (namespace, quota, Restore)"],
  offline: "backup",
  onRequest: "restore",
  applies: ({ components }) => components.has("velero"),
  judge: ({ restore: namespace }, told) => {
    const notes = new Notes(told);
    if (namespace === undefined) return notes.outcome("no namespace was named");
    const backups = notes.objects(Any, "backups.velero.io", "-n", "velero");
    if (backups === undefined) return notes.outcome();
    const [newest] = backups
      .filter(({ status }) => status.phase === "Completed")
      .sort((a, b) =>
        String(b.status.completionTimestamp).localeCompare(String(a.status.completionTimestamp)),
      );
    if (newest === undefined) {
      notes.fault(`none of ${counted(backups.length, "backup")} is complete`);
      return notes.outcome();
    }
    const text = notes.text(restoreQuestion(newest.metadata.name, namespace));
    if (text === undefined) return notes.outcome();
    const { phase, errors, warnings, failureReason, validationErrors, progress } = restored.parse(
      Any.parse(jsonOf(text)).status,
    );
    const why = [failureReason, ...validationErrors].filter(Boolean).join("; ");
    const items = counted(progress.itemsRestored, "object");
    if (phase === "Completed" && progress.itemsRestored > 0)
      notes.seen(`${items} of ${namespace} from ${newest.metadata.name}, ${counted(warnings, "warning")}`);
    else if (phase === "Completed") notes.fault(`${newest.metadata.name} holds nothing of ${namespace}`);
    else if (/Fail/.test(phase))
      notes.fault(
        `${newest.metadata.name}: the restore of ${namespace} is ${phase}, ${counted(errors, "error")}${why && `: ${why}`}`,
      );
    else notes.open(`the restore of ${namespace} did not end in time: ${phase || "nobody has looked at it"}`);
    return notes.outcome();
  },
};

export const requestedChecks = [driftNone, ciliumConnectivity, throughput, restoreWorks];
