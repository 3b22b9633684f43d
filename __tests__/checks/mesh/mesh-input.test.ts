import { NETWORK, problemsIn } from "../../support/problems";

const CA =
  "certificateAuthority: { kind: aws-private-ca, arn: 'arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/12345678-1234-1234-1234-123456789012' }";
const MESH = "id: acme, trustDomain: acme.internal";
/** What a problem says, without its place. */
const said = (text: string) => problemsIn(text).map((line) => line.replace(/^\S+  /, ""));

test.each([
  ["sidecars", `mesh: { kind: istio, ${MESH} }\n`],
  ["ambient mode", `mesh: { kind: istio-ambient, ${MESH} }\n`],
  ["a gateway", `mesh: { kind: istio, ${MESH}, ingressGateway: {} }\ningress: {}\n`],
  ["chaining", `mesh: { kind: istio, ${MESH} }\ncni: { kind: cilium-chaining }\n`],
])("a mesh with %s has no problem", (_name, yaml) => {
  expect(problemsIn(`${NETWORK}${yaml}`)).toEqual([]);
});

test.each<[string, string, string]>([
  [
    "sidecars on an overlay",
    `mesh: { kind: istio, ${MESH} }\ncni: { kind: cilium-overlay, podCidr: 100.64.0.0/11 }\n`,
    `cni  can't be: the EKS control plane has no route to pod addresses of an overlay, so istiod's injection webhook can't be called (istio/istio charts 1.27 to 1.30 have no key for the host network, 2026-08); use cni.kind: cilium-eni, or put istiod on the host network by a patch`,
  ],
  [
    "a gateway without a controller for its load balancer",
    `mesh: { kind: istio, ${MESH}, ingressGateway: {} }\n`,
    `mesh.ingressGateway  needs the AWS Load Balancer Controller for its load balancer; write ingress: {} too, or remove it`,
  ],
  [
    "allowed calls where all are allowed",
    `mesh: { kind: istio, ${MESH}, defaultDeny: { enabled: false, reason: "moving in by team" }, allow: { a: { namespace: b, from: [c] } } }\nnamespaces: { b: {}, c: {} }\n`,
    `mesh.allow  would close the namespaces it names to all others, though defaultDeny is off; remove one of them`,
  ],
  [
    "a rule with the name of one that a declared call makes",
    `mesh: { kind: istio, ${MESH}, allow: { declared-from-a: { namespace: b, from: [c] } } }\nnamespaces: { b: { labels: { istio-injection: enabled } }, c: { labels: { istio-injection: enabled } } }\n`,
    `mesh.allow.declared-from-a  may be the name of an AuthorizationPolicy that the platform makes in b; write another name`,
  ],
  [
    "fewer replicas at most than at least",
    `mesh: { kind: istio, ${MESH}, controlPlane: { replicas: { min: 6, max: 5 } } }\n`,
    `mesh.controlPlane.replicas.max: 5  is below the minimum, 6; write 6 or more`,
  ],
  [
    "a CA without cert-manager",
    `mesh: { kind: istio, ${MESH}, ${CA} }\ningress: {}\n`,
    `mesh.certificateAuthority  needs cert-manager, which makes the cluster's key; write ingress.certificates: { email } too`,
  ],
  [
    "a CA that is none",
    `mesh: { kind: istio, ${MESH}, certificateAuthority: { kind: aws-private-ca, arn: "arn:aws:acm:x" } }\n`,
    `mesh.certificateAuthority.arn: arn:aws:acm:x  is not a CA of AWS Private CA; write arn:aws:acm-pca:<region>:<account>:certificate-authority/<id>`,
  ],
  [
    "mutual TLS off",
    `mesh: { kind: istio, ${MESH}, mtls: none }\n`,
    `mesh.mtls: none  must be strict or { mode: permissive, reason }`,
  ],
  [
    "permissive without a reason",
    `mesh: { kind: istio, ${MESH}, mtls: { mode: permissive } }\n`,
    `mesh.mtls  has no reason; add it`,
  ],
  [
    "tracing without a collector",
    `mesh: { kind: istio, ${MESH}, tracing: {} }\n`,
    `mesh.tracing  has no collector to send to; write observability.openTelemetry: { traces } too, or remove it`,
  ],
  [
    "a canary that is not a later version",
    `mesh: { kind: istio, ${MESH}, controlPlane: { canary: { version: "1.29.6" } } }\n`,
    `mesh.controlPlane.canary.version: 1.29.6  is not later than 1.29.6, which the release has; remove canary, or write a later one`,
  ],
  [
    "a canary two minors later",
    `mesh: { kind: istio, ${MESH}, controlPlane: { canary: { version: "1.31.0" } } }\n`,
    `mesh.controlPlane.canary.version: 1.31.0  is more than one minor after 1.29.6, which the release has; take one at a time`,
  ],
  [
    "sidecars that know everything without a reason",
    `mesh: { kind: istio, ${MESH}, sidecarScope: { mode: mesh } }\n`,
    `mesh.sidecarScope  has no reason; add it`,
  ],
  [
    "a public gateway for peers without a reason",
    `mesh: { kind: istio, ${MESH}, eastWestGateway: { scheme: internet-facing, cidrs: [203.0.113.7/32] } }\n`,
    `mesh.eastWestGateway  has no reason; add it`,
  ],
  [
    "a public gateway for peers that says not of whom",
    `mesh: { kind: istio, ${MESH}, eastWestGateway: public }\n`,
    `mesh.eastWestGateway: public  must be internal or { scheme: internet-facing, cidrs, reason }`,
  ],
  [
    "a stored CA that Istio's namespace may not have",
    `mesh: { kind: istio, ${MESH}, certificateAuthority: { kind: secrets-manager, secret: { store: mesh, name: mesh/ca } } }\nsecrets: { stores: { mesh: { paths: [mesh/], namespaces: [payments] } } }\n`,
    `mesh.certificateAuthority.secret.store: mesh  is not for namespace istio-system; add it to secrets.stores.mesh.namespaces`,
  ],
  [
    "a waypoint without its kind",
    `mesh: { kind: istio-ambient, ${MESH}, defaultDeny: { enabled: false, reason: "policies are the teams'" }, waypoints: [payments] }\nnamespaces: { payments: { labels: { istio.io/use-waypoint: waypoint } } }\n`,
    `mesh.waypoints  are Gateways, a kind that the cluster does not have; write cni.gatewayApi: { enabled: true } too`,
  ],
  [
    "a trust domain that is none",
    "mesh: { kind: istio, id: acme, trustDomain: Acme_Prod }\n",
    `mesh.trustDomain: Acme_Prod  is not a trust domain; write it like a domain name, for example prod.acme.internal`,
  ],
])("refuses %s", (_name, yaml, expected) => {
  expect(said(`${NETWORK}${yaml}`)).toEqual([expected]);
});

