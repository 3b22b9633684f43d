import path from "node:path";
import { sharedEnvironment } from "../../src/fleet/environment";
import { loadFleet } from "../../src/fleet/load-fleet";
import { evaluate } from "../../src/guardrails/evaluate";
import { permissionRules } from "../../src/guardrails/rules/permissions";
import { policyRules } from "../../src/guardrails/rules/policies";
import type { DeployPolicy } from "../../src/model/deploy-policy";
import type { Environment } from "../../src/model/environment";
import type { Target } from "../../src/model/target";
import { MOST_CHARACTERS, sizeOf } from "../../src/permissions/deploy-policies";
import { deployRoleOf } from "../../src/synth/deploy-role-of";
import { generatedPolicies } from "../../src/synth/generated-policies";
import { proofOfTarget, targetInventory, wholeProofOf } from "../../src/synth/guard-targets";
import { callFindings } from "../../src/permissions/findings";

const root = path.join(__dirname, "../..");
const fleets = ["envs", "examples/envs"].map((dir) => loadFleet(path.join(root, dir)));
const names = fleets.flatMap(({ targets }) => [...new Set(targets.map(({ environment }) => environment))]);

function environment(name: string, without: readonly string[] = []): Environment {
  const targets = fleets.flatMap((fleet) =>
    fleet.targets.filter((each) => each.environment === name && !without.includes(each.region)),
  );
  const found = sharedEnvironment(
    targets.map((each) => each.with({ siblings: targets.filter((other) => other !== each) })),
  );
  if (found === undefined) throw new Error(`no environment ${name}`);
  return found;
}

/** Targets of an environment after a bootstrap with these policies. */
function bootstrapped({ targets }: Environment, deployPolicies: readonly DeployPolicy[]): Target[] {
  return targets.map((each) => each.with({ deployPolicies }));
}

function ends(target: Target) {
  return proofOfTarget(target)
    .filter(({ identity }) => identity.kind === "deploy")
    .flatMap(({ calls }) => calls);
}

test.each(names)(
  "%s: what is generated lets every deploy do all that it calls, in policies that IAM takes",
  (name) => {
    const whole = environment(name);
    const policies = generatedPolicies(whole, []);
    const targets = bootstrapped(whole, policies);
    const calls = targets.flatMap(ends);
    const role = deployRoleOf(targets);

    expect(calls.length).toBeGreaterThan(100);
    expect(calls.filter(({ verdict }) => verdict.kind !== "allowed").map(({ call }) => call.action)).toEqual(
      [],
    );
    expect(policies.filter(({ statements }) => sizeOf(statements) > MOST_CHARACTERS)).toEqual([]);
    expect(policies.length).toBeLessThanOrEqual(8);
    expect(
      evaluate({ resources: role?.resources ?? [], complete: true, production: true }, policyRules)
        .filter(({ outcome }) => outcome === "violation")
        .map(({ rule, detail }) => `${rule.id} ${detail}`),
    ).toEqual([]);
  },
);

const staging = environment("staging");
const needed = generatedPolicies(staging, []);

// The policy of a key names the deploy role itself, which then needs no policy of its own for it.
const decisive = needed
  .flatMap(({ statements }) => statements.map(({ Sid }) => Sid))
  .filter((sid) => !sid.startsWith("KmsKey"));

test.each(decisive)("without its statement %s a deploy may not do all that it calls", (removed) => {
  const fewer = needed.map(({ name, statements }) => ({
    name,
    statements: statements.filter(({ Sid }) => Sid !== removed),
  }));
  const calls = bootstrapped(staging, fewer).flatMap(ends);

  expect(calls.every(({ verdict }) => verdict.kind === "allowed")).toBe(false);
});

test("what a bootstrapped role lacks is one finding, with the actions and the command that adds them", () => {
  const fewer = needed.map(({ name, statements }) => ({
    name,
    statements: statements.filter(({ Sid }) => !Sid.startsWith("Logs")),
  }));
  const [target] = bootstrapped(staging, fewer);
  const proof = target && wholeProofOf(target);
  const resources = callFindings(proof?.proofs ?? [], "input", proof?.bootstrapCommand);
  const found = evaluate({ resources, complete: true, production: false }, permissionRules).filter(
    ({ outcome }) => outcome === "violation",
  );

  expect(found.map(({ detail }) => detail)).toEqual([
    expect.stringMatching(
      /^deploy lacks logs:\w+, logs:\w+, logs:\w+ and \d+ more: .* npx octarine bootstrap staging adds/,
    ),
  ]);
});

test("another target adds to policies, and moves nothing between them", () => {
  const before = generatedPolicies(environment("prod", ["us-west-2"]), []);
  const after = generatedPolicies(environment("prod"), before);
  const places = (policies: readonly DeployPolicy[]) =>
    policies.flatMap(({ name, statements }) => statements.map(({ Sid }) => `${Sid} in ${name}`));

  expect(places(after)).toEqual(expect.arrayContaining(places(before)));
});

test("what is needed no more stays until policies are narrowed: something has to be deleted first", () => {
  const whole = generatedPolicies(environment("prod"), []);
  const kept = generatedPolicies(environment("prod", ["us-west-2"]), whole);

  expect(kept).toEqual(whole);
  expect(JSON.stringify(generatedPolicies(environment("prod", ["us-west-2"]), []))).not.toContain(
    "prod-us-west-2",
  );
});

test("another role or bucket of a target needs no other policy", () => {
  const statements = needed.flatMap((each) => each.statements);
  const { Resource } = statements.find(({ Sid }) => Sid === "IamRole") ?? {};

  expect(Resource).toEqual(["arn:aws:iam::222222222222:role/staging-eu-west-1-*"]);
});

test("a service that is allowed whole is one action, in the regions of the targets", () => {
  const { account } = staging;
  const policies = generatedPolicies(
    { ...staging, account: { ...account, deployPolicy: { kind: "generated", whole: ["ec2"] } } },
    [],
  );

  expect(policies.find(({ name }) => name === "ec2")?.statements).toEqual([
    {
      Sid: "Ec2",
      Effect: "Allow",
      Action: ["ec2:*"],
      Resource: ["*"],
      Condition: { StringEquals: { "aws:RequestedRegion": ["eu-west-1"] } },
    },
  ]);
});

test("more policies than IAM attaches are one problem, with what takes most and the way out", () => {
  const many = Array.from(
    { length: 300 },
    (_, at) => `arn:aws:sqs:eu-west-1:222222222222:${"q".repeat(150)}-${at}`,
  );
  const kept: DeployPolicy[] = [
    {
      name: "services",
      statements: [{ Sid: "SqsNamed", Effect: "Allow", Action: ["sqs:CreateQueue"], Resource: many }],
    },
  ];

  expect(() => generatedPolicies(staging, kept)).toThrow(
    /account\.deployPolicy.* needs \d+ policies .*IAM attaches at most 10 .*most is of sqs, \d+ characters.*write whole: \[/s,
  );
});

test("the stack of the bootstrap attaches them beside those of states and guards", () => {
  const role = deployRoleOf(bootstrapped(staging, needed));
  const made = (role?.resources ?? []).filter(({ type }) => type === "aws_iam_policy");

  expect(made.map(({ attributes }) => attributes.name)).toEqual(
    ["state", ...needed.map(({ name }) => name), "guards"].map((name) => `octarine-deploy-${name}`),
  );
  expect(targetInventory(staging.targets[0]).resources.length).toBeGreaterThan(0);
});
