import { ENVIRONMENT, NETWORK, problemsIn, problemsOf } from "../../support/problems";

const GOV_NETWORK = `network:
  vpcCidr: 10.0.0.0/16
  zones: [us-gov-west-1a, us-gov-west-1b, us-gov-west-1c]
`;
const GOV_ENVIRONMENT = ENVIRONMENT.replace("us-east-1", "us-gov-west-1");

/** Problems of a target in GovCloud, whose file has the lines given beside its network. */
function problemsInGovCloud(text = "", environment = GOV_ENVIRONMENT): string[] {
  return problemsOf({
    "gov/environment.yaml": environment,
    "gov/us-gov-west-1.yaml": GOV_NETWORK + text,
  });
}

test("a target in GovCloud is valid", () => {
  expect(problemsInGovCloud()).toEqual([]);
});

// Names and regions: botocore 1.44.8, data/partitions.json. Pod Identity: EKS User Guide of the China regions.
test.each([
  [
    "cn-north-1",
    "aws-cn",
    "EKS Pod Identity, by which the platform's controllers have their roles, is not available in China",
  ],
  [
    "cn-northwest-1",
    "aws-cn",
    "EKS Pod Identity, by which the platform's controllers have their roles, is not available in China",
  ],
  ["eusc-de-east-1", "aws-eusc", "names of AWS's services end in amazonaws.eu there"],
  ["us-iso-east-1", "aws-iso", "names of AWS's services end in c2s.ic.gov there"],
  ["us-isob-east-1", "aws-iso-b", "names of AWS's services end in sc2s.sgov.gov there"],
  ["eu-isoe-west-1", "aws-iso-e", "names of AWS's services end in cloud.adc-e.uk there"],
  ["us-isof-south-1", "aws-iso-f", "names of AWS's services end in csp.hci.ic.gov there"],
])("refuses %s by its partition and says why", (region, partition, why) => {
  const [problem = "", ...others] = problemsOf({
    "dev/environment.yaml": ENVIRONMENT,
    [`dev/${region}.yaml`]: NETWORK,
  });

  expect(others).toEqual([]);
  expect(problem).toContain(
    `${region} is a region of the partition ${partition}, where no target can be: ${why}`,
  );
  expect(problem).toContain("name a region of the partitions aws or aws-us-gov");
});

test("refuses a region that nobody knows by a name near it", () => {
  expect(problemsOf({ "dev/environment.yaml": ENVIRONMENT, "dev/us-est-1.yaml": NETWORK }).join()).toContain(
    "us-est-1 is not an AWS region with EKS; did you mean us-east-1?",
  );
});

test("refuses a state bucket in another partition", () => {
  expect(problemsInGovCloud("", ENVIRONMENT)).toEqual([
    "envs/gov/environment.yaml:3:18  state.region: us-east-1  is a region of the partition aws, and us-gov-west-1 is in aws-us-gov, whose roles can't reach it; write a region of aws-us-gov",
  ]);
});

test.each([
  ["a role", "cluster: { access: { a: { role: 'arn:aws:iam::111122223333:role/Admin', policy: admin } } }"],
  [
    "a key",
    "backup: { restoreFrom: { bucket: old, region: us-gov-east-1, keyArn: 'arn:aws:kms:us-east-1:111122223333:key/12345678-1234-1234-1234-123456789012' } }",
  ],
  ["a topic", "observability: { alerts: { to: 'arn:aws:sns:us-east-1:111122223333:oncall' } }"],
])("refuses %s of another partition, wherever it stands", (_, text) => {
  expect(problemsInGovCloud(text).join("\n")).toMatch(
    /is of the partition aws, and us-gov-west-1 is in aws-us-gov, where it means nothing; write arn:aws-us-gov:/,
  );
});

test("refuses a mirror in another partition's ECR", () => {
  expect(
    problemsInGovCloud("images: { mirror: 111122223333.dkr.ecr.us-east-1.amazonaws.com/mirror }"),
  ).toEqual([
    "envs/gov/us-gov-west-1.yaml:4:19  images.mirror: 111122223333.dkr.ecr.us-east-1.amazonaws.com/mirror  is a registry in the partition aws, and us-gov-west-1 is in aws-us-gov, whose nodes can't log in there; write one in us-gov-west-1",
  ]);
  expect(
    problemsIn(`${NETWORK}images: { mirror: 111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn }`).join(),
  ).toContain("is a registry in the partition aws-cn");
});

test("refuses ARNs of GovCloud in a target of the partition aws", () => {
  expect(
    problemsIn(`${NETWORK}account: { deployers: ["arn:aws-us-gov:iam::111122223333:role/Admin"] }`),
  ).toEqual([
    "envs/dev/us-east-1.yaml:4:24  account.deployers[0]: arn:aws-us-gov:iam::111122223333:role/Admin  is of the partition aws-us-gov, and us-east-1 is in aws, where it means nothing; write arn:aws:iam::111122223333:role/Admin, if it exists there",
  ]);
});

test("refuses one account in two partitions, and a peer across them", () => {
  const peers = (name: string) => `  connections: { peers: [${name}] }\n`;
  const problems = problemsOf({
    "dev/environment.yaml": ENVIRONMENT,
    "dev/us-east-1.yaml": NETWORK + peers("gov/us-gov-west-1"),
    "gov/environment.yaml": GOV_ENVIRONMENT,
    "gov/us-gov-west-1.yaml": GOV_NETWORK.replace("10.0", "10.1") + peers("dev/us-east-1"),
  }).map((line) => line.replace(/:\d+:\d+ /, ""));

  expect(problems).toEqual([
    "envs/dev/us-east-1.yaml network.connections.peers[0]: gov/us-gov-west-1  is in the partition aws-us-gov, which no AWS connection reaches from aws; remove it",
    "envs/gov/environment.yaml account.id: 111122223333  is the account of dev/us-east-1 too, and an account is in one partition: us-east-1 is in aws, us-gov-west-1 in aws-us-gov; write the account of aws-us-gov",
    "envs/gov/us-gov-west-1.yaml network.connections.peers[0]: dev/us-east-1  is in the partition aws, which no AWS connection reaches from aws-us-gov; remove it",
  ]);
});

test("a service's ARNs follow the target's partition where they say {partition}", () => {
  const text = `workloads:
  orders:
    image: "{account}.dkr.ecr.{region}.amazonaws.com/orders:1.0"
    identity: { statements: [{ name: Read, actions: [sqs:ReceiveMessage], resources: ["arn:{partition}:sqs:{region}:{account}:orders"] }] }
`;
  expect(problemsInGovCloud(text).filter((line) => line.includes("arn:"))).toEqual([]);
});
