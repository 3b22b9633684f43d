import { listed } from "../../text/listed";
import type { ConfigPath } from "../../config/read/source-node";
import type { Finding } from "../finding";
import { triggerKinds } from "../../config/schema/workloads/triggers";
import type { CheckedWorkload } from "./checked-workload";
import { triggerFindings } from "./triggers";

/** Autoscalers that are not there, have nothing to go by, or would undo each other's work. */
export function scalingFindings(each: CheckedWorkload): Finding[] {
  return [...horizontalFindings(each), ...triggerFindings(each), ...verticalFindings(each)];
}

function horizontalFindings({ target, workload, path }: CheckedWorkload): Finding[] {
  const { horizontal } = workload.scaling;
  if (horizontal === undefined) return [];
  const at: ConfigPath = [...path, "scaling", "horizontal"];
  const findings: Finding[] = [];
  if (workload.replicas !== undefined) {
    findings.push({
      path: [...path, "replicas"],
      message: "is undone by scaling.horizontal; remove one of them",
      related: [at],
    });
  }
  if (horizontal.min === 0 && !triggerKinds.some((kind) => horizontal[kind].length > 0)) {
    const message =
      "is for what KEDA reads only: without a pod no CPU or memory is in use, and none ever comes back; write at least 1";
    findings.push({ path: [...at, "min"], message });
  }
  const metric = (["cpuPercent", "memoryPercent"] as const).find((key) => horizontal[key] !== undefined);
  if (metric !== undefined && target.config.metricsServer === undefined) {
    findings.push({
      path: [...at, metric],
      message: "needs the metrics server; write metricsServer: {}",
      related: [["metricsServer"]],
    });
  }
  return findings;
}

function verticalFindings({ target, workload, path }: CheckedWorkload): Finding[] {
  const { horizontal, vertical } = workload.scaling;
  if (vertical === undefined) return [];
  const at: ConfigPath = [...path, "scaling", "vertical"];
  const { verticalPodAutoscaler } = target.config;
  const related: ConfigPath[] = [["verticalPodAutoscaler"]];
  const acts = vertical.mode !== "recommend";
  if (verticalPodAutoscaler === undefined) {
    const mode = acts ? "{ mode: act }" : "{}";
    const message = `needs the Vertical Pod Autoscaler; write verticalPodAutoscaler: ${mode}`;
    return [{ path: at, message, related }];
  }
  if (acts && verticalPodAutoscaler.mode === "recommend") {
    const message =
      "has no effect: verticalPodAutoscaler.mode is recommend; write act there, or recommend here";
    return [{ path: [...at, "mode"], message, related }];
  }
  const scaledBy = { cpu: horizontal?.cpuPercent, memory: horizontal?.memoryPercent };
  const both = vertical.resources.filter((each) => scaledBy[each] !== undefined);
  if (!acts || both.length === 0) return [];
  const others = vertical.resources.filter((each) => !both.includes(each));
  const remedy = others.length > 0 ? `write resources: [${others.join(", ")}]` : "remove one of them";
  return [
    {
      path: [...at, "resources"],
      value: vertical.resources.join(", "),
      message: `has ${listed(both)}, which scaling.horizontal goes by: each would undo the other's work; ${remedy}, or mode: recommend`,
      related: [[...path, "scaling", "horizontal"]],
    },
  ];
}
