import type { ConfigPath } from "../../config/read/source-node";
import { triggerKinds } from "../../config/schema/workloads/triggers";
import { notOneOf } from "../../text/nearest";
import type { Finding } from "../finding";
import type { CheckedWorkload } from "./checked-workload";

type Horizontal = NonNullable<CheckedWorkload["workload"]["scaling"]["horizontal"]>;

/** Triggers that KEDA may not read, that nobody answers, or that contradict one another. */
export function triggerFindings(each: CheckedWorkload): Finding[] {
  const { horizontal } = each.workload.scaling;
  if (horizontal === undefined) return [];
  const at: ConfigPath = [...each.path, "scaling", "horizontal"];
  if (each.target.config.keda === undefined) return withoutKeda(horizontal, at);
  return [
    ...queueFindings(each, horizontal, at),
    ...prometheusFindings(each, horizontal, at),
    ...cloudWatchFindings(each, horizontal, at),
    ...kafkaFindings(each, horizontal, at),
    ...scheduleFindings(horizontal, at),
  ];
}

function withoutKeda(horizontal: Horizontal, at: ConfigPath): Finding[] {
  const related: ConfigPath[] = [["keda"]];
  const queues = horizontal.queues.map(({ name }, index) => ({
    path: [...at, "queues", index, "name"],
    message: `needs KEDA; write keda: { queues: [${name}] }`,
    related,
  }));
  const others = triggerKinds
    .filter((kind) => kind !== "queues" && horizontal[kind].length > 0)
    .map((kind) => ({
      path: [...at, kind],
      message: `needs KEDA; write keda: ${kind === "cloudWatch" ? "{ cloudWatch: true }" : "{}"}`,
      related,
    }));
  return [...queues, ...others];
}

function queueFindings({ target }: CheckedWorkload, { queues }: Horizontal, at: ConfigPath): Finding[] {
  const known = target.config.keda?.queues ?? [];
  return queues.flatMap(({ name }, index): Finding[] => {
    const path = [...at, "queues", index, "name"];
    if (!known.includes(name)) {
      const message = "is not in keda.queues, so KEDA may not read it; add it there";
      return [{ path, message, related: [["keda"]] }];
    }
    const isTwice = queues.findIndex((other) => other.name === name) < index;
    return isTwice ? [{ path, message: "is listed twice; keep one" }] : [];
  });
}

function prometheusFindings(
  { target }: CheckedWorkload,
  { prometheus }: Horizontal,
  at: ConfigPath,
): Finding[] {
  if (prometheus.length === 0 || target.config.observability?.prometheus !== undefined) return [];
  return [
    {
      path: [...at, "prometheus"],
      message: "needs Prometheus; write observability: { prometheus: {} }",
      related: [["observability"]],
    },
  ];
}

function cloudWatchFindings(
  { target }: CheckedWorkload,
  { cloudWatch }: Horizontal,
  at: ConfigPath,
): Finding[] {
  if (cloudWatch.length === 0 || target.config.keda?.cloudWatch === true) return [];
  return [
    {
      path: [...at, "cloudWatch"],
      message: "is not allowed: KEDA may not read metrics; write keda.cloudWatch: true",
      related: [["keda"]],
    },
  ];
}

function kafkaFindings({ target }: CheckedWorkload, { kafka }: Horizontal, at: ConfigPath): Finding[] {
  const clusters = target.config.keda?.kafka ?? {};
  return kafka.flatMap(({ cluster, topic, group }, index): Finding[] => {
    const path = [...at, "kafka", index];
    const known = clusters[cluster];
    if (known === undefined) {
      const names = Object.keys(clusters);
      const message =
        names.length === 0 ? "is not in keda.kafka; add it there" : notOneOf(cluster, "in keda.kafka", names);
      return [{ path: [...path, "cluster"], message, related: [["keda"]] }];
    }
    const unread = (key: "topic" | "group", has: boolean): Finding[] =>
      has
        ? []
        : [
            {
              path: [...path, key],
              message: `is not in keda.kafka.${cluster}.${key}s, so KEDA may not read it; add it there`,
              related: [["keda", "kafka", cluster, `${key}s`]],
            },
          ];
    return [
      ...unread("topic", known.topics.includes(topic)),
      ...unread("group", known.groups.includes(group)),
    ];
  });
}

function scheduleFindings({ schedules, min, max }: Horizontal, at: ConfigPath): Finding[] {
  return schedules.flatMap(({ start, end, replicas }, index): Finding[] => {
    const path = [...at, "schedules", index];
    return [
      ...(start.trim() === end.trim()
        ? [
            {
              path: [...path, "end"],
              message: "is the same as start, so it never ends or never begins; write another time",
            },
          ]
        : []),
      ...(replicas > max
        ? [
            {
              path: [...path, "replicas"],
              message: `is more than max (${max}), so it is never reached; write at most ${max}, or a greater max`,
              related: [[...at, "max"]],
            },
          ]
        : []),
      ...(replicas <= min
        ? [
            {
              path: [...path, "replicas"],
              message: `has no effect: there are never less than min (${min}); write more than ${min}, or a lesser min`,
              related: [[...at, "min"]],
            },
          ]
        : []),
    ];
  });
}
