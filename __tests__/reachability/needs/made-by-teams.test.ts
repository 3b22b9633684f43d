import type { Resource } from "../../../src/guardrails/resource";
import { aTarget } from "../../support/fixtures";
import { ended, reachOf, sample, unmet, without } from "../support";

test("lookups of pods that a team makes in its namespace end at a policy without DNS", () => {
  const found = unmet(
    reachOf(sample("staging/eu-west-1"), without("NetworkPolicy payments/allow-dns")).judged,
  );

  expect(found).toEqual(
    ["UDP", "TCP"].map(
      (protocol) =>
        expect.stringMatching(
          `^DNS: payments/\\* to kube-system/coredns, ${protocol} 53 denied at policy of the sender`,
        ) as unknown,
    ),
  );
});

/** EKS User Guide, "Assign security groups to individual Pods": these hold in place of the node's. */
test("those that a SecurityGroupPolicy gives groups are asked apart from those without", () => {
  const { judged } = reachOf(sample("pod-security-groups/us-east-1"));
  const of = (namespace: string) =>
    judged.flatMap(({ need: { kind, from, protocol }, verdict }) =>
      kind === "DNS" && protocol === "UDP" && from.kind === "pods" && from.pods.namespace === namespace
        ? [`${from.pods.name} ${verdict}`]
        : [],
    );

  expect(of("payments")).toEqual(["payments/* allowed", "payments/* by payments undecided"]);
  expect(of("orders")).toEqual(["orders/* allowed", "orders/app=orders undecided"]);
});

describe("pods of a service account that has an association, and no pods here", () => {
  const prod = sample("prod/us-east-1");
  const association: Resource = {
    type: "aws_eks_pod_identity_association",
    address: "aws_eks_pod_identity_association.reports",
    stack: "prod-us-east-1-identity",
    source: "input",
    attributes: { namespace: "payments", service_account: "reports" },
  };
  const asked = (change: (all: readonly Resource[]) => readonly Resource[]) =>
    ended(
      reachOf(prod, (all) => [...change(all), association]).judged.filter(
        ({ need }) =>
          need.kind === "Pod Identity" &&
          need.from.kind === "pods" &&
          need.from.pods.name.startsWith("payments/*"),
      ),
    );

  test("need the agent of their node, and end at a policy that closes it", () => {
    expect(asked(without("CiliumNetworkPolicy payments/allow-aws-identity"))).toEqual([
      expect.stringMatching(
        /^Pod Identity: payments\/\* of reports to Pod Identity agent, TCP 80 denied at policy of the sender/,
      ),
    ]);
  });
});

test("pods that a team makes in a namespace that says so need the API server", () => {
  const target = aTarget("network: { vpcCidr: 10.1.0.0/16 }\nnamespaces: { jobs: { apiServer: true } }\n");
  const asking = reachOf(target).judged.flatMap(({ need: { kind, from } }) =>
    kind === "API server" && from.kind === "pods" && from.pods.namespace === "jobs" ? [from.pods.name] : [],
  );

  expect(asking).toEqual(["jobs/*"]);
});
