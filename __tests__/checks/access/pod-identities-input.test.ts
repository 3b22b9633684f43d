import { NETWORK, problemsIn } from "../../support/problems";

const STATEMENTS =
  "statements: [{ name: Read, actions: [sqs:ReceiveMessage], resources: ['arn:aws:sqs:{region}:{account}:orders'] }]";
const said = (identities: string, more = "") =>
  problemsIn(`${NETWORK}${more}podIdentities: { ${identities} }\n`);
const worker = (text: string) => said(`worker: { namespace: shop, serviceAccount: worker, ${text} }`);
const WORKLOAD = `namespaces: { shop: {} }
workloads:
  worker:
    namespace: shop
    image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/worker:1.0.0
    ports: { http: { port: 80, targetPort: 8080, protocol: http } }
    resources: { cpus: 0.25, memoryMiB: 256 }
    identity: { ${STATEMENTS} }
`;

test.each([
  [STATEMENTS],
  ["policyArns: ['arn:aws:iam::111122223333:policy/ReadOrders']"],
  [`${STATEMENTS}, policyArns: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess']`],
])("a role with %s is taken, whoever makes the namespace", (text) => {
  expect(worker(text)).toEqual([]);
});

test.each([
  ["", "allows nothing; write statements, policyArns, or both"],
  ["policyArns: ['arn:aws:iam::222233334444:policy/A']", "is of account 222233334444"],
  ["policyArns: [ReadOrders]", "is not an IAM policy"],
  ["statements: [{ name: All, actions: ['sqs:*'], resources: ['*'] }]", "is not a single action"],
])("a role with %s is refused: %s", (text, problem) => {
  expect(worker(text).join("\n")).toContain(problem);
});

test("refuses identities in the platform's namespaces", () => {
  expect(said(`dns: { namespace: kube-system, serviceAccount: coredns, ${STATEMENTS} }`)).toEqual([
    expect.stringContaining("podIdentities.dns.namespace: kube-system  is a namespace of the platform"),
  ]);
});

// EKS User Guide, "How EKS Pod Identity works": one association for a service account of a namespace.
test("a service account has one role", () => {
  const identity = `{ namespace: shop, serviceAccount: worker, ${STATEMENTS} }`;

  expect(said(`one: ${identity}, two: ${identity}`)).toEqual([
    expect.stringContaining(
      "podIdentities.two.serviceAccount: worker  has a role from podIdentities.one already, and EKS takes one",
    ),
  ]);
  expect(said(`one: ${identity}`, WORKLOAD)).toEqual([
    expect.stringContaining("has a role from workloads.worker.identity already"),
  ]);
});
