/**
 * compare.ts [COUNT] [FIRST]: random policies, judged by src/reachability and by the engines' own code, and where they
 * disagree. The code is a program of your own that OCTARINE_POLICY_ORACLE names (tools/policy-agreement/oracle.ts says how
 * it is called); without it this says so and does nothing. By hand, after a change of src/reachability/policy (10 min for 500).
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fromJson } from "../../src/guardrails/read/expression";
import {
  decideFlow,
  type DirectionDecision,
  type Flow,
  type PolicyWorld,
} from "../../src/reachability/policy/decide";
import { rangeGroups } from "../../src/reachability/policy/peers";
import { policySet } from "../../src/reachability/policy/policy-set";
import { randomEngine } from "./engines";
import { askOracle, type OracleSide } from "./oracle";
import { randomOf } from "./random";
import { randomFlows, randomPods } from "./random-flows";
import { randomPolicies } from "./random-policies";

const FLOWS = 60;

function compareSeed(program: string, work: string, seed: number): string[] {
  const random = randomOf(seed);
  const { engine, values } = randomEngine(random);
  const cilium = engine.kind === "cilium";
  const manifests = randomPolicies(random, cilium);
  const pods = randomPods(random, cilium);
  const dns = pods.filter(({ hostNetwork }) => hostNetwork !== true).slice(0, 2);
  const flows = randomFlows(random, pods, cilium, FLOWS);
  const objects = manifests.map(fromJson);
  const world: PolicyWorld = {
    engine,
    policies: policySet(objects, engine),
    groups: rangeGroups(objects),
    namespaces: new Map(
      manifests
        .filter(({ kind }) => kind === "Namespace")
        .map((each) => {
          const { name, labels } = each.metadata as { name: string; labels: Record<string, string> };
          return [name, labels];
        }),
    ),
    pods,
    knowsAllPods: true,
    dns,
  };
  const { notes, answers } = askOracle(program, work, {
    manifests,
    pods,
    dns,
    flows,
    ...(values && { values }),
  });
  const refused = notes.flatMap((each) => /(\S+ \S+): refused by Cilium/.exec(each)?.[1] ?? []).sort();
  const ours = world.policies.refused.map(({ policy }) => policy).sort();
  const problems =
    refused.join() === ours.join()
      ? []
      : [
          `seed ${seed}: refused [${refused.join("; ")}], ours [${world.policies.refused.map(({ policy, why }) => `${policy}: ${why}`).join("; ")}] ${notes.join(" | ")}`,
        ];
  return [
    ...problems,
    ...answers.flatMap(({ name, engines }) => {
      const flow = flows[Number(name)];
      const [answer] = engines;
      if (flow === undefined || answer === undefined) return [`seed ${seed}: no answer for ${name}`];
      const decision = decideFlow(world, flow);
      return (["egress", "ingress"] as const)
        .flatMap((side) => differenceOf(answer[side], decision[side], answer.error))
        .map((text) => `seed ${seed} flow ${name} ${describe(flow)}: ${text}`);
    }),
  ];
}

function differenceOf(
  theirs: OracleSide | undefined,
  ours: DirectionDecision,
  error: string | undefined,
): string[] {
  const verdict = error === undefined ? theirs?.verdict : "error";
  const same = verdict === ours.verdict || (verdict === "error" && ours.verdict === "undecided");
  return same
    ? []
    : [
        `${verdict ?? "nothing"} (${error ?? theirs?.why ?? ""} [${theirs?.by?.join("; ") ?? ""}] ${theirs?.proxy ?? ""}), ours ${ours.verdict} (${ours.why} [${ours.by.join("; ")}] ${ours.limitedTo?.join() ?? ""})`,
      ];
}

function describe({ from, to, port, transport, request, lookup }: Flow): string {
  return `${JSON.stringify(from)} -> ${JSON.stringify(to)} ${port}/${transport} ${JSON.stringify(request ?? lookup ?? "")}`;
}

function main(): void {
  const program = process.env.OCTARINE_POLICY_ORACLE;
  const [count = "500", first = "1"] = process.argv.slice(2);
  if (program === undefined) {
    console.log("skipped: OCTARINE_POLICY_ORACLE names no program that runs the engines' own code");
    return;
  }
  const work = fs.mkdtempSync(path.join(os.tmpdir(), "policy-agreement-"));
  let differences = 0;
  for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
    const found = compareSeed(program, work, seed);
    differences += found.length;
    found.slice(0, 6).forEach((each) => console.log(each));
  }
  fs.rmSync(work, { recursive: true });
  console.log(`${count} sets of ${FLOWS} flows: ${differences} differences`);
  process.exitCode = differences === 0 ? 0 : 1;
}

main();
