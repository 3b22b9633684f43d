import type { Resource } from "../../../src/guardrails/resource";
import { reachOf, sample, unmet, without } from "../support";

const prod = sample("prod/us-east-1");

/** Faults of a network, put back by hand: what is taken out of the stacks, and the needs that end there. */
test.each([
  [
    "lookups of a closed namespace",
    "NetworkPolicy payments/allow-dns",
    /^DNS: payments\/orders to kube-system\/coredns, UDP 53 denied at policy of the sender: no rule allows it: .*NetworkPolicy payments\/default-deny/,
  ],
  [
    "credentials by Pod Identity",
    "CiliumNetworkPolicy payments/allow-aws-identity",
    /^Pod Identity: payments\/receipts to Pod Identity agent, TCP 80 denied at policy of the sender/,
  ],
  [
    "the webhook of cert-manager",
    "NetworkPolicy cert-manager/allow-open-ports",
    /^webhook: API server to cert-manager\/cert-manager-webhook, TCP 10250 denied at policy of the receiver/,
  ],
  [
    "Prometheus behind a policy",
    "NetworkPolicy external-secrets/allow-monitoring",
    /^metrics: monitoring\/prometheus to external-secrets\/external-secrets, TCP 8080 denied at policy of the receiver/,
  ],
  [
    "certificates of sidecars",
    "NetworkPolicy payments/allow-mesh",
    /^mesh: payments\/orders to istio-system\/istiod, TCP 15012 denied at policy of the sender/,
  ],
  [
    "calls of edge to payments, by the caller's policy",
    "NetworkPolicy edge/to-payments-tcp-8080",
    /^declared call: edge\/\* to payments\/orders, TCP 8080 denied at policy of the sender/,
  ],
  [
    "calls of edge to payments, by the mesh",
    "AuthorizationPolicy payments/orders-callers",
    /^declared call: edge\/\* to payments\/orders, TCP 8080 denied at mesh of the receiver/,
  ],
  [
    "a queue outside that the sidecar does not know",
    "ServiceEntry payments/sqs.us-east-1.amazonaws.com",
    /^declared call: payments\/receipts to sqs\.us-east-1\.amazonaws\.com, TCP 443 denied at mesh of the sender/,
  ],
  [
    "spans of sidecars",
    "NetworkPolicy opentelemetry/allow-open-ports",
    /^telemetry: payments\/orders to opentelemetry\/otlp-collector, TCP 4317 denied at policy of the receiver/,
  ],
  [
    "requests of the load balancer to Argo CD",
    "NetworkPolicy argocd/allow-users",
    /^load balancer: internal load balancers to argocd\/argocd-server, TCP 8080 denied at policy of the receiver/,
  ],
  [
    "a bucket that a service calls by its role, and no dependency",
    "CiliumNetworkPolicy payments/receipts-dependencies",
    /^AWS: payments\/receipts to acme-prod-receipts\.s3\.us-east-1\.amazonaws\.com, TCP 443 denied at policy of the sender/,
  ],
])("%s are found without %s", (_, object, found) => {
  expect(unmet(reachOf(prod, without(object)).judged)).toContainEqual(expect.stringMatching(found));
});

test("egress of cert-manager closed by a policy stops its lookups, its ACME server and Route 53", () => {
  const closing: Resource = {
    type: "k8s:NetworkPolicy",
    address: "added",
    stack: "test",
    source: "input",
    attributes: {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { namespace: "cert-manager", name: "closed" },
      spec: { podSelector: {}, policyTypes: ["Egress"] },
    },
  };
  const found = unmet(reachOf(prod, (all) => [...all, closing]).judged);

  expect(found).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^DNS: cert-manager\/cert-manager to kube-system\/coredns, UDP 53 denied/),
      expect.stringMatching(
        /^outside: cert-manager\/cert-manager to acme-v02\.api\.letsencrypt\.org, TCP 443 denied/,
      ),
      expect.stringMatching(/^API server: cert-manager\/cert-manager to API server, TCP 443 denied/),
      expect.stringMatching(/ends|NetworkPolicy cert-manager\/closed/),
    ]),
  );
});

test("registries that a firewall does not let pass are found by name", () => {
  const firewall = sample("regulated-firewall/us-east-1");
  const found = unmet(
    reachOf(firewall, (all) => all.filter(({ type }) => type !== "aws_networkfirewall_rule_group")).judged,
  );

  expect(found.filter((each) => each.startsWith("images: nodes to quay.io"))).not.toEqual([]);
});

// Its webhook and its injector answer on the same port, and no monitor selects them. On the host network nothing would let Prometheus in.
test("Prometheus needs to reach those pods of cert-manager alone that a monitor selects", () => {
  const read = reachOf(prod).judged.flatMap(({ need: { kind, to } }) =>
    kind === "metrics" && to.kind === "pods" && to.pods.namespace === "cert-manager" ? [to.pods.name] : [],
  );

  expect(read).toEqual(["cert-manager/cert-manager"]);
});
