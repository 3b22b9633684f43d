import { connectTargets, type Target } from "../../src/model/target";
import type { Manifest } from "../../src/modules/manifest";
import { PRIVATE_CA as CA } from "../support/cluster-mesh";
import { aTarget } from "../support/fixtures";
import {
  moduleInputs,
  parsed,
  policyIn,
  releaseValues,
  resource,
  resourcesOf,
  synthTarget,
} from "../support/synth";

const RANGES: Readonly<Record<string, string>> = {
  "us-east-1": "10.0.0.0/16",
  "us-west-2": "10.1.0.0/16",
  "eu-west-1": "10.2.0.0/16",
};

/** Targets that are one mesh: each names all others. */
function aMesh(regions: readonly string[], more = ""): Target[] {
  return connectTargets(
    regions.map((region) => {
      const peers = regions.filter((each) => each !== region).map((each) => `dev/${each}`);
      return aTarget(
        `
network:
  vpcCidr: ${RANGES[region]}
  zones: [${region}a, ${region}b, ${region}c]
  connections: { peers: [${peers.join(", ")}] }
ingress: { dns: { zones: { example.com: Z0123456789ABC } }, certificates: { email: a@b.io } }
secrets: {}
mesh:
  kind: istio
  id: acme
  trustDomain: acme.internal
  certificateAuthority: { kind: aws-private-ca, arn: "${CA}" }
  peers: [${peers.join(", ")}]
${more}`,
        { region },
      );
    }),
  );
}

function named(targets: readonly Target[], name: string): Target {
  const found = targets.find((target) => target.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

const pair = aMesh(["us-east-1", "us-west-2"]);
const east = synthTarget(named(pair, "dev/us-east-1"));
const values = (json: string, name: string) => releaseValues(json, `istio_${name}`);

// Istio, "Install Multi-Primary on different networks": traffic between networks goes through a gateway of each.
describe("the east-west gateway", () => {
  test("leads into its network, behind an internal load balancer that only peers may call", () => {
    expect(values(east.mesh, "east-west_istio-eastwestgateway_release")).toMatchObject({
      labels: { istio: "eastwestgateway" },
      networkGateway: "dev-us-east-1",
      service: {
        loadBalancerClass: "service.k8s.aws/nlb",
        loadBalancerSourceRanges: ["10.1.0.0/16"],
        annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" },
      },
    });
  });

  test("passes mutual TLS on and is open in spite of default deny", () => {
    expect(values(east.mesh, "east-west_mesh-peers_helm_release").manifests).toMatchObject({
      gateway: {
        spec: {
          selector: { istio: "eastwestgateway" },
          servers: [
            {
              port: { number: 15443, protocol: "TLS" },
              tls: { mode: "AUTO_PASSTHROUGH" },
              hosts: ["*.local"],
            },
          ],
        },
      },
      allow: { spec: { selector: { matchLabels: { istio: "eastwestgateway" } }, rules: [{}] } },
    });
  });
});

test("calls stay in their region while somebody answers there, then go where the config says", () => {
  const [first] = aMesh(["us-east-1", "us-west-2"], "  failover: { us-east-1: us-west-2 }\n");
  if (first === undefined) throw new Error("no target");
  const { mesh } = synthTarget(first);

  expect(values(mesh, "istiod_release").meshConfig).toMatchObject({
    localityLbSetting: { enabled: true, failover: [{ from: "us-east-1", to: "us-west-2" }] },
    defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: "true" } },
  });
  expect(values(mesh, "east-west_mesh-peers_helm_release").manifests).toMatchObject({
    failover: {
      kind: "DestinationRule",
      spec: { host: "*.local", trafficPolicy: { outlierDetection: { maxEjectionPercent: 100 } } },
    },
  });
});

test("a cluster alone has no gateway for others", () => {
  const [alone] = aMesh(["us-east-1"]);
  if (alone === undefined) throw new Error("no target");
  const { mesh } = synthTarget(alone);

  expect(mesh).not.toContain("eastwestgateway");
  expect(values(mesh, "istiod_release").meshConfig).not.toHaveProperty("localityLbSetting");
});

