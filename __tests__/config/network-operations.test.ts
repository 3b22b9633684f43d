import { ENVIRONMENT, NETWORK, problemsIn, problemsOf } from "../support/problems";

const AT = "envs/dev/us-east-1.yaml";

describe("network ACLs", () => {
  test.each<[string, string, string]>([
    [
      "a word that is none",
      "  networkAcls: strict\n",
      `${AT}:4:16  network.networkAcls: strict  is neither baseline nor { kind: baseline | none, ... }; write one of them`,
    ],
    [
      "none without a reason",
      "  networkAcls: { kind: none }\n",
      `${AT}:4:3  network.networkAcls  has no reason; add it`,
    ],
    [
      "SSH for the world",
      "  networkAcls: { kind: baseline, ingressPorts: [22] }\n",
      `${AT}:4:49  network.networkAcls.ingressPorts[0]: 22  is SSH, which the baseline keeps out; use Session Manager, which needs no open port`,
    ],
    [
      "a port that passes anyway",
      "  networkAcls: { kind: baseline, egressPorts: [5432] }\n",
      `${AT}:4:48  network.networkAcls.egressPorts[0]: 5432  is no port below 1024; write 1 to 1023 (1024 and above pass as return traffic)`,
    ],
    [
      "more rules than the quota",
      `  connections: { onPremises: { cidrs: [${cidrs(11)}] } }\n`,
      `${AT}:1:1  network.networkAcls: baseline  needs 21 rules in one direction, and 20 are allowed; have the quota L-2AEEBF1A raised and write rulesPerDirection: 21, or list fewer ranges or ports`,
    ],
    [
      "more rules than AWS ever allows",
      `  networkAcls: { kind: baseline, rulesPerDirection: 40 }\n  connections: { onPremises: { cidrs: [${cidrs(31)}] } }\n`,
      `${AT}:4:3  network.networkAcls: baseline  needs 41 rules in one direction, and 40 are allowed; AWS allows at most 40: list fewer, wider ranges or fewer ports`,
    ],
  ])("report %s", (_what, text, problem) => {
    expect(problemsIn(NETWORK + text)).toEqual([problem]);
  });

  test("as many rules as the quota are fine", () => {
    const text = `${NETWORK}  connections: { onPremises: { cidrs: [${cidrs(10)}] } }\n`;

    expect(problemsIn(text)).toEqual([]);
  });
});

test("the ranges of peers count, too", () => {
  const peered = (cidr: string, region: string, peer: string) => `network:
  vpcCidr: ${cidr}
  zones: [${region}a, ${region}b, ${region}c]
  connections: { peers: [${peer}], onPremises: { cidrs: [${cidrs(10)}] } }
`;
  const problems = problemsOf({
    "dev/environment.yaml": ENVIRONMENT,
    "dev/us-east-1.yaml": peered("10.0.0.0/16", "us-east-1", "dev/us-west-2"),
    "dev/us-west-2.yaml": peered("10.1.0.0/16", "us-west-2", "dev/us-east-1"),
  });

  expect(problems).toHaveLength(2);
  expect(problems[0]).toContain("network.networkAcls: baseline  needs 21 rules");
});

test("a transit gateway's id is one", () => {
  expect(
    problemsIn(`${NETWORK}  connections: { onPremises: { cidrs: [10.200.0.0/14], via: vgw-1 } }\n`),
  ).toEqual([
    `${AT}:4:61  network.connections.onPremises.via: vgw-1  is no transit gateway id; write for example tgw-0123456789abcdef0`,
  ]);
});

function cidrs(count: number): string {
  return Array.from({ length: count }, (_, index) => `10.${100 + index}.0.0/16`).join(", ");
}
