import { listed } from "../../text/listed";
import { Node } from "../../live/objects";
import { counted } from "../../text/counted";
import { fewOf } from "../../text/listed";
import { always, type LiveCheck } from "../live-check";
import { Notes } from "../notes";
import { attemptsFrom } from "../traffic/attempts";
import { probeImage, probeQuestion } from "../traffic/probe-pod";
import { attemptName, type Result, resultsOf, scriptOf, unfitIn } from "../traffic/probe-script";

/** Of many nodes these first ones are tried. */
const MOST_NODES = 30;

const dnsEveryNode: LiveCheck = {
  id: "DNS-EVERY-NODE",
  group: "traffic",
  proves: "from every node a pod resolves a name of the cluster and one outside of it",
  asks: ["kubectl create -f - (a pod for each node)", "kubectl logs"],
  offline: "reachability (DNS)",
  traffic: true,
  applies: always,
  judge: ({ target, image }, told) => {
    const notes = new Notes(told);
    const nodes = notes.objects(Node, "nodes");
    const names = ["kubernetes.default.svc.cluster.local", `eks.${target.region}.amazonaws.com`];
    const some = (nodes ?? []).slice(0, MOST_NODES);
    for (const { metadata } of some) {
      const output = notes.text(
        probeQuestion({
          namespace: "kube-system",
          purpose: `dns-${metadata.name}`,
          node: metadata.name,
          script: scriptOf(names.map((host) => ({ host }))),
          image: image ?? probeImage(target),
        }),
      );
      if (output === undefined) continue;
      const results = resultsOf(output);
      const failed = names.filter((each) => results.get(each) === "unresolved");
      const unknown = names.filter((each) => !results.has(each));
      if (failed.length > 0) notes.fault(`${metadata.name} does not resolve ${listed(failed)}`);
      if (unknown.length > 0) notes.open(`${metadata.name}: the pod said nothing of ${listed(unknown)}`);
    }
    if (some.length > 0) notes.seen(`${some.length} of ${counted(nodes?.length ?? 0, "node")} resolve both`);
    return notes.outcome("there are no nodes");
  },
};

/** Where to look, by how an attempt failed. */
const HOW: Readonly<Record<Exclude<Result, "ok">, string>> = {
  refused: "the connection is refused; nobody listens there, or no pod behind it is ready",
  timeout: "nobody answers in time; a policy, a security group or a route drops it",
  unresolved: "its name is not resolved",
};

const trafficAsProved: LiveCheck = {
  id: "TRAFFIC-AS-PROVED",
  group: "traffic",
  proves:
    "a pod of each namespace reaches what the proof says that it may, and nothing that the proof says it may not",
  asks: ["kubectl create -f - (a pod for each namespace)", "kubectl logs"],
  offline: "reachability, REACH-DENIED",
  traffic: true,
  applies: ({ namespaces }) => Object.keys(namespaces).length > 0,
  judge: ({ target, reach, image }, told) => {
    const notes = new Notes(told);
    const { world, judged } = reach();
    const namespaces = Object.keys(target.namespaces);
    for (const namespace of namespaces) {
      const tried = attemptsFrom(namespace, namespaces, world, judged);
      const output = notes.text(
        probeQuestion({
          namespace,
          purpose: namespace,
          script: scriptOf(tried.map(({ attempt }) => attempt)),
          image: image ?? probeImage(target),
        }),
      );
      if (output === undefined) continue;
      const unfit = unfitIn(output);
      if (unfit !== undefined) {
        notes.open(`${namespace}: ${unfit}; choose another by --image`);
        continue;
      }
      const results = resultsOf(output);
      const untold: string[] = [];
      for (const { attempt, verdict, why } of tried) {
        const name = attemptName(attempt);
        const result = results.get(name);
        if (result === undefined) untold.push(name);
        else if (result === "ok" && verdict === "denied")
          notes.fault(`${namespace} reaches ${name}, and the proof says that it may not: ${why}`);
        else if (result === "refused" && verdict === "denied")
          notes.open(
            `${namespace}: ${name} refuses, and nothing drops it: nobody listens there now, so that a denial is not seen`,
          );
        else if (result !== "ok" && verdict === "allowed")
          notes.fault(`${namespace} does not reach ${name}, and the proof says that it may: ${HOW[result]}`);
        else
          notes.seen(
            `${namespace}: ${name} is ${result === "ok" ? "reached" : "not reached"}, proof: ${verdict}`,
          );
      }
      if (untold.length > 0) notes.open(`${namespace}: the pod said nothing of ${fewOf(untold)}`);
    }
    return notes.outcome();
  },
};

export const trafficChecks = [dnsEveryNode, trafficAsProved];