test("the API server lets the peer's control plane in", () => {
  expect(moduleInputs(east.cluster, "cluster_eks").security_group_additional_rules).toMatchObject({
    ingress_mesh_peers: { from_port: 443, cidr_blocks: ["10.1.0.0/16"] },
  });
});

test("both sides let in the ports of a gateway", () => {
  const rules = Object.values(resourcesOf(east.federation, "aws_vpc_security_group_ingress_rule")).map(
    ({ cidr_ipv4, from_port }) => `${String(cidr_ipv4)} ${String(from_port)}`,
  );

  expect(rules.sort()).toEqual(
    ["10.0.0.0/16", "10.1.0.0/16"].flatMap((range) =>
      [15012, 15017, 15021, 15443].map((port) => `${range} ${port}`),
    ),
  );
});

// docs/adr/0007-mesh-exchange.md: the token goes from cluster to cluster without passing a Terraform state.
describe("what lets a peer read this cluster", () => {
  const reader = "reader_mesh-reader_helm_release";
  const NAME = "octarine/mesh/acme/dev-us-east-1";

  test("the token goes from the cluster to a secret that the peer's region has too", () => {
    expect(resource(east.mesh, "aws_secretsmanager_secret")).toMatchObject({
      name: NAME,
      kms_key_id: "${aws_kms_key.reader_key_key.arn}",
      replica: [
        { region: "us-west-2", kms_key_id: "${aws_kms_replica_key.reader_key_replica-us-west-2.arn}" },
      ],
      tags: { "managed-by": "external-secrets" },
    });
    expect(releaseValues(east.mesh, reader).manifests).toMatchObject({
      token: {
        type: "kubernetes.io/service-account-token",
        metadata: { annotations: { "kubernetes.io/service-account.name": "istio-reader-service-account" } },
      },
      push: {
        kind: "PushSecret",
        spec: { data: [{ match: { secretKey: "token", remoteRef: { remoteKey: NAME } } }] },
      },
    });
  });

  // external-secrets/external-secrets v2.9.0, providers/v1/aws/secretsmanager/secretsmanager.go: constructMetadataWithDefaults
  // refuses the operator's own mark in metadata; with other tags there, it takes away all that are not among them.
  test("the push names no tags: External Secrets refuses its own mark, and would take Terraform's away", () => {
    const { push } = releaseValues(east.mesh, reader).manifests as { push: Manifest };
    const { data } = push.spec as unknown as { data: { metadata: { spec: object } }[] };

    expect(data.map(({ metadata }) => metadata.spec)).toEqual([{ secretPushFormat: "string" }]);
  });

  // The same file: putSecretValueWithContext, in that order; DeleteResourcePolicy is called by each push.
  test("the role that pushes may make each call of a push, to that secret and by its keys", () => {
    const [secret, key] = policyIn(
      resource(east.mesh, "aws_iam_role_policy", "reader_writer-policy"),
    ).Statement;

    expect(secret).toMatchObject({
      Action: [
        "secretsmanager:DeleteResourcePolicy",
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetSecretValue",
        "secretsmanager:PutSecretValue",
      ],
      Resource: `arn:aws:secretsmanager:us-east-1:111122223333:secret:${NAME}-??????`,
    });
    expect(key).toMatchObject({
      Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
      Resource: ["us-east-1", "us-west-2"].map(
        (region) => `arn:aws:kms:${region}:111122223333:key/\${aws_kms_key.reader_key_key.key_id}`,
      ),
    });
  });

  test("Terraform writes no value of a secret and reads no token", () => {
    const types = [east.mesh, east.federation].flatMap((json) => [
      ...Object.keys(parsed(json).resource ?? {}),
      ...Object.keys(parsed(json).data ?? {}),
    ]);

    expect(types).not.toContain("aws_secretsmanager_secret_version");
    expect(types.filter((type) => type.startsWith("kubernetes_"))).toEqual([]);
  });

  test("only the peer's External Secrets may read it", () => {
    const role = resource(east.mesh, "aws_iam_role", "reader_reader");

    expect(policyIn(role, "assume_role_policy").Statement).toMatchObject([
      {
        Principal: { AWS: ["arn:aws:iam::111122223333:root"] },
        Condition: {
          ArnEquals: {
            "aws:PrincipalArn": ["arn:aws:iam::111122223333:role/dev-us-west-2-external-secrets"],
          },
        },
      },
    ]);
    expect(
      policyIn(resource(east.mesh, "aws_iam_role_policy", "reader_reader-policy")).Statement,
    ).toMatchObject([
      {
        Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
        Resource: ["us-east-1", "us-west-2"].map(
          (region) => `arn:aws:secretsmanager:${region}:111122223333:secret:${NAME}-??????`,
        ),
      },
      {
        Action: ["kms:Decrypt"],
        Resource: ["us-east-1", "us-west-2"].map(
          (region) => `arn:aws:kms:${region}:111122223333:key/\${aws_kms_key.reader_key_key.key_id}`,
        ),
      },
    ]);
  });
});

