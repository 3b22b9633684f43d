import { serviceAccount } from "../foreign-kind";

/** Of the operator, which takes on the roles of stores. */
export const EXTERNAL_SECRETS_ACCOUNT = "external-secrets";

/** Who that is for the API server. */
export const EXTERNAL_SECRETS_USER = serviceAccount("external-secrets", EXTERNAL_SECRETS_ACCOUNT);

/** API groups of External Secrets. */
export const SECRETS_GROUP = "external-secrets.io";
export const GENERATORS_GROUP = "generators.external-secrets.io";

/** Generators that ask nobody: what they make comes from nowhere (External Secrets 2.9, generators/v1). */
export const harmlessGenerators = ["Fake", "MFA", "Password", "SSHKey", "UUID"] as const;

/** Generators that can take the service account of a namespace for AWS (types_ecr.go, types_sts.go). */
export const awsGenerators = ["ECRAuthorizationToken", "STSSessionToken"] as const;

/** Generators that can ask with the operator's own identity or from its place in the network. */
const otherGenerators = [
  "ACRAccessToken",
  "BeyondtrustWorkloadCredentialsDynamicSecret",
  "CloudsmithAccessToken",
  "GCRAccessToken",
  "GithubAccessToken",
  "GitlabDeployToken",
  "Grafana",
  "QuayAccessToken",
  "VaultDynamicSecret",
  "Webhook",
] as const;

/** The operator's memory of what a generator made: it cleans up by what stands in it. */
export const GENERATOR_STATE = "GeneratorState";

/** Stores and generators for a whole cluster, and what spreads objects over namespaces. */
export const clusterWideSecretKinds = [
  { kind: "ClusterSecretStore", resource: "clustersecretstores", group: SECRETS_GROUP },
  { kind: "ClusterExternalSecret", resource: "clusterexternalsecrets", group: SECRETS_GROUP },
  { kind: "ClusterPushSecret", resource: "clusterpushsecrets", group: SECRETS_GROUP },
  { kind: "ClusterGenerator", resource: "clustergenerators", group: GENERATORS_GROUP },
] as const;

const clusterWide = (wanted: string): string[] =>
  clusterWideSecretKinds.flatMap(({ group, kind }) => (group === wanted ? [kind] : []));

/** Kinds that it brings, by API group. */
export const externalSecretsCrds = {
  [SECRETS_GROUP]: ["ExternalSecret", "PushSecret", "SecretStore", ...clusterWide(SECRETS_GROUP)],
  [GENERATORS_GROUP]: [
    ...harmlessGenerators,
    ...awsGenerators,
    ...otherGenerators,
    GENERATOR_STATE,
    ...clusterWide(GENERATORS_GROUP),
  ],
};

/** A team may write some of them with a service account of its own (secret-store-rule.ts). */
export const undeliveredSecretKinds = {
  [SECRETS_GROUP]: ["SecretStore", "PushSecret"],
  [GENERATORS_GROUP]: [...awsGenerators, ...otherGenerators, GENERATOR_STATE],
};
