import { readFleet } from "../../../src/fleet/load-fleet";
import { aFolder, BASE_YAML } from "../../support/fixtures";

const POLICIES = {
  iam: {
    Version: "2012-10-17",
    Statement: [{ Sid: "IamRole", Effect: "Allow", Action: ["iam:GetRole"], Resource: ["*"] }],
  },
};

function problems(policies: string, account = "") {
  const dir = aFolder({
    "platform.yaml": "tags: { owner: platform }\n",
    "dev/environment.yaml": account,
    "dev/us-east-1.yaml": BASE_YAML,
    "dev/deploy-policy.json": policies,
  });
  const { fleet, problems: found } = readFleet(dir);
  return { found: found.map(({ message }) => message), targets: fleet.targets };
}

test("policies that bootstrap wrote are read beside the targets that they are for", () => {
  const { found, targets } = problems(JSON.stringify(POLICIES));

  expect(found).toEqual([]);
  expect(targets.map(({ deployPolicies }) => deployPolicies)).toEqual([
    [{ name: "iam", statements: POLICIES.iam.Statement }],
  ]);
});

test.each([
  ["no JSON", "{"],
  ["another policy", JSON.stringify(POLICIES.iam)],
  ["a statement that denies", JSON.stringify(POLICIES).replace("Allow", "Deny")],
])("%s is one problem, with the way out", (_, text) => {
  expect(problems(text).found).toEqual([
    "does not hold what npx octarine bootstrap writes; remove it, and run that again",
  ]);
});

test("a file that nobody uses, because the role is wide, is a problem", () => {
  const wide = "account: { deployPolicy: { kind: wide, reason: services are tried here first } }\n";

  expect(problems(JSON.stringify(POLICIES), wide).found).toEqual([
    "has no effect where account.deployPolicy is wide; remove it",
  ]);
});
