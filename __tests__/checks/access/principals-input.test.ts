import fs from "node:fs";
import path from "node:path";
import { Testing } from "cdktf";
import { environmentOf } from "../../../src/fleet/environment";
import { loadFleet } from "../../../src/fleet/load-fleet";
import { stackRoleNames } from "../../../src/model/stack-roles";
import { switchEnvs, switchTargets } from "../../support/switches/switch-fleet";
import { aFolder, aTarget } from "../../support/fixtures";
import { ENVIRONMENT, NETWORK, problemsIn, problemsOf, warningsOf } from "../../support/problems";
import { BootstrapStack } from "../../../src/stacks/bootstrap/bootstrap-stack";
import { policyIn, resource, statement, synth, synthTarget } from "../../support/synth";

const ROLE = "arn:aws:iam::111122223333:role";
const access = (role: string) =>
  `${NETWORK}cluster: { access: { someone: { role: "${role}", policy: view } } }\n`;
const account = (key: string, value: string) => `${NETWORK}account: { ${key}: ${value} }\n`;
const said = (text: string) => problemsIn(text).map((line) => line.replace(/^\S+\s+/, ""));

test.each([
  "Admin",
  "team/Admin",
  `${ROLE}/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef`,
  `${ROLE}/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef`,
  "dev-us-east-1-admins",
])("%s may have an access entry and administer keys", (role) => {
  expect(said(access(role))).toEqual([]);
  expect(said(account("keyAdministrators", `["${role}"]`))).toEqual([]);
});

// terraform-aws-modules/terraform-aws-eks#2968 and #2969: "The specified principalArn is invalid: invalid principal".
test.each([
  ["an access entry", access, "cluster.access.someone.role"],
  [
    "a key's policy",
    (role: string) => account("keyAdministrators", `["${role}"]`),
    "account.keyAdministrators[0]",
  ],
  ["the deploy role's trust", (role: string) => account("deployers", `["${role}"]`), "account.deployers[0]"],
])("refuses a role of Identity Center without its path in %s", (_, text, place) => {
  const name = "AWSReservedSSO_Admin_0123456789abcdef";
  const remedy = `is a role of Identity Center without its path, and no role has this ARN; write ${ROLE}/aws-reserved/sso.amazonaws.com/<region of Identity Center>/${name}, without the region for us-east-1`;

  expect(said(text(`${ROLE}/${name}`))).toEqual([`${place}: ${ROLE}/${name}  ${remedy}`]);
  expect(said(text(name))).toEqual([`${place}: ${name}  ${remedy}`]);
  expect(said(text(`some/path/${name}`))).toEqual([`${place}: some/path/${name}  ${remedy}`]);
});

test("refuses a role of Identity Center without the digits at its end", () => {
  expect(said(access("aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin"))).toEqual([
    "cluster.access.someone.role: aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin  is a role of Identity Center without the 16 hexadecimal digits at its end; write the name as IAM shows it: AWSReservedSSO_<permission set>_<digits>",
  ]);
});

test("refuses roles of another account but for those that may assume the deploy role", () => {
  const foreign = "arn:aws:iam::999999999999:role/Ext";

  expect(said(access(foreign))).toEqual([
    `cluster.access.someone.role: ${foreign}  is a role of account 999999999999, which alone decides who gets it, and so into this cluster; write a role of 111122223333, which Ext may assume`,
  ]);
  expect(said(account("keyAdministrators", `["${foreign}"]`))).toEqual([
    `account.keyAdministrators[0]: ${foreign}  is a role of account 999999999999, and KMS lets no other account administer a key; write a role of 111122223333, which Ext may assume`,
  ]);
  expect(said(account("deployRole", `"${foreign}"`))).toEqual([
    `account.deployRole: ${foreign}  is a role of account 999999999999, and every provider refuses to work outside account.id 111122223333; write a role of 111122223333`,
  ]);
  expect(said(account("deployers", `["${foreign}"]`))).toEqual([]);
});

// EKS makes the entries of managed groups, the Karpenter module that of its nodes: a second one gets a 409.
test.each(["dev-us-east-1-main-nodes", "dev-us-east-1-karpenter-nodes", `${ROLE}/dev-us-east-1-main-nodes`])(
  "refuses an access entry for the nodes' role %s",
  (role) => {
    expect(said(access(role))).toEqual([
      `cluster.access.someone.role: ${role}  is the role of nodes, whose access entry EKS or Karpenter's module makes; remove it`,
    ]);
  },
);

test("refuses roles that the stacks make later", () => {
  expect(said(access("dev-us-east-1-karpenter"))).toEqual([
    "cluster.access.someone.role: dev-us-east-1-karpenter  is a role that the platform's own stacks make, for the platform and not for people; write the role of people or of a tool",
  ]);
  expect(said(account("keyAdministrators", "[dev-us-east-1-external-secrets]"))).toEqual([
    "account.keyAdministrators[0]: dev-us-east-1-external-secrets  is a role that the platform's own stacks make after the keys, and KMS takes only roles that exist; write the role of people who look after keys",
  ]);
  expect(said(account("deployers", "[dev-us-east-1-velero]"))).toEqual([
    "account.deployers[0]: dev-us-east-1-velero  is a role that the stacks make later, and IAM trusts only roles that exist; write the role of people or of CI",
  ]);
});

