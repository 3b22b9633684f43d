import type { Resource } from "../../../src/guardrails/resource";
import { type Attributes, isMap, items, type Value } from "../../../src/values/value";
import { reachOf, sample, unmet, without } from "../support";

const prod = sample("prod/us-east-1");

/** A policy of Cilium, added to the stacks. */
function closing(namespace: string, labels: Attributes, egress: Value): Resource {
  return {
    type: "k8s:CiliumNetworkPolicy",
    address: "added",
    stack: "test",
    source: "input",
    attributes: {
      apiVersion: "cilium.io/v2",
      kind: "CiliumNetworkPolicy",
      metadata: { namespace, name: "closed" },
      spec: { endpointSelector: { matchLabels: labels }, egress },
    },
  };
}

/** Parts of a component among themselves: what a default deny of their namespace ends. */
test.each([
  [
    "argocd",
    [
      "argocd/argocd-server to argocd/argocd-repo-server, TCP 8081",
      "argocd/argocd-application-controller to argocd/argocd-redis-ha-haproxy, TCP 6379",
      "argocd/argocd-redis-ha-haproxy to argocd/argocd-redis-ha-server, TCP 26379",
    ],
  ],
  ["keda", ["keda/keda-operator-metrics-apiserver to keda/keda-operator, TCP 9666"]],
  [
    "monitoring",
    [
      "monitoring/grafana to monitoring/prometheus, TCP 9090",
      "monitoring/prometheus to monitoring/alertmanager, TCP 9093",
    ],
  ],
])("parts of %s reach each other no more without what lets its namespace in", (namespace, flows) => {
  const found = unmet(reachOf(prod, without(`NetworkPolicy ${namespace}/allow-same-namespace`)).judged);

  for (const flow of flows)
    expect(found).toContainEqual(
      expect.stringContaining(`between parts: ${flow} denied at policy of the receiver`),
    );
});

test("lookups of other names end at CoreDNS, where a policy lets it out to the API server alone", () => {
  const policy = closing("kube-system", { "k8s-app": "kube-dns" }, [{ toEntities: ["kube-apiserver"] }]);
  const found = unmet(reachOf(prod, (all) => [...all, policy]).judged);

  expect(found.map((each) => each.replace(/ denied at .*/, ""))).toEqual([
    "DNS: kube-system/coredns to 10.0.0.2/32, UDP 53",
    "DNS: kube-system/coredns to 10.0.0.2/32, TCP 53",
  ]);
});

test("logins of Argo CD end where its server does not reach the provider", () => {
  const policy = closing("argocd", { "app.kubernetes.io/name": "argocd-server" }, [
    { toEntities: ["cluster", "kube-apiserver"] },
  ]);

  expect(unmet(reachOf(prod, (all) => [...all, policy]).judged)).toEqual([
    expect.stringMatching(/^outside: argocd\/argocd-server to login\.acme\.internal, TCP 443 denied/),
  ]);
});

/** cert-manager asks public name servers for its own record of DNS-01, and the VPC's resolver where the way out is regulated. */
test("cert-manager's DNS check ends at a network ACL without port 53", () => {
  const noDns = (all: readonly Resource[]) =>
    all.map((each): Resource => {
      if (each.type !== "aws_network_acl") return each;
      const egress = items(each.attributes.egress).filter((rule) => isMap(rule) && rule.from_port !== 53);
      return { ...each, attributes: { ...each.attributes, egress } };
    });

  expect(unmet(reachOf(prod, noDns).judged)).toContainEqual(
    expect.stringMatching(
      /^outside: cert-manager\/cert-manager to 1\.1\.1\.1\/32, UDP 53 denied at network ACL out/,
    ),
  );
});
