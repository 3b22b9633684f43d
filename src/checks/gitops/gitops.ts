import { GITOPS_NAMESPACE } from "../../components/argo-cd/record";
import { argoCdRoute } from "../../model/argo-cd-route";
import { uncredentialed } from "../../model/fleet-folders";
import type { ConfigPath } from "../../config/read/source-node";
import type { Finding, TargetCheck } from "../finding";
import { storedSecretFindings } from "../secrets/stored-secrets";

/** Replicas of redis-ha and of its proxy, each on a node of its own (chart argo-cd 10.1, redis-ha 4.38). */
const REDIS_NODES = 3;

/** Beginnings of names that Kubernetes and SPIRE keep for namespaces of their own. */
const RESERVED = /^(kube|spire)-/;

export const gitopsCheck: TargetCheck = ({ config, platformNamespaces }): Finding[] => {
  const { gitops, nodes } = config;
  if (gitops === undefined) return [];
  const { repo, argocd, projects } = gitops;
  const findings = takenNames(Object.keys(projects));
  if (repo.credentials) {
    findings.push(
      ...storedSecretFindings(config, ["gitops", "repo", "credentials"], repo.credentials, GITOPS_NAMESPACE),
    );
  }
  if (uncredentialed(repo) === "ssh") {
    findings.push({
      path: ["gitops", "repo"],
      value: repo.url,
      message:
        "is read by SSH, which asks for a key of public repositories, too; write repo: { url, credentials: { store, name } } with a secret that has sshPrivateKey, or an address of https",
    });
  }
  if (argocd.sso) {
    const path: ConfigPath = ["gitops", "argocd", "sso", "secret"];
    findings.push(...storedSecretFindings(config, path, argocd.sso.secret, GITOPS_NAMESPACE));
    if (argocd.host === undefined) {
      findings.push({
        path: ["gitops", "argocd", "sso"],
        message: "sends users back to Argo CD, which has no host name; write gitops.argocd.host",
      });
    }
  }
  const route = argoCdRoute(config);
  if (route?.kind === "problem")
    findings.push({ path: ["gitops", "argocd", route.key], message: route.message });
  const most = Object.values(nodes).reduce((sum, { size }) => sum + size.max, 0);
  if (most < REDIS_NODES) {
    findings.push({
      path: ["gitops"],
      message: `needs ${REDIS_NODES} nodes for its Redis, and the node groups have at most ${most}; raise size.max`,
      related: [["nodes"]],
    });
  }
  const platform = platformNamespaces;
  const owners = new Map<string, string>();
  for (const [team, { namespaces }] of Object.entries(projects)) {
    namespaces.forEach((namespace, index) => {
      const path: ConfigPath = ["gitops", "projects", team, "namespaces", index];
      const other = owners.get(namespace);
      // An application there could undo what Terraform makes.
      if (platform.includes(namespace) || RESERVED.test(namespace)) {
        const message = "is the platform's, which Terraform owns; write a namespace of the team";
        findings.push({ path, message });
      } else if (other !== undefined) {
        const message = `is ${other}'s already, and two teams would undo each other's objects; write another`;
        findings.push({ path, message, related: [["gitops", "projects", other]] });
      }
      owners.set(namespace, team);
    });
  }
  return findings;
};

/** What Argo CD has of these names: a project's groups would get the role, and the project exists when Argo CD has started. */
const ARGO_CD_OWN: ReadonlyMap<string, string> = new Map([
  ["admin", "role of everything"],
  ["readonly", "role that sees everything"],
  ["default", "project"],
]);

function takenNames(projects: readonly string[]): Finding[] {
  return projects.flatMap((name): Finding[] => {
    const own = ARGO_CD_OWN.get(name);
    const message = `is the name of Argo CD's own ${own}; write another`;
    return own === undefined ? [] : [{ path: ["gitops", "projects", name], value: name, message }];
  });
}
