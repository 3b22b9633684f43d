import { authorize, type Layers } from "../../../src/guardrails/iam/authorize";
import { symbol } from "../../../src/guardrails/iam/symbol";
import { policyStatements } from "../../../src/guardrails/read/policy-statements";
import { Unknown } from "../../../src/values/value";
import { ACCOUNT, allow, caller, deny, request, ROLE, type Statement, statements } from "./support";

const OTHER = "444455556666";
/** A document whose statements are unknown. */
const unread = {
  type: "aws_iam_policy",
  address: "p",
  stack: "s",
  source: "input",
  attributes: { policy: '{"Version": "2012-10-17", "Statement": ${local.statements}}' },
} as const;

function verdict(layers: Partial<Record<keyof Layers, unknown>> & { identity?: readonly Statement[] }) {
  const { identity = [], ...rest } = layers;
  const found = authorize(caller, request(), { ...rest, identity: statements(...identity) } as Layers);
  return found.kind === "denied" ? `denied by ${found.layer}` : found.kind;
}

const held = (account: string, isNecessary: boolean, ...sources: readonly Statement[]) => ({
  account,
  isNecessary,
  statements: statements(...sources),
});
const toRole = { Principal: { AWS: ROLE } };
const toAccount = { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } };
const toNumber = { Principal: { AWS: ACCOUNT } };
const toOther = { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/other` } };

// IAM User Guide, "Policy evaluation logic" and "Cross-account policy evaluation logic"; AWS KMS Developer Guide, "Key
// policies in AWS KMS"; Organizations User Guide, "SCP evaluation"; PrivateLink Guide, "Control access to VPC endpoints".
describe("a call by all policies that it meets", () => {
  test.each<readonly [string, Parameters<typeof verdict>[0], string]>([
    ["is denied where nothing allows it", {}, "denied by identity"],
    ["is allowed by a policy of the caller's own", { identity: [allow()] }, "allowed"],
    ["is denied by an explicit deny beside an allow", { identity: [allow(), deny()] }, "denied by identity"],
    [
      "needs the boundary to allow it, too",
      { identity: [allow()], boundary: statements(allow({ Action: "ec2:*" })) },
      "denied by boundary",
    ],
    [
      "is allowed where policy and boundary do",
      { identity: [allow()], boundary: statements(allow()) },
      "allowed",
    ],
    ["is not allowed by a boundary alone", { boundary: statements(allow()) }, "denied by identity"],
    [
      "needs the session's policy to allow it, too",
      { identity: [allow()], session: statements(allow({ Action: "ec2:*" })) },
      "denied by session",
    ],
    [
      "needs every level of service control policies",
      { identity: [allow()], scps: [statements(allow()), statements(allow({ Action: "ec2:*" }))] },
      "denied by scp",
    ],
    [
      "passes a level that only denies something else",
      { identity: [allow()], scps: [statements(deny({ Action: "ec2:*" }))] },
      "allowed",
    ],
    [
      "is denied by a service control policy",
      { identity: [allow()], scps: [statements(allow(), deny())] },
      "denied by scp",
    ],
    [
      "needs the endpoint to let it through",
      {
        identity: [allow()],
        endpoint: statements(allow({ Principal: "*", Resource: "arn:aws:s3:::other/*" })),
      },
      "denied by endpoint",
    ],
    [
      "passes an endpoint that lets it through",
      { identity: [allow()], endpoint: statements(allow({ Principal: "*" })) },
      "allowed",
    ],
    [
      "needs the endpoint to let this caller through",
      { identity: [allow()], endpoint: statements(allow(toOther)) },
      "denied by endpoint",
    ],
    [
      "is allowed by the resource's policy alone in one account",
      { resource: held("", false, allow(toRole)) },
      "allowed",
    ],
    [
      "is not allowed by a policy for the account alone",
      { resource: held("", false, allow(toAccount)) },
      "denied by identity",
    ],
    [
      "is denied by the resource's policy",
      { identity: [allow()], resource: held("", false, deny({ Principal: "*" })) },
      "denied by resource",
    ],
    [
      "needs both sides across accounts: not the resource's alone",
      { resource: held(OTHER, false, allow(toRole)) },
      "denied by identity",
    ],
    [
      "needs both sides across accounts: not its own alone",
      { identity: [allow()], resource: held(OTHER, false) },
      "denied by resource",
    ],
    [
      "is allowed across accounts by both sides",
      { identity: [allow()], resource: held(OTHER, false, allow(toNumber)) },
      "allowed",
    ],
    [
      "needs the key's policy whatever its own says",
      { identity: [allow()], resource: held(ACCOUNT, true, allow(toOther)) },
      "denied by resource",
    ],
    [
      "is allowed by a key's policy that leaves it to the account, and its own",
      { identity: [allow()], resource: held(ACCOUNT, true, allow(toAccount)) },
      "allowed",
    ],
    [
      "needs its own policy where the key's leaves it to the account",
      { resource: held(ACCOUNT, true, allow(toAccount)) },
      "denied by identity",
    ],
    [
      "is allowed by a key's policy that names it",
      { resource: held(ACCOUNT, true, allow(toRole)) },
      "allowed",
    ],
    [
      "is denied to everybody but whom NotPrincipal names",
      {
        identity: [allow()],
        resource: held("", false, deny({ NotPrincipal: { AWS: `arn:aws:iam::${ACCOUNT}:role/other` } })),
      },
      "denied by resource",
    ],
    [
      "is not denied to whom NotPrincipal names",
      {
        identity: [allow()],
        resource: held("", false, deny({ NotPrincipal: { AWS: [ROLE, `arn:aws:iam::${ACCOUNT}:root`] } })),
      },
      "allowed",
    ],
    [
      "is denied where NotPrincipal names the account alone",
      {
        identity: [allow()],
        resource: held("", false, deny({ NotPrincipal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } })),
      },
      "denied by resource",
    ],
    [
      "is undecided where NotPrincipal names the role without its account",
      { identity: [allow()], resource: held("", false, deny({ NotPrincipal: { AWS: ROLE } })) },
      "undecided",
    ],
    [
      "is undecided where the account that a key's policy names is unknown",
      {
        identity: [allow()],
        resource: held(ACCOUNT, true, allow({ Principal: { AWS: `arn:aws:iam::${symbol("var.a")}:root` } })),
      },
      "undecided",
    ],
    [
      "is not allowed by a statement without an action",
      { identity: [{ Effect: "Allow", Resource: "*" }] },
      "denied by identity",
    ],
    [
      "is undecided where a statement's effect is unknown",
      { identity: [allow(), allow({ Effect: new Unknown(true, "var.effect") })] },
      "undecided",
    ],
    [
      "is undecided where an operator's keys are unknown",
      { identity: [allow({ Condition: { StringEquals: new Unknown(true, "var.keys") } })] },
      "undecided",
    ],
    [
      "is undecided where what Null is compared with is unknown",
      { identity: [allow(), deny({ Condition: { Null: { "aws:PrincipalArn": new Unknown(true) } } })] },
      "undecided",
    ],
    [
      "is undecided beside a policy that nobody could read",
      { identity: [allow()], boundary: policyStatements(unread), session: statements(allow()) },
      "undecided",
    ],
  ])("%s", (_, layers, expected) => {
    expect(verdict(layers)).toBe(expected);
  });
});

describe("a service of AWS", () => {
  const trust = (service: string) =>
    held(ACCOUNT, true, { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } });
  const assume = request({ action: "sts:AssumeRole", resource: ROLE });
  const by = (service: string) =>
    authorize({ kind: "service", name: "pods.eks.amazonaws.com" }, assume, {
      identity: [],
      resource: trust(service),
    }).kind;

  test("takes a role that trusts it, and no other", () => {
    expect(by("pods.eks.amazonaws.com")).toBe("allowed");
    expect(by("ec2.amazonaws.com")).toBe("denied");
  });
});

describe("a name that is unknown before the apply", () => {
  const key = `arn:aws:kms:us-east-1:${ACCOUNT}:key/${symbol("aws_kms_key.a", "id")}`;
  const other = `arn:aws:kms:us-east-1:${ACCOUNT}:key/${symbol("aws_kms_key.b", "id")}`;
  const on = (resource: string, ...sources: readonly Statement[]) =>
    authorize(caller, request({ action: "kms:Decrypt", resource }), { identity: statements(...sources) });
  const decrypt = (Resource: string) => allow({ Action: "kms:Decrypt", Resource });

  test.each([
    ["is the same name in a policy", key, decrypt(key), "allowed"],
    ["is not that of another resource", key, decrypt(other), "denied"],
    ["is of a pattern around it", key, decrypt(`arn:aws:kms:us-east-1:${ACCOUNT}:key/*`), "allowed"],
    ["is not of a pattern for something else", key, decrypt("arn:aws:kms:eu-west-1:*:key/*"), "denied"],
    [
      "may be one that is written out",
      key,
      decrypt(`arn:aws:kms:us-east-1:${ACCOUNT}:key/1234`),
      "undecided",
    ],
    ["may be anything where all of it is unknown", symbol("local.key"), decrypt(key), "undecided"],
  ])("%s", (_, resource, source, expected) => {
    expect(on(resource, source).kind).toBe(expected);
  });

  test("leaves a call undecided with its name, and a deny of it never passes", () => {
    const open = on(symbol("var.key"), allow({ Action: "kms:*" }), deny({ Action: "kms:*", Resource: key }));

    expect(open).toMatchObject({ kind: "undecided", why: expect.stringContaining("var.key") as string });
  });
});

describe("any of a family", () => {
  const volumes = `arn:aws:ec2:us-east-1:${ACCOUNT}:volume/*`;
  const on = (...sources: readonly Statement[]) =>
    authorize(caller, request({ action: "ec2:DeleteVolume", resource: volumes }), {
      identity: statements(...sources),
    }).kind;
  const may = (Resource: string) => allow({ Action: "ec2:*", Resource });

  test.each([
    ["is allowed by a pattern that takes all of it", [may("arn:aws:ec2:*:*:volume/*")], "allowed"],
    ["is denied where no pattern takes any of it", [may("arn:aws:ec2:*:*:snapshot/*")], "denied"],
    ["is undecided where a pattern takes a part", [may("arn:aws:ec2:*:*:volume/vol-1*")], "undecided"],
    [
      "is undecided where a part is denied",
      [may("*"), { ...may("arn:aws:ec2:*:*:volume/vol-1*"), Effect: "Deny" }],
      "undecided",
    ],
  ])("%s", (_, sources, expected) => {
    expect(on(...sources)).toBe(expected);
  });
});
