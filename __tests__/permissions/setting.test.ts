import type { Identity } from "../../src/permissions/identity";
import { callFindings } from "../../src/permissions/findings";
import type { ProvedCall } from "../../src/permissions/evaluate/proved-call";
import { settingOf } from "../../src/permissions/setting";

const call = { action: "ec2:CreateVolume", resources: ["*"], why: "test", source: "test" };
const denied = (layer: "identity" | "endpoint"): ProvedCall => ({
  call,
  resource: "*",
  verdict: { kind: "denied", layer },
});
const identity = (name: string, kind: Identity["kind"], stack: string): Identity => ({
  name,
  kind,
  where: { stack, address: "aws_iam_role.x" },
  calls: [call],
});

test.each([
  ["karpenter", "controller", "prod-a-autoscaling", "karpenter"],
  ["keda-operator", "controller", "prod-a-autoscaling", "keda"],
  ["external-dns", "controller", "prod-a-ingress", "ingress.dns"],
  ["external-dns-0a1b2c", "controller", "prod-a-ingress", "ingress"],
  ["receipts", "service", "prod-a-workloads", "workloads.receipts"],
  ["nodes of main", "node", "prod-a-nodes", "nodes"],
  ["deploy", "deploy", "prod-bootstrap", "account.deployRole"],
  ["CI", "ci", "prod-bootstrap", "account.ci"],
] as const)(
  "what %s lacks is decided in the configuration where it is set up",
  (name, kind, stack, setting) => {
    expect(settingOf(identity(name, kind, stack), denied("identity"))).toBe(setting);
  },
);

test("what an endpoint's policy stops is decided where endpoints are", () => {
  const dns = identity("external-dns", "controller", "prod-a-ingress");

  expect(settingOf(dns, denied("endpoint"))).toBe("network.endpoints");
  expect(callFindings([{ identity: dns, calls: [denied("endpoint")] }], "input")).toEqual([
    expect.objectContaining({
      type: "aws-call",
      stack: "prod-a-ingress",
      address: "aws_iam_role.x#ec2:CreateVolume",
    }),
  ]);
  expect(callFindings([{ identity: dns, calls: [denied("endpoint")] }], "input")[0]?.attributes.setting).toBe(
    "network.endpoints",
  );
});
