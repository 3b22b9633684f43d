import { Release } from "@cdktf/provider-helm/lib/release";
import "cdktf/lib/testing/adapters/jest";
import { NETWORK, problemsIn } from "../../support/problems";
import { type Block, releaseValues, resourcesOf, synthYaml } from "../../support/synth";

const SPIRE =
  "identity: { kind: spire, trustDomain: dev.acme.internal, caSubject: { country: DE, organization: Acme } }";
const CILIUM = "identity: { kind: cilium, trustDomain: dev.acme.internal }";
const authentication = (yaml: string) =>
  releaseValues(synthYaml(yaml).cni, "cilium_cilium_release").authentication;

test("CRDs come before SPIRE", () => {
  const { identity } = synthYaml(SPIRE);

  expect(
    Object.values(resourcesOf(identity, "helm_release"))
      .map(({ name }) => name)
      .sort(),
  ).toEqual(["spire", "spire-crds", "spire-storage"]);
  expect(identity).toHaveResourceWithProperties(Release, {
    name: "spire",
    depends_on: ["helm_release.spire_crds_release", "helm_release.spire_spire-storage_helm_release"],
  });
});

test("SPIRE and Cilium's mutual authentication are never there together", () => {
  expect(authentication(SPIRE)).not.toHaveProperty("enabled");
  expect(authentication(CILIUM)).toMatchObject({
    enabled: true,
    mutual: { spire: { enabled: true, trustDomain: "dev.acme.internal", install: { enabled: true } } },
  });
  expect(Object.keys(synthYaml(CILIUM))).not.toContain("identity");
});

// Cilium's chart 1.19.6, templates/spire/server: keys.json and datastore.sqlite3 lie in /run/spire/data.
test("the CA of Cilium's SPIRE outlives its server's pod: on an encrypted volume, whose class is there first", () => {
  const { cni } = synthYaml(CILIUM);
  const { storageClass, ...storage } = (
    authentication(CILIUM) as { mutual: { spire: { install: { server: { dataStorage: Block } } } } }
  ).mutual.spire.install.server.dataStorage;

  expect(storage).toEqual({ enabled: true, size: "1Gi" });
  expect(releaseValues(cni, "cilium_cilium-spire-storage_helm_release").manifests).toMatchObject({
    "storage-class": {
      kind: "StorageClass",
      metadata: { name: storageClass },
      parameters: { encrypted: "true", kmsKeyId: expect.stringContaining("volumes_key_arn") as string },
      volumeBindingMode: "WaitForFirstConsumer",
    },
  });
  expect(cni).toHaveResourceWithProperties(Release, {
    name: "cilium",
    depends_on: expect.arrayContaining(["helm_release.cilium_cilium-spire-storage_helm_release"]) as string[],
  });
});

test("without identity there is neither", () => {
  expect(authentication("")).not.toHaveProperty("enabled");
  expect(Object.keys(synthYaml())).not.toContain("identity");
});

test.each<[string, string, string]>([
  [
    "Cilium's identities without Cilium's data plane",
    `${NETWORK}${CILIUM}\ncni: { kind: vpc-cni }\n`,
    "envs/dev/us-east-1.yaml:4:19  identity.kind: cilium  is for Cilium's own data plane, and vpc-cni moves packets past it; write identity.kind: spire, or cni.kind: cilium-eni",
  ],
  [
    "a trust domain that everybody has",
    `${NETWORK}${SPIRE.replace("dev.acme.internal", "example.org")}\n`,
    "envs/dev/us-east-1.yaml:4:39  identity.trustDomain: example.org  is a default that other meshes have, too; write a name of your own, for example prod.acme.internal",
  ],
  [
    "the chart's own organization",
    `${NETWORK}${SPIRE.replace("Acme", "Example")}\n`,
    "envs/dev/us-east-1.yaml:4:98  identity.caSubject.organization: Example  is the chart's default, which it refuses; write your own",
  ],
  [
    "both kinds at once",
    `${NETWORK}identity: { kind: cilium, trustDomain: dev.acme.internal, caSubject: { country: DE, organization: Acme } }\n`,
    "envs/dev/us-east-1.yaml:4:59  identity.caSubject  is not a known key; known here: kind, trustDomain",
  ],
])("refuses %s", (_what, text, problem) => {
  expect(problemsIn(text)).toEqual([problem]);
});
