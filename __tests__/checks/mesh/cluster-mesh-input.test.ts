import { CLUSTER_MESH_YAML, PRIVATE_CA, STORED_CA } from "../../support/cluster-mesh";
import { ENVIRONMENT, NETWORK, problemsIn } from "../../support/problems";

const BASE = `kind: cilium, id: acme, certificateAuthority: ${STORED_CA}`;
/** What a problem says, without its place. */
const said = (text: string, environment?: string) =>
  problemsIn(`${NETWORK}${text}`, environment).map((line) => line.replace(/^\S+  /, ""));
const mesh = (more = "", rest = CLUSTER_MESH_YAML) => `mesh: { ${BASE}, clusterId: 1${more} }\n${rest}`;

test.each([
  ["a stored CA", mesh()],
  ["AWS Private CA", mesh().replace(STORED_CA, `{ kind: aws-private-ca, arn: '${PRIVATE_CA}' }`)],
  ["the last id of ENI mode", mesh().replace("clusterId: 1", "clusterId: 127")],
  [
    "a higher id in an overlay",
    `${mesh().replace("clusterId: 1", "clusterId: 200")}cni: { kind: cilium-overlay, podCidr: 100.64.0.0/11 }\n`,
  ],
  ["exported services", mesh(", mcsApi: true")],
])("a mesh of Cilium with %s has no problem", (_name, yaml) => {
  expect(said(yaml)).toEqual([]);
});

test.each<[string, string, string]>([
  [
    "an id that ENI mode has no room for",
    mesh().replace("clusterId: 1", "clusterId: 128"),
    "mesh.clusterId: 128  fails with cilium-eni, whose packets carry the id in a mark that 128 and more don't fit in; write 1 to 127",
  ],
  [
    "a CNI that leaves services to kube-proxy",
    `${mesh()}cni: { kind: cilium-chaining }\n`,
    "mesh.kind: cilium  is Cilium's own load balancing over clusters, which cni.kind cilium-chaining leaves to kube-proxy; write cni.kind: cilium-eni or cilium-overlay, or mesh.kind: istio",
  ],
  [
    "no load balancer controller",
    mesh("", "secrets: { stores: { mesh: { paths: [mesh/], namespaces: [kube-system] } } }\n"),
    "mesh.kind: cilium  needs the AWS Load Balancer Controller, which keeps the targets of the load balancer that peers call; write ingress too",
  ],
  [
    "no cert-manager",
    mesh("", "secrets: { stores: { mesh: { paths: [mesh/], namespaces: [kube-system] } } }\ningress: {}\n"),
    "mesh.certificateAuthority  needs cert-manager, which signs with it; write ingress.certificates: { email } too",
  ],
  [
    "a CA that Cilium's namespace may not have",
    mesh().replace("namespaces: [kube-system]", "namespaces: [payments]"),
    "mesh.certificateAuthority.secret.store: mesh  is not for namespace kube-system; add it to secrets.stores.mesh.namespaces",
  ],
  [
    "mutual authentication, which ends at the cluster",
    `${mesh()}identity: { kind: cilium, trustDomain: acme.internal }\n`,
    "mesh.kind: cilium  does not work with Cilium's mutual authentication, which knows identities of its own cluster only; write identity.kind: spire, or remove one of them",
  ],
])("refuses %s", (_name, yaml, expected) => {
  expect(said(yaml)).toContain(expected);
});

// Services of several clusters are called by their names, and network policies open exactly what is declared.
describe("a flow to pods of another target", () => {
  const allow = (peer: string) =>
    `${mesh()}namespaces: { payments: { allow: [{ to: { ${peer}, port: 8080 } }] } }\n`;

  test("is refused where that target is not a peer in Cilium's mesh", () => {
    expect(said(allow("namespace: stock, target: dev/eu-west-1"))).toContain(
      "namespaces.payments.allow[0].to.target: dev/eu-west-1  is not a peer of this target in Cilium's mesh; write cidr, or mesh: { kind: cilium, peers } with it",
    );
  });

  // That target's config says who may call it.
  test("of another target's service is not looked up in this target's namespaces", () => {
    const service = `namespace: shop, image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/web:1", ports: { http: { port: 8080, protocol: http } }, resources: { cpus: 0.1, memoryMiB: 128 }`;
    const to = (peer: string) =>
      said(
        `${mesh(", peers: [dev/eu-west-1]")}namespaces: { shop: {} }\nworkloads: { web: { ${service}, dependencies: [{ ${peer}, port: 8443 }] } }\n`,
      ).filter((line) => line.startsWith("workloads.web"));

    expect(to("namespace: stock, target: dev/eu-west-1")).toEqual([]);
    expect(to("namespace: stock")).toEqual([
      "workloads.web.dependencies[0].namespace: stock  is not a namespace of this target; declare it under namespaces, or correct the name",
    ]);
  });

  test("names a namespace", () => {
    expect(said(allow("cidr: 10.9.0.0/16, target: dev/eu-west-1"))).toContain(
      "namespaces.payments.allow[0].to.target: dev/eu-west-1  has no effect without namespace; remove it",
    );
  });
});

test("refuses exported services before Cilium 1.19", () => {
  const older = ENVIRONMENT.replace("2026.11", "2025.09");

  expect(said(`${mesh(", mcsApi: true")}cluster: { supportPolicy: extended }\n`, older)).toContain(
    "mesh.mcsApi: true  needs Cilium 1.19, which brings the API's kinds, and the release has 1.18.12; remove it, or write a later release",
  );
});
