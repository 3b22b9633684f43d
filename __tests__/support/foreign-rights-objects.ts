import type { ChartValues } from "../../src/modules/chart-values";
import type { Manifest } from "../../src/modules/manifest";

/** Objects of a team's own by which it would act with the rights of others, and those that are its own. */

const object = (apiVersion: string, kind: string, spec: ChartValues, namespace?: string): Manifest => ({
  apiVersion,
  kind,
  metadata: { name: "own", ...(namespace !== undefined && { namespace }) },
  spec,
});
const shop = (apiVersion: string, kind: string, spec: ChartValues) => object(apiVersion, kind, spec, "shop");

const ESO = "external-secrets.io/v1";
const GENERATORS = "generators.external-secrets.io/v1alpha1";
const region = "us-east-1";
const jwt: ChartValues = { jwt: { serviceAccountRef: { name: "api" } } };
const keys: ChartValues = {
  secretRef: {
    accessKeyIDSecretRef: { name: "aws", key: "id" },
    secretAccessKeySecretRef: { name: "aws", key: "secret" },
  },
};
const role = "arn:aws:iam::111122223333:role/dev-us-east-1-secrets-mesh";

const store = (aws: ChartValues): Manifest =>
  shop(ESO, "SecretStore", { provider: { aws: { service: "SecretsManager", region, ...aws } } });
const push = (ref: ChartValues): Manifest =>
  shop("external-secrets.io/v1alpha1", "PushSecret", {
    secretStoreRefs: [ref],
    selector: { secret: { name: "token" } },
    data: [{ match: { secretKey: "token", remoteRef: { remoteKey: "prod/shop/token" } } }],
  });
const certificate = (issuerRef: ChartValues): Manifest =>
  shop("cert-manager.io/v1", "Certificate", { secretName: "tls", dnsNames: ["a.example.com"], issuerRef });
const trigger = (spec: ChartValues): Manifest => shop("keda.sh/v1alpha1", "TriggerAuthentication", spec);
const monitor = (endpoint: ChartValues): Manifest =>
  shop("monitoring.coreos.com/v1", "ServiceMonitor", {
    selector: {},
    endpoints: [{ port: "http", ...endpoint }],
  });
const vault = (credential: ChartValues): ChartValues => ({
  hashiCorpVault: {
    address: "https://vault.example.com",
    authentication: "kubernetes",
    role: "shop",
    mount: "kubernetes",
    credential,
    secrets: [{ parameter: "host", key: "host", path: "kv/data/shop" }],
  },
});

const OWN_ROLE = /names a service account of it .* and no role/;
const GENERATOR = /a generator that asks others names a service account/;
const FOREIGN = /its controller would act with its own rights; teams have no /;

