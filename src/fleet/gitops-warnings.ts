import { fleetNamespaces, fleetPath, uncredentialed } from "../model/fleet-folders";
import type { Target } from "../model/target";
import type { Remark } from "./remark";

/** What Argo CD can't read, or has nothing to do with, and only its owners know whether that is meant. */
export function gitopsWarnings({ config, workspace }: Target): Remark[] {
  const { gitops } = config;
  if (gitops === undefined) return [];
  const { repo, projects } = gitops;
  const path = fleetPath(gitops);
  return [
    ...(uncredentialed(repo) === "public"
      ? [
          {
            topic: "settings" as const,
            rule: "GITOPS-PUBLIC-REPOSITORY",
            path: ["gitops", "repo"],
            text: `gitops.repo: ${repo.url} is read without credentials, as anybody may read it; for a private one write credentials: { store, name }, whose secret has username and password`,
          },
        ]
      : []),
    ...(Object.keys(projects).length === 0 && fleetNamespaces(config).length === 0
      ? [
          {
            topic: "settings" as const,
            rule: "GITOPS-NOTHING",
            path: ["gitops"],
            text: `gitops: deploys nothing, since there is neither a namespace nor a project; write namespaces, and folders ${path}/${workspace}/<namespace> in the repository, or projects`,
          },
        ]
      : []),
  ];
}