const pair = (text: string) => ({
  "dev/environment.yaml": ENVIRONMENT,
  "dev/us-east-1.yaml": text,
  "dev/us-west-2.yaml": NETWORK.replaceAll("us-east-1", "us-west-2").replace("10.0", "10.1"),
});

test("refuses a key administrator that another target's stacks make, and warns of an access entry for it", () => {
  expect(problemsOf(pair(account("keyAdministrators", "[dev-us-west-2-velero]"))).join()).toContain(
    "is a role that the stacks of dev/us-west-2 make, and AWS takes only roles that exist",
  );
  expect(problemsOf(pair(access("dev-us-west-2-velero")))).toEqual([]);
  expect(warningsOf(pair(access("dev-us-west-2-velero"))).join()).toContain(
    "is a role that the stacks of dev/us-west-2 make, and EKS takes only roles that exist; deploy dev/us-west-2 first",
  );
});

test("refuses names that no role can have", () => {
  const name = "a".repeat(65);

  expect(said(access("role/Admin"))).toEqual([
    "cluster.access.someone.role: role/Admin  starts with role/, which the ARN would then have twice; write Admin",
  ]);
  expect(said(access("/Admin")).join()).toContain("has a slash too many");
  expect(said(access(name)).join()).toContain(
    "AWS rejects this: a role's name has at most 64 characters, this is 65",
  );
});

test("refuses the deploy role among the key administrators, its entry's name, and service-linked roles", () => {
  expect(said(account("keyAdministrators", "[octarine-deploy]")).join()).toContain(
    "already administers the keys, as account.deployRole; remove it",
  );
  expect(said(`${NETWORK}cluster: { access: { deployer: { role: Admin, policy: view } } }`).join()).toContain(
    "is the name of account.deployRole's own entry; write another name",
  );
  expect(said(access("aws-service-role/emr.amazonaws.com/AWSServiceRoleForEMR")).join()).toContain(
    "is a service-linked role, for which EKS takes no access entry; remove it",
  );
});

test("the bootstrap's key names no role that the bootstrap itself makes", () => {
  const dir = aFolder({
    "dev/environment.yaml": ENVIRONMENT,
    "dev/us-east-1.yaml": account(
      "keyAdministrators",
      '[octarine-ci, KeyAdmin], ci: { kind: github, subjects: ["repo:acme/platform:environment:dev"] }',
    ),
  });
  const environment = environmentOf(loadFleet(dir), "dev");

  const json = synth(new BootstrapStack(Testing.app(), { environment, state: { kind: "bucket" } }));

  expect(statement(policyIn(resource(json, "aws_kms_key")), "Administration").Principal).toEqual({
    AWS: [`${ROLE}/KeyAdmin`],
  });
});

/** Names that modules and resources of a stack give to roles. */
function roleNames(json: string): string[] {
  return [...json.matchAll(/"(?:iam_role_name|node_iam_role_name)": "([^"$]+)"/g)]
    .map(([, name = ""]) => name)
    .concat(
      Object.values(
        (JSON.parse(json) as { module?: Record<string, { source: string; name: string }> }).module ?? {},
      )
        .filter(({ source }) => source.startsWith("terraform-aws-modules/eks-pod-identity"))
        .map(({ name }) => name),
      Object.values(
        (JSON.parse(json) as { resource?: { aws_iam_role?: Record<string, { name: string }> } }).resource
          ?.aws_iam_role ?? {},
      ).map(({ name }) => name),
    );
}

test("every role that stacks make is known by its name", () => {
  const root = path.join(__dirname, "..", "..", "..");
  const allOn = switchEnvs(
    switchTargets()
      .filter(({ what }) => what.startsWith("all but"))
      .slice(0, 3),
  );
  const fleets = [loadFleet(path.join(root, "envs")), loadFleet(aFolder(allOn))];
  expect(fs.existsSync(path.join(root, "envs"))).toBe(true);

  const found = fleets.flatMap(({ targets }) =>
    targets.flatMap((target) => {
      const known = stackRoleNames(target);
      return Object.values(synthTarget(target)).flatMap((json) =>
        roleNames(json).map((name) => ({ name, known: known.has(name) })),
      );
    }),
  );

  expect(found.length).toBeGreaterThan(50);
  expect(found.filter(({ known }) => !known).map(({ name }) => name)).toEqual([]);
});

test("roles of external-dns for zones of another account are known by their names", () => {
  const target = aTarget(
    'ingress: { dns: { zones: { example.com: { id: Z0123456789ABCDEFGHIJ, role: "arn:aws:iam::999999999999:role/Dns" } } } }\n',
  );

  expect([...stackRoleNames(target)].filter((name) => /-external-dns-[0-9a-f]{8}$/.test(name))).toHaveLength(
    1,
  );
});
