import { policyQueries } from "../../../tools/policy-queries/queries";
import { aTarget } from "../../support/fixtures";
import { MESH, namespaces, service } from "../../support/declared-calls";

const WHY = "reason: clients end TLS in the pods";
const target = aTarget(
  MESH +
    namespaces(
      `{ pods: { app: web }, from: { loadBalancer: internal, port: 8443 }, ${WHY} }, { to: { namespace: payments, port: 8080 } }`,
      "{ to: { cidr: 10.9.0.0/24, port: 3306 } }",
    ) +
    "workloads:\n" +
    service("front", "payments", ", dependencies: [{ workload: api, ports: [http] }]") +
    service(
      "api",
      "payments",
      ", callers: [{ namespace: edge, ports: [http] }], controller: stateful-set, peers: [admin]",
    ),
);
const { queries, pods, services } = policyQueries(target);
const lines = (expect: string) =>
  queries.flatMap(({ name, port, expect: answer }) =>
    (answer === expect || JSON.stringify(answer) === JSON.stringify({ cilium: expect })) &&
    /declared/.test(name)
      ? [`${name} ${port}`]
      : [],
  );

test("every declared call is asked for, by the service's port where it is called by its service", () => {
  expect(lines("allowed").sort()).toEqual([
    expect.stringMatching(/^declared: 10\.0\.\d+\.37 calls edge\/web 8443$/),
    "declared: edge/bystander calls payments/api 8080",
    "declared: payments/api calls payments/api 9000",
    "declared: payments/bystander calls 10.9.0.0/24 3306",
    "declared: payments/front calls payments/api 8080",
  ]);
});

test("every other call to a port of a service is one that is refused", () => {
  const refused = lines("denied");

  expect(refused).toEqual(
    expect.arrayContaining([
      "undeclared: payments/front calls payments/api 9000",
      "undeclared: payments/api calls payments/front 8080",
      "undeclared: payments/bystander calls payments/api 8080",
      "undeclared: some-other/bystander calls payments/api 8080",
      "undeclared: argocd/bystander calls payments/front 9000",
    ]),
  );
  expect(refused).not.toContain("undeclared: edge/bystander calls payments/api 8080");
  // Six callers, two services of two ports, less the three calls that are declared.
  expect(refused).toHaveLength(6 * 4 - 3);
});

test("pods behind services that the queries make are there", () => {
  for (const name of Object.keys(services)) expect(pods).toHaveProperty([name, "labels"]);
});

test("each closed namespace of the platform is asked for its webhooks, its metrics and nothing else", () => {
  const platform = aTarget(`${MESH}keda: {}\nmetricsServer: {}\n`);
  const asked = policyQueries(platform).queries.filter(({ name }) => name.startsWith("keda: "));

  expect(asked.map(({ name, port, expect: answer }) => [name, port, answer])).toEqual([
    ["keda: the control plane calls it", 6443, { cilium: "allowed" }],
    ["keda: the control plane calls it", 9443, { cilium: "allowed" }],
    ["keda: Prometheus reads it", 8080, { cilium: "allowed" }],
    ["keda: nobody else reads its metrics", 8080, { cilium: "denied" }],
    ["keda: its own pods reach each other", 31337, { cilium: "allowed" }],
    ["keda: no other port is open", 31337, { cilium: "denied" }],
  ]);
});
