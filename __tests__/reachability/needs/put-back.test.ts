import { fromJson } from "../../../src/guardrails/read/expression";
import type { Resource } from "../../../src/guardrails/resource";
import { type Attributes, isMap, items, text, type Value } from "../../../src/values/value";
import { aTarget } from "../../support/fixtures";
import { ended, objectOf, reachOf, sample, unmet, without } from "../support";

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

/** A copy of one object with other parts. */
function changed(object: string, change: (spec: Attributes) => Attributes) {
  return (all: readonly Resource[]): readonly Resource[] => {
    if (!all.some((each) => objectOf(each) === object)) throw new Error(`no ${object}`);
    return all.map((each) => {
      const { spec } = each.attributes;
      return objectOf(each) === object && isMap(spec)
        ? { ...each, attributes: { ...each.attributes, spec: change(spec) } }
        : each;
    });
  };
}

test.each([
  [
    "whose selector nobody has",
    (spec: Attributes): Attributes => ({ ...spec, selector: { app: "ledgers" } }),
    "no Service of payments selects payments/ledger",
  ],
  [
    "that leads to another port",
    (spec: Attributes): Attributes => ({
      ...spec,
      ports: items(spec.ports).map((each): Value => (isMap(each) ? { ...each, targetPort: 50061 } : each)),
    }),
    "Service payments/ledger leads to another port than 50051",
  ],
])("calls of a service end at a Service %s", (_, change, says) => {
  const found = unmet(reachOf(prod, changed("Service payments/ledger", change)).judged);

  expect(found).toContain(
    `declared call: payments/orders to payments/ledger, TCP 50051 denied at service: ${says}`,
  );
});

test("calls of a Service that leads to the caller's own node alone are undecided", () => {
  const local = changed("Service payments/ledger", (spec) => ({ ...spec, internalTrafficPolicy: "Local" }));
  const found = reachOf(prod, local).judged.filter(({ verdict }) => verdict === "undecided");

  expect(ended(found)).toContainEqual(
    expect.stringMatching(
      /^declared call: payments\/orders to payments\/ledger, TCP 50051 undecided at service: Service payments\/ledger leads to pods of the caller's node alone/,
    ),
  );
});

test("requests from outside end at a gateway that no policy of its own opens under a default deny", () => {
  const found = unmet(reachOf(prod, without("AuthorizationPolicy istio-ingress/ingress-gateway")).judged);

  expect(found).toContainEqual(
    expect.stringMatching(
      /^load balancer: internal load balancers to istio-ingress\/istio-ingressgateway, TCP 443 denied at mesh of the receiver: .*AuthorizationPolicy istio-system\/default-deny/,
    ),
  );
  // Those of health end before its policies.
  expect(found.filter((each) => each.includes("TCP 15021"))).toEqual([]);
});

/** kubernetes-sigs/aws-load-balancer-controller v3.5.0, docs/guide/ingress/annotations.md. */
test.each([
  ["target-type", "instance", "its targets are nodes"],
  ["security-groups", "sg-0a1b2c3d4e5f60718", "its security groups are given by an annotation"],
])("requests of a load balancer are undecided where its annotations say %s: %s", (name, value, says) => {
  const annotated = (all: readonly Resource[]) =>
    all.map((each): Resource => {
      const { kind, metadata, spec } = each.attributes;
      if (kind === "IngressClassParams" && isMap(spec))
        return { ...each, attributes: { ...each.attributes, spec: { ...spec, targetType: undefined } } };
      if (kind !== "Ingress" || !isMap(metadata) || !isMap(metadata.annotations)) return each;
      const annotations = { ...metadata.annotations, [`alb.ingress.kubernetes.io/${name}`]: value };
      return { ...each, attributes: { ...each.attributes, metadata: { ...metadata, annotations } } };
    });
  const { judged } = reachOf(prod, annotated);
  const ofArgoCd = judged.filter(({ need }) => need.why.includes("requests to argocd/argocd-server"));

  expect(ofArgoCd.map(({ verdict, end }) => [verdict, end?.at])).toEqual([["undecided", "service"]]);
  expect(ofArgoCd[0]?.end?.says).toContain(says);
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

describe("images behind a firewall", () => {
  const firewall = sample("regulated-firewall/us-east-1");
  const denied = (change: (all: readonly Resource[]) => readonly Resource[], target = firewall) =>
    unmet(reachOf(target, change).judged).filter((each) => each.startsWith("images: "));
  const withoutEndpoint = (service: string) => (all: readonly Resource[]) => {
    const left = all.filter(
      ({ type, attributes }) =>
        type !== "aws_vpc_endpoint" || !text(attributes.service_name).endsWith(`.${service}`),
    );
    if (left.length === all.length) throw new Error(`no endpoint of ${service}`);
    return left;
  };
  const bottlerocket = `account: { organizationId: o-a1b2c3d4e5 }
network: { egress: { kind: firewall, domains: [.quay.io] } }
nodes: { main: { ami: bottlerocket } }
`;

  test("layers of quay.io end at a list that admits the registry and not its CDN", () => {
    const registryAlone = (all: readonly Resource[]) =>
      all.map((each) =>
        each.type === "aws_networkfirewall_rule_group"
          ? {
              ...each,
              attributes: fromJson(
                JSON.parse(JSON.stringify(each.attributes).replaceAll(".quay.io", "quay.io")),
              ) as Resource["attributes"],
            }
          : each,
      );

    expect(denied(registryAlone)).toEqual([
      expect.stringMatching(/^images: nodes to any\.quay\.io, TCP 443 denied at firewall/),
    ]);
  });

  test("quay's bucket ends at the firewall without the gateway endpoint of S3", () => {
    expect(denied(withoutEndpoint("s3"))).toContainEqual(
      expect.stringMatching(
        /^images: nodes to quayio-production-s3\.s3\.us-east-1\.amazonaws\.com, TCP 443 denied at firewall/,
      ),
    );
  });

  test("containers of Bottlerocket's hosts end at it without the endpoint of ECR's images", () => {
    const target = aTarget(bottlerocket);

    expect(denied((all) => all, target)).toEqual([]);
    expect(denied(withoutEndpoint("ecr.dkr"), target)).toContainEqual(
      expect.stringMatching(
        /^images: nodes to 328549459982\.dkr\.ecr\.us-east-1\.amazonaws\.com, TCP 443 denied at firewall/,
      ),
    );
  });

  test("those of a region that Bottlerocket does not know come from us-east-1, which no endpoint leads to", () => {
    const there = bottlerocket.replace(
      "network: {",
      "network: { zones: [ap-east-2a, ap-east-2b, ap-east-2c],",
    );

    expect(denied((all) => all, aTarget(there, { region: "ap-east-2" }))).toContainEqual(
      expect.stringMatching(
        /^images: nodes to 328549459982\.dkr\.ecr\.us-east-1\.amazonaws\.com, TCP 443 denied at firewall/,
      ),
    );
  });
});

// Its webhook and its injector answer on the same port, and no monitor selects them. On the host network nothing would let Prometheus in.
test("Prometheus needs to reach those pods of cert-manager alone that a monitor selects", () => {
  const read = reachOf(prod).judged.flatMap(({ need: { kind, to } }) =>
    kind === "metrics" && to.kind === "pods" && to.pods.namespace === "cert-manager" ? [to.pods.name] : [],
  );

  expect(read).toEqual(["cert-manager/cert-manager"]);
});
