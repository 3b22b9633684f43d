import { Release } from "@cdktf/provider-helm/lib/release";
import "cdktf/lib/testing/adapters/jest";
import { releaseValues, resourcesOf, synthYaml } from "../../support/synth";

const gitops = (more = "", url = "https://git.corp/fleet.git") =>
  synthYaml(
    `gitops: { repo: { url: "${url}"${more === "" ? "" : `, ${more}`} }, projects: { payments: { namespaces: [payments] } } }`,
  ).gitops;
const releases = (json: string) =>
  Object.values(resourcesOf(json, "helm_release"))
    .map(({ name }) => String(name))
    .filter((name) => !name.startsWith("network-policies-"));

test("a target without gitops has no such stack", () => {
  expect(Object.keys(synthYaml())).not.toContain("gitops");
});

test("Argo CD comes first, then projects and applications; a public repository needs no secret", () => {
  expect(releases(gitops()).sort()).toEqual(["argocd", "argocd-fleet"]);
  expect(gitops()).toHaveResourceWithProperties(Release, {
    name: "argocd-fleet",
    depends_on: ["helm_release.argocd_helm_release"],
  });
});

test("a repository alone deploys the cluster's own folders into its namespaces", () => {
  const json = synthYaml(
    'gitops: { repo: "https://git.corp/fleet.git" }\nnamespaces: { shop: { team: shop } }',
  ).gitops;

  expect(releaseValues(json, "argocd_argocd-fleet_helm_release")).toMatchObject({
    manifests: {
      "applications-fleet": {
        spec: {
          generators: [{ git: { revision: "main", directories: [{ path: "clusters/dev-us-east-1/*" }] } }],
        },
      },
    },
  });
});

test("rollouts are asked for", () => {
  const { gitops: json } = synthYaml(
    'gitops: { repo: { url: "https://git.corp/fleet.git" }, rollouts: true }',
  );

  expect(releases(json).sort()).toEqual(["argo-rollouts", "argocd"]);
});

test.each([
  ["https://git.corp/fleet.git", ["username", "password"]],
  ["git@git.corp:fleet.git", ["sshPrivateKey"]],
])(
  "credentials of %s are fetched by External Secrets, with the label that Argo CD looks for",
  (url, fields) => {
    const json = gitops("credentials: { store: app, name: prod/fleet }", url);
    const { manifests } = releaseValues(json, "argocd_argocd-secrets_helm_release");

    expect(manifests).toMatchObject({
      repository: {
        kind: "ExternalSecret",
        spec: {
          target: {
            template: {
              mergePolicy: "Merge",
              metadata: { labels: { "argocd.argoproj.io/secret-type": "repository" } },
              data: { type: "git", url },
            },
          },
          data: fields.map((property) => ({
            secretKey: property,
            remoteRef: { key: "prod/fleet", property },
          })),
        },
      },
    });
  },
);
