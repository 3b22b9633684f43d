import { aFolder, BASE_YAML } from "../support/fixtures";
import { runCommand } from "../support/run-command";

const run = (...args: string[]) => runCommand("--envs", "envs", "permissions", "dev/us-east-1", ...args);

test.each([
  ["--for", "ec2:CreatVolume", /not an action that AWS has; did you mean ec2:CreateVolume\?/],
  ["--for", "ec2:Volumes*Of", /not an action that AWS has; did you mean ec2:\w+\?/],
  [
    "--for",
    "foo:Bar",
    /of a service that nobody here calls and that is not known; did you mean \S+\? Known: /,
  ],
  ["--for", "secretmanager:GetSecretValue", /did you mean secretsmanager\?/],
  ["--for", ":CreateVolume", /not an action; write one as policies do/],
  ["--for", "volumes", /not an action; write one as policies do/],
  ["--identity", "karpentr", /karpentr is not an identity of dev\/us-east-1/],
])(
  "npx octarine permissions %s %s is wrong usage, rather than an empty proof",
  async (option, value, message) => {
    await expect(run(option, value)).rejects.toMatchObject({
      message: expect.stringMatching(message) as string,
      exitCode: 2,
    });
  },
);

test("where targets of an environment share no deploy role, no policy is printed, and none that is empty", async () => {
  const west = BASE_YAML.replaceAll("us-east-1", "us-west-2").replace(
    /account: .*/,
    'account: { id: "111122223333", deployRole: west-deploy }',
  );
  const dir = aFolder({
    "platform.yaml": "tags: { owner: platform }\n",
    "dev/us-east-1.yaml": BASE_YAML,
    "dev/us-west-2.yaml": west,
  });

  await expect(
    runCommand("--envs", dir, "permissions", "dev/us-east-1", "--policy", "deploy"),
  ).rejects.toMatchObject({
    message: expect.stringContaining("needs a deploy role that all targets of") as string,
    exitCode: 2,
  });
});

test("says that nobody calls an action", async () => {
  expect((await run("--for", "ec2:ModifyVolumeAttribute")).output).toBe("dev/us-east-1: nobody calls it\n");
});

test("an identity that is asked for shows all its calls, with the statement that allows each", async () => {
  const { output } = await run("--identity", "aws-ebs-csi-driver");

  expect(output).toMatch(/allowed {2}aws-ebs-csi-driver: ec2:CreateVolume on /);
  expect(output).toContain("allowed by dev-us-east-1-nodes/module.ebs-csi-identity_identity");
});

test("what is undecided names file and line, and what a role may do beyond its calls is shown", async () => {
  const { output } = await run();

  const undecided = await runCommand("--envs", "envs", "permissions", "prod/us-east-1");

  expect(undecided.output).toMatch(
    /^undecided {2}external-secrets: sts:AssumeRole on .*\n(?:.*\n)*? {2}the resource's own policy.* \(.*\.yaml:\d+\)$/m,
  );
  expect(output).toMatch(
    /beyond what is meant:\n {2}dev-bootstrap\/aws_iam_role\.deploy_role may write the policies of /,
  );
});

test("what a person needs for bootstrap is printed as policies", async () => {
  const { output } = await run("--policy", "bootstrap");

  expect(JSON.parse(output)).toEqual(
    expect.arrayContaining([expect.objectContaining({ Version: "2012-10-17" })]),
  );
  expect(output).toContain('"iam:CreateServiceLinkedRole"');
});

test("policies of the deploy role are printed as documents, and as JSON with their names and sizes", async () => {
  const { output } = await run("--policy", "deploy");
  const named = await run("--policy", "deploy", "--json");
  const documents = JSON.parse(output) as unknown[];

  expect(documents.length).toBeGreaterThan(1);
  expect(JSON.parse(named.output)).toEqual(
    documents.map((document) => ({
      name: expect.stringMatching(/^octarine-deploy-(ec2|iam|services)$/) as string,
      size: JSON.stringify(document).length,
      document,
    })),
  );
  await expect(run("--policy", "deploy", "--format", "markdown")).rejects.toMatchObject({
    message: "--policy prints JSON; leave --format markdown out",
  });
});
