import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { stacksRead } from "../../src/cli/deploy/peers";
import { connectTargets, type Target } from "../../src/model/target";
import { synthesize } from "../../src/synth/synthesize";
import { PRIVATE_CA as CA } from "../support/cluster-mesh";
import { aTarget } from "../support/fixtures";
import { ENVIRONMENT, problemsOfPair } from "../support/problems";
import { parsed, releaseValues, resource, resourcesOf, synthTarget } from "../support/synth";

const FALLBACK = '  tokenExchange: { kind: terraform-state, reason: "no External Secrets here: NET-42" }\n';
const SHARED = `ingress: { dns: { zones: { example.com: Z0123456789ABC } }, certificates: { email: a@b.io } }\n`;
const ESO = "secrets: {}\n";
const EAST = "envs/dev/us-east-1.yaml";
const WEST = "envs/dev/us-west-2.yaml";

type Region = "us-east-1" | "us-west-2";

function side(region: Region, exchange: string): string {
  const peer = region === "us-east-1" ? "dev/us-west-2" : "dev/us-east-1";
  return `network:
  vpcCidr: ${region === "us-east-1" ? "10.0.0.0/16" : "10.1.0.0/16"}
  zones: [${region}a, ${region}b, ${region}c]
  connections: { peers: [${peer}] }
mesh:
  kind: istio
  id: acme
  trustDomain: acme.internal
  certificateAuthority: { kind: aws-private-ca, arn: "${CA}" }
  peers: [${peer}]
${exchange}`;
}

function aPair(exchange: string, more = ""): { east: Target; west: Target } {
  const regions: readonly Region[] = ["us-east-1", "us-west-2"];
  const [east, west] = connectTargets(
    regions.map((region) => aTarget(SHARED + more + side(region, exchange), { region })),
  );
  if (east === undefined || west === undefined) throw new Error("no pair");
  return { east, west };
}

/** What is said of a pair, without places. */
function problems(east: string, west: string, more = ESO): string[] {
  return problemsOfPair(ENVIRONMENT + SHARED + more, side("us-east-1", east), side("us-west-2", west));
}

const byDefault = aPair("", ESO);
const fallback = aPair(FALLBACK);
const token = (json: string) => parsed(json).output?.reader_token;

// docs/adr/0007-mesh-exchange.md: no token in a Terraform state.
describe("by default", () => {
  const { mesh, federation } = synthTarget(byDefault.east);

  test("no token is in a state", () => {
    expect(token(mesh)?.value).toBe("");
    for (const json of [mesh, federation]) {
      expect(Object.keys(parsed(json).data ?? {})).not.toContain("kubernetes_secret_v1");
      expect(json).not.toContain("outputs.reader_token");
    }
    expect(resourcesOf(federation, "kubernetes_secret_v1")).toEqual({});
  });

  test("federation does not wait for the peer's mesh", () => {
    expect(stacksRead(byDefault.east, byDefault.west)).toEqual(["network", "cluster"]);
  });
});

// docs/adr/0007-mesh-exchange.md: the fallback, whose risk is stated in a reason.
describe("with tokenExchange: terraform-state", () => {
  const { mesh, federation } = synthTarget(fallback.east);

  test("the mesh stack reads the token once the release is there, and publishes it as sensitive", () => {
    expect(token(mesh)).toMatchObject({
      value: '${data.kubernetes_secret_v1.reader_token.data["token"]}',
      sensitive: true,
    });
    expect(parsed(mesh).data?.kubernetes_secret_v1?.reader_token).toMatchObject({
      metadata: { name: "istio-reader-token", namespace: "istio-system" },
      depends_on: ["helm_release.reader_mesh-reader_helm_release"],
      lifecycle: { postcondition: [{ condition: '${contains(keys(self.data), "token")}' }] },
    });
  });

  test("the cluster gets the same token Secret, and nothing of External Secrets and Secrets Manager", () => {
    const release = "reader_mesh-reader_helm_release";
    const manifests = (json: string) => releaseValues(json, release).manifests as Record<string, unknown>;

    expect(manifests(mesh)).toEqual({ token: manifests(synthTarget(byDefault.east).mesh).token });
    expect(resourcesOf(mesh, "aws_secretsmanager_secret")).toEqual({});
    expect(
      Object.keys(resourcesOf(mesh, "aws_iam_role")).filter((name) => name.startsWith("reader")),
    ).toEqual([]);
  });

  test("the peer writes a kubeconfig with the token, which istiod finds", () => {
    const secret = resource(federation, "kubernetes_secret_v1");
    const { "dev-us-west-2": kubeconfig } = secret.data as Record<string, string>;
    const published = "data.terraform_remote_state.dev-us-west-2-mesh.outputs.reader_token";

    expect(secret).toMatchObject({
      metadata: {
        name: "istio-remote-secret-dev-us-west-2",
        namespace: "istio-system",
        labels: { "istio/multiCluster": "true" },
        annotations: { "networking.istio.io/cluster": "dev-us-west-2" },
      },
      lifecycle: { precondition: [{ condition: `\${(length(${published}) >= 1)}` }] },
    });
    expect(kubeconfig).toContain(
      "server: ${data.terraform_remote_state.dev-us-west-2-cluster.outputs.endpoint}",
    );
    expect(kubeconfig).toContain(`token: \${${published}}`);
    expect(federation).not.toContain("ExternalSecret");
  });

  test("federation waits for the peer's mesh", () => {
    expect(stacksRead(fallback.east, fallback.west)).toEqual(["network", "cluster", "mesh"]);
  });

  test("the guardrails let it through", () => {
    const waived = aPair(
      FALLBACK,
      `waivers:
  - rule: IAM-RESOURCE-WILDCARD
    at: module.ebs-csi-identity_identity
    reason: the registry module's policy for the EBS CSI driver, as AWS publishes it
    owner: platform-team
    expires: "2027-06-30"
`,
    );
    const out = fs.mkdtempSync(path.join(os.tmpdir(), "octarine-test-"));

    expect(synthesize({ targets: [waived.east, waived.west] }, out).stacks.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["dev-us-east-1-mesh", "dev-us-east-1-federation"]),
    );
    fs.rmSync(out, { recursive: true });
  });
});

describe("the configuration", () => {
  test("takes the fallback without External Secrets, and the default with it only", () => {
    expect(problems(FALLBACK, FALLBACK, "")).toEqual([]);
    expect(problems("", "", "")).toContain(
      `${EAST} mesh.peers  read this cluster by a token that External Secrets hands over; write secrets: {} too, or delivery: both`,
    );
  });

  test("refuses a choice of one side only, in both files", () => {
    expect(problems("", FALLBACK)).toEqual([
      `${EAST} mesh.tokenExchange: external-secrets  differs from terraform-state of its peer dev/us-west-2 in ${WEST}; write the same exchange in both`,
      `${WEST} mesh.tokenExchange: terraform-state  differs from external-secrets of its peer dev/us-east-1 in ${EAST}; write the same exchange in both`,
    ]);
  });

  test.each([
    ["no reason", "{ kind: terraform-state }", "has no reason; add it"],
    ["another way", "by-hand", "must be external-secrets or { kind: terraform-state, reason }"],
  ])("refuses %s", (_name, exchange, message) => {
    const [line = ""] = problems(`  tokenExchange: ${exchange}\n`, FALLBACK);

    expect(line.startsWith(`${EAST} mesh.tokenExchange`)).toBe(true);
    expect(line.endsWith(`  ${message}`)).toBe(true);
  });
});
