import { namedElsewhere } from "../../src/model/elsewhere";
import { aTarget } from "../support/fixtures";
import { NETWORK, warningsOf } from "../support/problems";

const OTHER = "999999999999";

test("a target that names no other account reaches the layers of public registries only", () => {
  expect(namedElsewhere(aTarget())).toEqual({
    registryAccounts: [],
    layerBuckets: ["quayio-production-s3", "prod-registry-k8s-io-us-east-1"],
    arns: [],
    meshAccounts: [],
  });
});

test("with a mirror no layer comes from a public registry", () => {
  const target = aTarget("images: { mirror: 111122223333.dkr.ecr.us-east-1.amazonaws.com }");

  expect(namedElsewhere(target)).toMatchObject({ layerBuckets: [], registryAccounts: [] });
});

test.each([
  ["the mirror", `images: { mirror: ${OTHER}.dkr.ecr.us-east-1.amazonaws.com/mirror }`],
  ["an allowed registry", `policies: { allowedRegistries: [${OTHER}.dkr.ecr.us-east-1.amazonaws.com] }`],
])("finds the account of %s", (_, yaml) => {
  expect(namedElsewhere(aTarget(yaml)).registryAccounts).toEqual([OTHER]);
});

test("finds resources of other accounts wherever they are named, and not the target's own", () => {
  const target = aTarget(`
observability: { alerts: { to: "arn:aws:sns:us-east-1:${OTHER}:oncall" } }
secrets: { stores: { a: { paths: [a/], namespaces: [shop], keyArns: ["arn:aws:kms:us-east-1:111122223333:key/12345678-1234-1234-1234-123456789012"] } } }`);

  expect(namedElsewhere(target).arns).toEqual([`arn:aws:sns:us-east-1:${OTHER}:oncall`]);
});

test("roles that call us are not called", () => {
  const target = aTarget(`account: { deployers: ["arn:aws:iam::${OTHER}:role/Admin"] }`);

  expect(namedElsewhere(target).arns).toEqual([]);
});

test("knows the accounts of a mesh's other clusters", () => {
  const mesh = "mesh: { kind: istio, id: m, trustDomain: a.example, peers: [other/us-west-2] }";
  const peer = aTarget(`account: { id: "${OTHER}" }`, { environment: "other", region: "us-west-2" });
  const target = aTarget(mesh).with({ peers: [peer] });

  expect(namedElsewhere(target).meshAccounts).toEqual([OTHER]);
});

test("warns where nobody knows the account of Bottlerocket's control container", () => {
  const files = (ami: string) => ({
    "dev/environment.yaml": `release: "2026.11"
account: { id: "111122223333" }
state: { region: us-east-1 }
runner: { reach: in-vpc }
images: { mirror: 111122223333.dkr.ecr.mx-central-1.amazonaws.com }
cni: { kind: cilium-eni }
nodes: { main: { instanceTypes: [m7i.large], size: { min: 3, max: 30 }, ami: ${ami} } }
`,
    "dev/mx-central-1.yaml": `${NETWORK.replaceAll("us-east-1", "mx-central-1")}  egress: { kind: none }
  endpoints: { set: isolated }
`,
  });

  expect(warningsOf(files("bottlerocket")).join()).toContain(
    "the account of their control container in mx-central-1 is not known; write ami: al2023",
  );
  expect(warningsOf(files("al2023")).join()).not.toContain("control container");
});