test.each([
  ["dev/us-east-1", "dev-us-west-2"],
  ["dev/us-west-2", "dev-us-east-1"],
])("in %s istiod gets a kubeconfig of its peer, whose token is put in by the cluster", (name, peer) => {
  const { federation } = synthTarget(named(pair, name));
  const [text] = resource(federation, "helm_release", "remotes_mesh-remotes_helm_release").values as string[];

  expect(text).toContain(
    `"aws":{"service":"SecretsManager","region":"${name.slice(4)}","role":"arn:aws:iam::111122223333:role/${peer}-mesh-reader"}`,
  );
  expect(text).toContain(
    `"metadata":{"labels":{"istio/multiCluster":"true"},"annotations":{"networking.istio.io/cluster":"${peer}"}}`,
  );
  expect(text).toContain(`server: \${data.terraform_remote_state.${peer}-cluster.outputs.endpoint}`);
  expect(text).toContain("token: {{ .token }}");
  expect(text).toContain(`"remoteRef":{"key":"octarine/mesh/acme/${peer}"}`);
});

test("the federation stack waits for this cluster's mesh and for the peer's cluster", () => {
  const states = Object.keys(parsed(east.federation).data?.terraform_remote_state ?? {});

  expect(states).toEqual(expect.arrayContaining(["cluster", "dev-us-west-2-cluster", "mesh"]));
});

// Adding a region changes only what must change in those that run.
test("a third region changes what lets peers in and nothing else", () => {
  const three = synthTarget(named(aMesh(["us-east-1", "us-west-2", "eu-west-1"]), "dev/us-east-1"));
  const names = Object.keys(three) as (keyof typeof three)[];

  expect(names.filter((name) => three[name] !== east[name])).toEqual([
    // Network ACLs, the API server, the gateway and who may read, the peer's kubeconfig.
    ...["network", "cluster", "mesh", "federation"],
  ]);
});

test("default deny lets a namespace of the mesh reach istiod and the peer's gateway, and no other namespace", () => {
  const [first] = aMesh(
    ["us-east-1", "us-west-2"],
    `  ingressGateway: {}
namespaces:
  inside: { labels: { istio-injection: enabled } }
  outside: {}
`,
  );
  if (first === undefined) throw new Error("no target");
  const { policies } = synthTarget(first);
  const inside = JSON.stringify(releaseValues(policies, "namespace-inside_policies-inside_helm_release"));

  for (const part of ["15012", "15443", "10.1.0.0/16"]) expect(inside).toContain(part);
  // Gateways come to what is declared, and here nothing is.
  for (const part of ["istio-ingress", "eastwestgateway"]) expect(inside).not.toContain(part);
  expect(
    JSON.stringify(releaseValues(policies, "namespace-outside_policies-outside_helm_release")),
  ).not.toContain("istio");
});
