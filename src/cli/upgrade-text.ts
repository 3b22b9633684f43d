import { counted } from "../text/counted";
import { wrap } from "../text/wrap";
import { installs } from "../model/used-components";
import type { Target } from "../model/target";
import { supportEnd } from "../facts/eks-calendar";
import type { ReleaseName } from "../releases/names";
import type { UpgradeHop, UpgradeStep } from "../releases/upgrade/plan";
import { onTheWayTo } from "../upgrade/edits";

const WIDTH = 100;

/** An upgrade for people: each hop with what to write and what it does, in order. */
export function upgradeText(target: Target, to: ReleaseName, hops: readonly UpgradeHop[]): string {
  if (hops.length === 0) return `${target.name} is already at release ${to}`;
  const head = `${target.name}: release ${target.release.name} to ${to} in ${counted(hops.length, "hop")}; the next one is hop 1`;
  return [head, ...hops.flatMap((hop, index) => ["", ...hopLines(target, hop, index + 1, to)])].join("\n");
}

function hopLines(target: Target, hop: UpgradeHop, number: number, to: ReleaseName): string[] {
  const { release, kubernetes, nodes, holdsKubernetes, because } = hop;
  const steps = hop.steps.filter(({ component }) => installs(component, target.config));
  const hold = (key: string, minor: string) =>
    `  ${key}: { version: "${minor}", reason: "${onTheWayTo(to)}" }`;
  const held = [
    ...(holdsKubernetes ? [hold("kubernetes", kubernetes)] : []),
    ...(nodes === kubernetes ? [] : [hold("nodes", nodes)]),
  ];
  const versions = held.length > 0 ? ["versions:", ...held] : [];
  const gone = [
    ...(holdsKubernetes ? [] : ["versions.kubernetes"]),
    ...(hop.nodesFollow ? ["versions.nodes"] : []),
  ];
  const end = supportEnd(kubernetes);
  return [
    `Hop ${number}: release ${release}, Kubernetes ${kubernetes}${nodes === kubernetes ? "" : `, nodes and add-ons ${nodes}`}`,
    ...because.flatMap((reason) => indented(`Kubernetes can't go first: ${reason}`, 2)),
    ...(end?.standardEnded
      ? [`  Kubernetes ${kubernetes} is in extended support: cluster.supportPolicy: extended`]
      : []),
    `  in ${target.file}:`,
    ...[`release: "${release}"`, ...versions].map((line) => `    ${line}`),
    ...(gone.length > 0 ? [`    (no ${gone.join(", no ")})`] : []),
    `  npx octarine plan ${target.name}, then npx octarine deploy ${target.name}:`,
    ...steps.flatMap((step, index) => stepLines(step, index + 1)),
    ...(nodes === kubernetes
      ? []
      : indented(
          `EKS takes the control plane back to ${nodes} within seven days of this, while nodes and add-ons have ${nodes} (docs/releases.md); go on once you no longer need that way back`,
          2,
        )),
  ];
}

function stepLines(step: UpgradeStep, number: number): string[] {
  const { phase, component, from, to, restarts, notes } = step;
  return [
    `  ${String(number).padStart(2)}  ${phase.padEnd(13)}  ${component} ${from} -> ${to}`,
    ...[`restarts ${restarts}`, ...notes].flatMap((text) => indented(text, 21)),
  ];
}

function indented(text: string, by: number): string[] {
  return wrap(text, WIDTH - by).map((line) => " ".repeat(by) + line);
}
