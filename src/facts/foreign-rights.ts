/** A kind as an AppProject names it; `resource` is its name in the API. */
interface Kind {
  readonly group: string;
  readonly kind: string;
  readonly resource: string;
}

/** One whose controller acts with rights that the team which writes the object has not. */
interface ForeignKind extends Kind {
  /** Controllers that make such objects in the namespaces of teams. */
  readonly madeBy?: string;
  /** The platform itself makes them there, by whoever deploys it. */
  readonly madeByPlatform?: true;
}

const serviceAccount = (namespace: string, name: string) => `system:serviceaccount:${namespace}:${name}`;

/** Who External Secrets is for the API server. */
export const EXTERNAL_SECRETS_USER = serviceAccount("external-secrets", "external-secrets");

/**
 * Kinds that no team writes, whatever is in them: what they say is done with the controller's own role in AWS, or to
 * others' traffic.
 *
 * Sources: AWS Load Balancer Controller 3.5 (config/crd), which takes any target group's ARN and opens security groups
 * for it; aws/amazon-vpc-resource-controller-k8s, any security group of the VPC; aws-privateca-issuer 1.9
 * (pkg/aws/pca.go: without a secret, its own role); external-dns 0.21, any name of its zones; Cilium 1.18 to 1.20, Local
 * Redirect Policy (any address) and Envoy listeners of the node's own proxy.
 */
export const foreignKinds: readonly ForeignKind[] = [
  {
    group: "elbv2.k8s.aws",
    kind: "TargetGroupBinding",
    resource: "targetgroupbindings",
    madeBy: serviceAccount("kube-system", "aws-load-balancer-controller"),
  },
  { group: "aga.k8s.aws", kind: "GlobalAccelerator", resource: "globalaccelerators" },
  {
    group: "vpcresources.k8s.aws",
    kind: "SecurityGroupPolicy",
    resource: "securitygrouppolicies",
    madeByPlatform: true,
  },
  { group: "awspca.cert-manager.io", kind: "AWSPCAIssuer", resource: "awspcaissuers" },
  { group: "externaldns.k8s.io", kind: "DNSEndpoint", resource: "dnsendpoints" },
  { group: "cilium.io", kind: "CiliumLocalRedirectPolicy", resource: "ciliumlocalredirectpolicies" },
  {
    group: "cilium.io",
    kind: "CiliumEnvoyConfig",
    resource: "ciliumenvoyconfigs",
    // For Gateways and Ingresses of its own class.
    madeBy: serviceAccount("kube-system", "cilium-operator"),
  },
];

/** API groups of External Secrets. */
export const SECRETS_GROUP = "external-secrets.io";
export const GENERATORS_GROUP = "generators.external-secrets.io";

/** Generators that ask nobody: what they make comes from nowhere (External Secrets 2.9, generators/v1). */
export const harmlessGenerators = ["Fake", "MFA", "Password", "SSHKey", "UUID"] as const;

/** Generators that can take the service account of a namespace for AWS (types_ecr.go, types_sts.go). */
export const awsGenerators = ["ECRAuthorizationToken", "STSSessionToken"] as const;

/** Generators that can ask with the operator's own identity or from its place in the network. */
export const otherGenerators = [
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
] as const satisfies readonly Kind[];

/** What no team delivers by Argo CD, which would write it with its own rights: by group and kind. */
export const undeliveredKinds: readonly { readonly group: string; readonly kind: string }[] = [
  ...foreignKinds.map(({ group, kind }) => ({ group, kind })),
  ...["SecretStore", "PushSecret"].map((kind) => ({ group: SECRETS_GROUP, kind })),
  ...[...awsGenerators, ...otherGenerators, GENERATOR_STATE].map((kind) => ({
    group: GENERATORS_GROUP,
    kind,
  })),
];