test("refuses ambient mode on an overlay", () => {
  const yaml = `mesh: { kind: istio-ambient, ${MESH} }\ncni: { kind: cilium-overlay, podCidr: 100.64.0.0/11 }\n`;

  expect(said(`${NETWORK}${yaml}`)).toContain(
    "mesh.kind: istio-ambient  has webhooks that the control plane calls, and it reaches no pod of an overlay; write cni.kind: cilium-eni",
  );
  // The config has no key for values of Cilium's chart.
  expect(said(`${NETWORK}${yaml}`).join()).not.toMatch(/Cilium's values/);
});

// The definitions of the Gateway API are no file of these tests.
describe("a waypoint", () => {
  const problems = (more: string, labels = "istio.io/use-waypoint: waypoint") =>
    said(
      `${NETWORK}mesh: { kind: istio-ambient, ${MESH}, waypoints: [payments]${more} }
namespaces: { payments: { labels: { ${labels} } } }
cni: { kind: cilium-eni, gatewayApi: { enabled: true } }
`,
    ).filter((line) => !line.includes("npx octarine vendor gateway-api"));
  const OPEN = `, defaultDeny: { enabled: false, reason: "policies are the teams'" }`;

  test("has no problem where nothing is denied by default", () => {
    expect(problems(OPEN)).toEqual([]);
  });

  test("is refused under default deny, which it would undo", () => {
    expect(problems("")).toEqual([
      "mesh.waypoints  would undo default deny: pods see the waypoint in place of its callers, so allow refuses all of them, or none; write defaultDeny: { enabled: false, reason } and policies of your own for both, or remove it",
    ]);
  });

  test("is refused where nobody uses it", () => {
    expect(problems(OPEN, "team: payments")).toEqual([
      "mesh.waypoints[0]: payments  is not used by anything; write namespaces.payments.labels: { istio.io/use-waypoint: waypoint } too",
    ]);
  });
});

test("a CA that no endpoint leads to is refused without egress", () => {
  const isolated = `${NETWORK}  egress: { kind: none }\n  endpoints: { set: isolated }\nimages: { mirror: m.corp }\n`;
  const line =
    "mesh.certificateAuthority  is not reached without egress; write acm-pca in network.endpoints.additional, and a CA of this region";

  expect(said(`${isolated}mesh: { kind: istio, ${MESH}, ${CA} }\n`)).toContain(line);
  const reached = isolated.replace("set: isolated", "set: isolated, additional: [acm-pca]");
  expect(said(`${reached}mesh: { kind: istio, ${MESH}, ${CA} }\n`)).not.toContain(line);
});
