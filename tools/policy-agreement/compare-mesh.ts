/**
 * compare-mesh.ts [COUNT] [FIRST]: random meshes of Istio, judged by src/reachability and by Istio's own code, and where they
 * disagree; as compare.ts does for network policies. By hand, after a change of src/reachability/mesh.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fromJson } from "../../src/guardrails/read/expression";
import { decideMesh } from "../../src/reachability/mesh/decide";
import type { MeshSide } from "../../src/reachability/mesh/mesh-flow";
import { meshWorld } from "../../src/reachability/mesh/mesh-world";
import { askOracle, type OracleSide } from "./oracle";
import { randomOf } from "./random";
import { randomMesh, randomMeshFlow } from "./random-mesh";

const FLOWS = 60;

function compareSeed(program: string, work: string, seed: number): string[] {
  const random = randomOf(seed);
  const { meshConfig, manifests, pods } = randomMesh(random);
  const flows = Array.from({ length: FLOWS }, () => randomMeshFlow(random, pods));
  const world = meshWorld(manifests.map(fromJson), fromJson({ meshConfig }));
  const { notes, answers } = askOracle(program, work, { manifests, pods, dns: [], flows, meshConfig });
  const refused = notes
    .filter((each) => each.includes("refused by istiod"))
    .map((each) => `seed ${seed}: ${each}`);
  return [
    ...refused,
    ...answers.flatMap(({ name, engines }) => {
      const flow = flows[Number(name)];
      const answer = engines.find(({ engine }) => engine === "istio");
      if (flow === undefined || answer === undefined) return [`seed ${seed}: no answer for ${name}`];
      const { caller, called } = decideMesh(world, flow);
      const differences = [
        ...differenceOf("caller", answer.sidecar, caller),
        ...differenceOf("called", answer.authorization, called),
      ];
      const told = answer.error === undefined ? differences : [answer.error.slice(0, 300)];
      return told.map(
        (text) =>
          `seed ${seed} flow ${name} ${JSON.stringify(flow.from)} -> ${JSON.stringify(flow.to)} ${flow.port} ${JSON.stringify(flow.request ?? "")}: ${text}`,
      );
    }),
  ];
}

function differenceOf(side: string, theirs: OracleSide | undefined, ours: MeshSide | undefined): string[] {
  if ((theirs?.verdict ?? "allowed") === (ours?.verdict ?? "allowed")) return [];
  return [
    `${side}: ${theirs?.verdict ?? "nothing"} (${theirs?.why ?? ""} [${theirs?.by?.join("; ") ?? ""}]), ours ${ours?.verdict ?? "nothing"} (${ours?.why ?? ""} [${ours?.by.join("; ") ?? ""}])`,
  ];
}

function main(): void {
  const program = process.env.OCTARINE_POLICY_ORACLE;
  const [count = "150", first = "1"] = process.argv.slice(2);
  if (program === undefined) {
    console.log("skipped: OCTARINE_POLICY_ORACLE names no program that runs the engines' own code");
    return;
  }
  const work = fs.mkdtempSync(path.join(os.tmpdir(), "mesh-agreement-"));
  let differences = 0;
  for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
    const found = compareSeed(program, work, seed);
    differences += found.length;
    found.slice(0, 4).forEach((each) => console.log(each));
  }
  fs.rmSync(work, { recursive: true });
  console.log(`${count} meshes of ${FLOWS} flows: ${differences} differences`);
  process.exitCode = differences === 0 ? 0 : 1;
}

main();
