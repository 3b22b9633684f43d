import type { Line } from "./lines";

/** Karpenter's log names a pod for which it has no node (kubernetes-sigs/karpenter v1.14.1, pkg/controllers/provisioning/scheduling/scheduler.go). */
const LOG = /"could not schedule pod".*"Pod": ?\{"name":"([^"]+)","namespace":"([^"]+)"\}/;
/** And pods for which it has one (pkg/controllers/provisioning/provisioner.go). */
const FOUND = /"found provisionable pod\(s\)".*"Pods": ?"([^"]+)"/;
/** Its event (pkg/controllers/provisioning/scheduling/events.go). */
const EVENT = /Failed to schedule pod, /;
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Lines in which Karpenter says of a pod what it takes back later: it judges every few seconds, and logs and events keep all of it. */
export function takenBack(lines: readonly Line[]): ReadonlySet<Line> {
  const last = new Map<string, Line>();
  for (const line of lines) for (const pod of podsOfLog(line)) last.set(`${line.file} ${pod}`, line);
  const logged = new Set([...last.keys()].map((key) => key.replace(/^.* /, "")));
  const events = lines.filter(({ text, command }) => EVENT.test(text) && /get ev(?:ents)?\b/.test(command));
  const newest = new Map<string, number>();
  for (const { about = "", text } of events)
    newest.set(about, Math.min(newest.get(about) ?? Infinity, ageOf(text)));
  return new Set([
    ...lines.filter((line) => {
      const [, name, namespace] = LOG.exec(line.text) ?? [];
      return name !== undefined && last.get(`${line.file} ${namespace}/${name}`) !== line;
    }),
    ...events.filter(
      ({ about, text }) =>
        about !== undefined && (logged.has(about) || ageOf(text) > (newest.get(about) ?? 0) + 1),
    ),
  ]);
}

function podsOfLog({ text }: Line): readonly string[] {
  const [, name, namespace] = LOG.exec(text) ?? [];
  if (name !== undefined) return [`${namespace}/${name}`];
  // As many as fit in a line, then `and 3 other(s)`.
  return (FOUND.exec(text)?.[1] ?? "").split(/, | and /).filter((pod) => /^[\w.-]+\/[\w.-]+$/.test(pod));
}

/** `6m41s (x3 over 9m)` at the head of an event's row, in seconds. */
function ageOf(text: string): number {
  const age = /^(?:\S+ +)??((?:\d+[smhd])+)\b/.exec(text)?.[1] ?? "";
  return [...age.matchAll(/(\d+)([smhd])/g)].reduce(
    (sum, [, number, unit = "s"]) => sum + Number(number) * (SECONDS[unit] ?? 1),
    0,
  );
}
