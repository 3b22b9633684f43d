import { namespacesOfReleases } from "../support/release-namespaces";
import { synthYaml } from "../support/synth";

const ALL = `
metricsServer: {}
keda: {}
secrets: {}
ingress:
  dns: { zones: { example.com: Z0123456789ABCDEFGHIJ } }
  certificates: { email: platform@example.com }
observability: { prometheus: {}, openTelemetry: { traces: { kind: xray } } }
gitops: { repo: { url: "https://git.corp/fleet.git" }, rollouts: true }
backup: { schedule: "0 2 * * *", retentionDays: 30 }
mesh: { kind: istio, id: acme, trustDomain: acme.internal, ingressGateway: {} }
`;

/** Who has no policy yet, and why. */
const OPEN: Readonly<Record<string, string>> = {
  "kube-system": "DNS, CNI and node agents, most on the host network: everybody calls them",
  "istio-system": "every proxy calls istiod, and peers the east-west gateway",
  "istio-ingress": "callers come from outside, to whatever ports the Gateways have",
};

test("every namespace of the platform that has pods has network policies", () => {
  const { charts, policies } = namespacesOfReleases(synthYaml(ALL));

  expect([...charts].filter((name) => !policies.has(name)).sort()).toEqual(Object.keys(OPEN).sort());
});
