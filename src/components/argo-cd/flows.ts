import { at, items, text } from "../../values/value";
import { type Flow, type FlowsOf, FROM } from "../flow";

const READERS = ["argocd-repo-server", "argocd-applicationset-controller"];

/** Who asks which part at which port; of Redis, its proxy, which asks the servers and their sentinels. */
const PARTS: readonly (readonly [from: readonly string[], to: string, ports: readonly number[]])[] = [
  [
    ["server", "application-controller", "applicationset-controller", "notifications-controller"],
    "repo-server",
    [8081],
  ],
  [["server", "repo-server", "application-controller"], "redis-ha-haproxy", [6379]],
  [["redis-ha-haproxy", "redis-ha-server"], "redis-ha-server", [6379, 26379]],
];

const betweenParts: readonly Flow[] = PARTS.flatMap(([callers, to, ports]) =>
  callers.flatMap((from) =>
    ports.map((port): Flow => ({
      kind: "between parts",
      from: { pods: `argocd-${from}` },
      to: { pods: `argocd-${to}` },
      port,
      protocol: "TCP",
      why: `${FROM} asks argocd-${to}`,
      source: "argoproj/argo-cd v3.4.4, manifests: NetworkPolicies of argocd-repo-server and of redis-ha",
    })),
  ),
);

/** Its parts among themselves, repositories that its ApplicationSets name, and the provider that its users log in by. */
export const argoCdFlows: FlowsOf = ({ objects, releases }) => {
  const repositories = objects("ApplicationSet").flatMap((each) => [
    ...items(at(each, "spec", "generators")).map((one) => at(one, "git", "repoURL")),
    at(each, "spec", "template", "spec", "source", "repoURL"),
  ]);
  return [
    ...betweenParts,
    ...READERS.flatMap((pods) =>
      repositories.map((url): Flow => ({
        kind: "outside",
        from: { pods },
        to: { server: text(url) },
        why: `${FROM} reads the repository`,
        source: "the objects that name the server",
      })),
    ),
    ...releases("argo-cd").flatMap(({ values }) => {
      const [, issuer] = /^issuer: *(\S+)/m.exec(text(at(values, "configs", "cm", "oidc.config"))) ?? [];
      return issuer === undefined
        ? []
        : [
            {
              kind: "outside" as const,
              from: { pods: "argocd-server" },
              to: { server: issuer },
              why: `${FROM} asks the provider of logins (OIDC)`,
              source: "configs.cm.oidc.config of its chart's values",
            },
          ];
    }),
  ];
};
