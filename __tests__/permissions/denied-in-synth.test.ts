import fs from "node:fs";
import path from "node:path";
import { GuardrailError } from "../../src/synth/guard-targets";
import { aFolder, BASE_YAML } from "../support/fixtures";
import { runCommand } from "../support/run-command";

const PLACE = "nodes/module.ebs-csi-identity_identity.aws_iam_role.this[0]#ec2:CreateVolume";

/** A project whose organization denies volumes, with waivers below the config. */
function project(waivers = ""): string {
  const account = 'account: { id: "111122223333", scps: [{ level: root, files: [volumes.json] }] }';
  return aFolder({
    "envs/dev/us-east-1.yaml": `tags: { owner: platform }\n${BASE_YAML.replace(/account: .*/, account)}${waivers}`,
    "envs/dev/volumes.json": JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Sid: "NoVolumes", Effect: "Deny", Action: "ec2:CreateVolume", Resource: "*" }],
    }),
  });
}

const synth = (dir: string) =>
  runCommand("--envs", path.join(dir, "envs"), "synth", "--out", path.join(dir, "out"));

test("a call that a policy denies fails synth with who, what, which policy and statement; nothing is written", async () => {
  const dir = project();

  await expect(synth(dir)).rejects.toThrow(GuardrailError);
  await expect(synth(dir)).rejects.toThrow(
    /PERMISSION-DENIED dev-us-east-1-\S+: aws-ebs-csi-driver calls ec2:CreateVolume .*the service control policies \(root: volumes\.json\): volumes\.json#NoVolumes denies it/s,
  );
  expect(fs.existsSync(path.join(dir, "out", "manifest.json"))).toBe(false);
});

test("a waiver lets a denied call pass until its day, as it does for other rules", async () => {
  const waived = (expires: string) =>
    synth(
      project(
        `waivers:\n  - { rule: PERMISSION-DENIED, at: "dev-us-east-1-${PLACE}", reason: volumes are made by another account here, owner: storage, expires: "${expires}" }\n`,
      ),
    );

  expect((await waived("2099-12-31")).exitCode).toBe(0);
  await expect(waived("2020-01-31")).rejects.toThrow(GuardrailError);
});

test("the command says the same, and its exit code is 1", async () => {
  const { output, exitCode } = await runCommand(
    "--envs",
    path.join(project(), "envs"),
    "permissions",
    "dev/us-east-1",
  );

  expect(exitCode).toBe(1);
  expect(output).toMatch(
    /^denied {2}aws-ebs-csi-driver: ec2:CreateVolume on arn:aws:ec2:us-east-1:111122223333:volume/m,
  );
  expect(output).toMatch(/the service control policies \(root: volumes\.json\).*us-east-1\.yaml:\d+\)$/m);
});

test("policies that the configuration names by ARN may be attached by the deploy role", async () => {
  const account = 'account: { id: "111122223333" }';
  const own = "arn:aws:iam::111122223333:policy/ReadOrders";
  const dir = aFolder({
    "envs/dev/us-east-1.yaml": `tags: { owner: platform }\n${BASE_YAML.replace(/account: .*/, account)}
podIdentities: { orders: { namespace: orders, serviceAccount: worker, policyArns: ["${own}"] } }\n`,
  });

  expect((await synth(dir)).exitCode).toBe(0);
});
