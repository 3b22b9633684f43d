import { conditions, list, object } from "../../support/live-answers";
import { type LiveCase } from "./objects";

const application = (status: object) => object("orders", { status }, "argocd");

const GET_APPLICATIONS = "kubectl get applications.argoproj.io -n argocd";

const GET_SETS_OF_APPLICATIONS = "kubectl get applicationsets.argoproj.io -n argocd";

export const backup = (name: string, phase: string, completionTimestamp: string) =>
  object(
    name,
    {
      metadata: { labels: { "velero.io/schedule-name": "velero-all" } },
      status: { phase, completionTimestamp },
    },
    "velero",
  );

export const GET_BACKUPS = "kubectl get backups.velero.io -n velero";

const GET_LOCATIONS = "kubectl get backupstoragelocations.velero.io -n velero";

const location = (phase: string) => list(object("default", { status: { phase } }, "velero"));

export const deliveryCases: readonly LiveCase[] = [
  {
    id: "GITOPS-SYNCED",
    yaml: "gitops: { repo: https://github.com/acme/fleet.git }",
    answers: {
      [GET_APPLICATIONS]: list(application({ sync: { status: "Synced" }, health: { status: "Healthy" } })),
      [GET_SETS_OF_APPLICATIONS]: list(object("teams", conditions(["ErrorOccurred", "False"]), "argocd")),
    },
    faults: [
      {
        changed: {
          [GET_APPLICATIONS]: list(
            application({ sync: { status: "OutOfSync" }, health: { status: "Healthy" } }),
          ),
        },
        says: /orders is OutOfSync/,
      },
      {
        changed: {
          [GET_APPLICATIONS]: list(
            application({ sync: { status: "Synced" }, health: { status: "Degraded" } }),
          ),
        },
        says: /orders is Degraded/,
      },
      {
        changed: {
          [GET_APPLICATIONS]: list(
            application({ conditions: [{ type: "ComparisonError", message: "no such revision" }] }),
          ),
        },
        says: /ComparisonError: no such revision/,
      },
      {
        changed: {
          [GET_SETS_OF_APPLICATIONS]: list(
            object("teams", conditions(["ErrorOccurred", "True", "no access"]), "argocd"),
          ),
        },
        says: /ApplicationSet teams: no access/,
      },
    ],
  },
  {
    id: "BACKUPS-RECENT",
    yaml: "backup: {}",
    answers: {
      [GET_LOCATIONS]: location("Available"),
      [GET_BACKUPS]: list(backup("all-2", "Completed", "2026-11-29T02:10:00Z")),
    },
    faults: [
      {
        changed: { [GET_BACKUPS]: list(backup("all-1", "Completed", "2026-11-26T02:10:00Z")) },
        says: /all-1, is 82 hours old/,
      },
      {
        changed: { [GET_BACKUPS]: list(backup("all-2", "Failed", "2026-11-29T02:10:00Z")) },
        says: /none of 1 scheduled backup is complete/,
      },
      { changed: { [GET_LOCATIONS]: location("Unavailable") }, says: /location default is Unavailable/ },
    ],
  },
];