export const borrowed: readonly (readonly [string, Manifest, RegExp])[] = [
  ["a store without any identity", store({}), OWN_ROLE],
  ["a store that names a role", store({ role }), OWN_ROLE],
  ["a store that names a role besides its service account", store({ auth: jwt, role }), OWN_ROLE],
  ["a store that names a chain of roles", store({ auth: jwt, additionalRoles: [role] }), OWN_ROLE],
  ["a store of parameters without any identity", store({ service: "ParameterStore" }), OWN_ROLE],
  ["a store by keys that lie in a secret", store({ auth: keys }), OWN_ROLE],
  [
    "a store that would hand the operator's token to an address",
    shop(ESO, "SecretStore", {
      provider: {
        vault: {
          server: "https://vault.example.com",
          path: "kv",
          auth: { kubernetes: { mountPath: "kubernetes", role: "shop" } },
        },
      },
    }),
    OWN_ROLE,
  ],
  [
    "a generator of registry passwords without any identity",
    shop(GENERATORS, "ECRAuthorizationToken", { region }),
    GENERATOR,
  ],
  [
    "one that names a role",
    shop(GENERATORS, "ECRAuthorizationToken", { region, auth: jwt, role }),
    GENERATOR,
  ],
  ["a generator of AWS sessions", shop(GENERATORS, "STSSessionToken", { region, role }), GENERATOR],
  [
    "a generator that calls an address of the team's choice",
    shop(GENERATORS, "Webhook", { url: "http://169.254.170.23/v1/credentials", result: { jsonPath: "$" } }),
    GENERATOR,
  ],
  [
    "a memory of what a generator made, which the operator would clean up",
    shop(GENERATORS, "GeneratorState", { resource: {}, state: {} }),
    GENERATOR,
  ],
  [
    "a push to a store of the platform",
    push({ kind: "ClusterSecretStore", name: "app" }),
    /stores of the platform are read only/,
  ],
  [
    "a binding of pods to somebody's target group",
    shop("elbv2.k8s.aws/v1beta1", "TargetGroupBinding", {
      serviceRef: { name: "api", port: 80 },
      targetGroupARN: "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/edge/0123456789abcdef",
    }),
    FOREIGN,
  ],
  ["an accelerator", shop("aga.k8s.aws/v1beta1", "GlobalAccelerator", { name: "shop" }), FOREIGN],
  [
    "a record of any name",
    shop("externaldns.k8s.io/v1alpha1", "DNSEndpoint", {
      endpoints: [{ dnsName: "www.example.com", recordType: "A", targets: ["203.0.113.1"] }],
    }),
    FOREIGN,
  ],
  [
    "a redirect of others' traffic on the node",
    shop("cilium.io/v2", "CiliumLocalRedirectPolicy", {
      redirectFrontend: {
        addressMatcher: { ip: "169.254.170.23", toPorts: [{ port: "80", protocol: "TCP" }] },
      },
      redirectBackend: {
        localEndpointSelector: { matchLabels: { app: "api" } },
        toPorts: [{ port: "8080", protocol: "TCP" }],
      },
    }),
    FOREIGN,
  ],
  [
    "a certificate of the mesh's CA",
    certificate({ group: "awspca.cert-manager.io", kind: "AWSPCAClusterIssuer", name: "mesh-root" }),
    /the CA in AWS signs for the platform only/,
  ],
  ["KEDA's role", trigger({ podIdentity: { provider: "aws" } }), /use the identity of KEDA/],
  ["KEDA's token for a Vault of the team's choice", trigger(vault({})), /use the identity of KEDA/],
  [
    "Prometheus' token for an address of the team's choice",
    monitor({ bearerTokenFile: "/var/run/secrets/kubernetes.io/serviceaccount/token" }),
    /Prometheus would send a file of its own/,
  ],
  [
    "addresses that are not the service's",
    {
      ...object(
        "v1",
        "Service",
        { ports: [{ port: 443, protocol: "TCP" }], externalIPs: ["10.0.0.10"] },
        "shop",
      ),
    },
    /externalIPs would take the traffic of others/,
  ],
];

export const own: readonly (readonly [string, Manifest])[] = [
  ["a store with a service account of the namespace", store({ auth: jwt })],
  ["a generator with a service account", shop(GENERATORS, "ECRAuthorizationToken", { region, auth: jwt })],
  ["a generated password", shop(GENERATORS, "Password", { length: 32, allowRepeat: true, noUpper: false })],
  ["a push to a store of the namespace", push({ kind: "SecretStore", name: "own" })],
  [
    "secrets of a store of the platform",
    shop(ESO, "ExternalSecret", {
      refreshInterval: "1h0m0s",
      secretStoreRef: { kind: "ClusterSecretStore", name: "app" },
      target: { name: "db" },
      data: [{ secretKey: "password", remoteRef: { key: "prod/shop/db" } }],
    }),
  ],
  ["a certificate of Let's Encrypt", certificate({ kind: "ClusterIssuer", name: "letsencrypt" })],
  [
    "a trigger by a secret of the namespace",
    trigger({ secretTargetRef: [{ parameter: "host", name: "queue", key: "host" }] }),
  ],
  ["a trigger by a service account for Vault", trigger(vault({ serviceAccountName: "api" }))],
  ["a monitor", monitor({})],
];

export const securityGroupPolicy = shop("vpcresources.k8s.aws/v1beta1", "SecurityGroupPolicy", {
  podSelector: { matchLabels: { app: "api" } },
  securityGroups: { groupIds: ["sg-0123456789abcdef0"] },
});

export const clusterStore = object(ESO, "ClusterSecretStore", {
  provider: { aws: { service: "SecretsManager", region, role } },
});

export const targetGroupBinding = borrowed.find(([, { kind }]) => kind === "TargetGroupBinding")?.[1];
