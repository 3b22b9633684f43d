import { z } from "zod";
import { Any, conditionsOf } from "../../live/objects";
import { counted } from "../../text/counted";
import type { LiveCheck } from "../live-check";
import { Notes } from "../notes";

/** Of an Application of Argo CD (argoproj/argo-cd, pkg/apis/application/v1alpha1/types.go: SyncStatus, AppHealthStatus, ApplicationCondition). */
const applicationStatus = z.object({
  sync: z.object({ status: z.string().optional() }).optional(),
  health: z.object({ status: z.string().optional(), message: z.string().optional() }).optional(),
  conditions: z.array(z.object({ type: z.string(), message: z.string().catch("") })).optional(),
});

const gitopsSynced: LiveCheck = {
  id: "GITOPS-SYNCED",
  group: "delivery",
  proves: "every Application of Argo CD is in sync and healthy, and no ApplicationSet fails",
  asks: [
    "kubectl get applications.argoproj.io -n argocd",
    "kubectl get applicationsets.argoproj.io -n argocd",
  ],
  offline: "gitops",
  applies: ({ components }) => components.has("argo-cd"),
  judge: (_, told) => {
    const notes = new Notes(told);
    const found = notes.objects(Any, "applications.argoproj.io", "-n", "argocd");
    for (const { metadata, status } of found ?? []) {
      const read = applicationStatus.safeParse(status).data;
      const sync = read?.sync?.status ?? "Unknown";
      const health = read?.health?.status ?? "Unknown";
      const errors = (read?.conditions ?? []).filter(({ type }) => type.endsWith("Error"));
      if (errors.length > 0)
        notes.fault(
          `${metadata.name}: ${errors.map(({ type, message }) => `${type}: ${message}`).join("; ")}`,
        );
      else if (sync !== "Synced") notes.fault(`${metadata.name} is ${sync}`);
      else if (health === "Progressing" || health === "Suspended")
        notes.open(`${metadata.name} is ${health}`);
      else if (health !== "Healthy")
        notes.fault(
          `${metadata.name} is ${health}${read?.health?.message === undefined ? "" : `: ${read.health.message}`}`,
        );
    }
    for (const set of notes.objects(Any, "applicationsets.argoproj.io", "-n", "argocd") ?? [])
      for (const { type, status, message } of conditionsOf(set))
        if (type === "ErrorOccurred" && status === "True")
          notes.fault(`ApplicationSet ${set.metadata.name}: ${message}`);
    if (found !== undefined) notes.seen(`${counted(found.length, "Application")} are in sync and healthy`);
    return notes.outcome();
  },
};

const backupStatus = z.object({
  phase: z.string().optional(),
  completionTimestamp: z.string().optional(),
  errors: z.number().optional(),
});

const HOUR_MS = 3_600_000;

/** Longest time between two runs of a schedule, in hours: by its fields of days. */
function hoursBetween(cron: string): number {
  const [, , dayOfMonth = "*", month = "*", dayOfWeek = "*"] = cron.trim().split(/\s+/);
  if (cron.startsWith("@hourly")) return 1;
  if (/^@(daily|midnight)/.test(cron)) return 24;
  if (/^@weekly/.test(cron)) return 7 * 24;
  if (/^@/.test(cron) || month !== "*") return 366 * 24;
  if (dayOfMonth !== "*") return 31 * 24;
  return dayOfWeek === "*" ? 24 : 7 * 24;
}

const backupsRecent: LiveCheck = {
  id: "BACKUPS-RECENT",
  group: "backup",
  proves: "the newest backup is complete, no older than the schedule makes it, and its bucket can be used",
  asks: ["kubectl get backups.velero.io -n velero", "kubectl get backupstoragelocations.velero.io -n velero"],
  offline: "backup, permissions (velero)",
  applies: ({ components }) => components.has("velero"),
  judge: ({ target, now }, told) => {
    const notes = new Notes(told);
    for (const { metadata, status } of notes.objects(
      Any,
      "backupstoragelocations.velero.io",
      "-n",
      "velero",
    ) ?? []) {
      const { phase, message } = z
        .object({ phase: z.string().catch(""), message: z.string().catch("") })
        .parse(status);
      if (phase !== "Available")
        notes.fault(
          `backup storage location ${metadata.name} is ${phase || "not looked at"}${message && `: ${message}`}`,
        );
    }
    const found = notes.objects(Any, "backups.velero.io", "-n", "velero");
    if (found === undefined) return notes.outcome();
    const runs = found
      .filter(({ metadata }) => metadata.labels["velero.io/schedule-name"] !== undefined)
      .map(({ metadata, status }) => ({ name: metadata.name, ...backupStatus.safeParse(status).data }));
    const done = runs
      .filter(({ phase }) => phase === "Completed")
      .map(({ name, completionTimestamp = "" }) => ({ name, at: Date.parse(completionTimestamp) }))
      .filter(({ at }) => !Number.isNaN(at))
      .sort((a, b) => b.at - a.at);
    const [newest] = done;
    const cron = target.config.backup?.schedule ?? "@daily";
    // Two hours for the backup itself.
    const most = hoursBetween(cron) + 2;
    const hours = newest === undefined ? undefined : (now - newest.at) / HOUR_MS;
    if (newest === undefined || hours === undefined)
      notes.fault(`none of ${counted(runs.length, "scheduled backup")} is complete`);
    else if (hours > most)
      notes.fault(
        `the newest complete backup, ${newest.name}, is ${Math.round(hours)} hours old; the schedule ${cron} makes one within ${most}`,
      );
    else notes.seen(`${newest.name}, ${Math.round(hours)} hours old`);
    const later = runs.filter(
      ({ phase = "", completionTimestamp = "" }) =>
        /Failed/.test(phase) && newest !== undefined && Date.parse(completionTimestamp) > newest.at,
    );
    for (const { name, phase = "", errors } of later)
      notes.fault(`${name} is ${phase}${errors === undefined ? "" : `, ${counted(errors, "error")}`}`);
    return notes.outcome();
  },
};

export const deliveryChecks = [gitopsSynced, backupsRecent];
