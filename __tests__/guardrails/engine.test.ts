import { parsePlan } from "../../src/terraform-plan/plan-document";
import { App, TerraformStack } from "cdktf";
import { TerraformHclModule } from "cdktf";
import fs from "node:fs";
import path from "node:path";
import { evaluate, type Finding } from "../../src/guardrails/evaluate";
import { isGuardrailId } from "../../src/facts/guardrail-ids";
import { readPlan } from "../../src/guardrails/read/read-plan";
import { readStack } from "../../src/guardrails/read/read-stack";
import { rulesDocument } from "../../src/guardrails/report/rules-doc";
import { allRules, ruleIds } from "../../src/guardrails/rules/all-rules";
import type { Waiver } from "../../src/waivers/waiver";
import { applyWaivers, isFailure } from "../../src/guardrails/waivers";
import { upstreamIds } from "../../src/guardrails/upstream";
import { judge, targetInventory } from "../../src/synth/guard-targets";
import { aTarget } from "../support/fixtures";
import { findingsOf, ruleOf } from "./support";

const planOf = (root: object) => ({ format_version: "1.2", planned_values: { root_module: root } });

describe("what is not known before apply", () => {
  test.each([
    ["EKS-AUTH-MODE", "aws_eks_cluster", { access_config: "${var.access}" }],
    ["ENC-LOG-GROUP", "aws_cloudwatch_log_group", { kms_key_id: "${var.on ? aws_kms_key.k.arn : null}" }],
    ["NET-SG-WORLD-INGRESS", "aws_security_group_rule", { type: "ingress", cidr_blocks: "${var.ranges}" }],
    ["IAM-RESOURCE-WILDCARD", "aws_iam_policy", { policy: "${data.aws_iam_policy_document.x.json}" }],
    ["IAM-PASS-ROLE", "aws_iam_policy", { policy: "${data.aws_iam_policy_document.x.json}" }],
    ["HELM-UNREAD", "helm_release", { values: ["${file(var.values)}"] }],
  ])("%s says so and does not pass", (id, type, attributes) => {
    expect(findingsOf(id, [[type, attributes]]).map(({ outcome }) => outcome)).toEqual(["unknown"]);
  });

  test("a reference to another resource is something that is given", () => {
    expect(
      findingsOf("ENC-LOG-GROUP", [["aws_cloudwatch_log_group", { kms_key_id: "${aws_kms_key.k.arn}" }]]),
    ).toEqual([]);
  });
});

test("a rule that crashes is an error of its own, and the others go on", () => {
  const broken = {
    ...ruleOf("NET-VPC-DNS"),
    check: () => {
      throw new Error("boom");
    },
  };
  const resource = {
    type: "aws_vpc",
    address: "aws_vpc.a",
    stack: "s",
    source: "input" as const,
    attributes: {},
  };

  const findings = evaluate({ resources: [resource], complete: true, production: true }, [
    broken,
    ruleOf("NET-FLOW-LOGS"),
  ]);

  expect(findings.map(({ outcome, severity }) => [outcome, severity])).toEqual([
    ["crash", "error"],
    ["violation", "error"],
  ]);
  expect(findings[0]?.detail).toContain("boom");
});

describe("a node group that could be made with no CNI", () => {
  test("is found in a stack built by hand", () => {
    const stack = new TerraformStack(new App(), "by-hand");
    new TerraformHclModule(stack, "group", {
      source: "terraform-aws-modules/eks/aws//modules/eks-managed-node-group",
      version: "21.11.0",
      variables: { cluster_name: "a" },
    });
    const resources = readStack(stack.toTerraform(), "by-hand");

    const findings = evaluate({ resources, complete: true, production: true }, allRules);

    const found = findings.find(({ rule }) => rule.id === "NODE-WITHOUT-CNI");
    expect(found).toMatchObject({
      outcome: "violation",
      severity: "error",
      address: "module.group.aws_eks_node_group.this[0]",
    });
  });

  test("is not found in a target, whatever its CNI", () => {
    for (const cni of ["cilium-eni", "cilium-chaining", "vpc-cni"]) {
      const { findings } = judge(
        aTarget(`cni: { kind: ${cni} }`),
        targetInventory(aTarget(`cni: { kind: ${cni} }`)),
        () => "2026-11-21",
      );
      expect(findings.filter(isFailure)).toEqual([]);
    }
  });
});

describe("a plan", () => {
  const unit = (after: object, unknown: object, expressions: object) => ({
    format_version: "1.2",
    planned_values: {
      root_module: {
        child_modules: [
          {
            resources: [
              {
                address: "module.m.aws_cloudwatch_log_group.g[0]",
                mode: "managed",
                type: "aws_cloudwatch_log_group",
                name: "g",
                values: after,
              },
            ],
          },
        ],
      },
    },
    resource_changes: [
      { address: "module.m.aws_cloudwatch_log_group.g[0]", change: { after_unknown: unknown } },
    ],
    configuration: {
      root_module: {
        module_calls: {
          m: {
            expressions: { key: { references: ["aws_kms_key.k.arn", "aws_kms_key.k"] } },
            module: { resources: [{ type: "aws_cloudwatch_log_group", name: "g", expressions }] },
          },
        },
      },
    },
  });
  const logGroup = (plan: object): Finding[] =>
    evaluate(
      {
        resources: readPlan(parsePlan(JSON.stringify(plan), "plan.json"), "s"),
        complete: false,
        production: true,
      },
      [ruleOf("ENC-LOG-GROUP")],
    );

  test("breaks a rule under the same id as the configuration does", () => {
    expect(logGroup(unit({ kms_key_id: null }, {}, {}))).toMatchObject([
      { outcome: "violation", source: "plan" },
    ]);
  });

  test("does not know what nobody gives and only the apply tells", () => {
    expect(logGroup(unit({}, { kms_key_id: true }, {}))).toMatchObject([{ outcome: "unknown" }]);
  });

  test("gives what leads through a module's variable to another resource", () => {
    expect(logGroup(unit({}, { kms_key_id: true }, { kms_key_id: { references: ["var.key"] } }))).toEqual([]);
  });

  test.each([
    ["nothing", null, "plan.json is JSON, but no plan"],
    ["a list", [], "plan.json is JSON, but no plan"],
    ["a state", { format_version: "1.0", values: {} }, "of a state, not of a plan"],
    [
      "a later format",
      { format_version: "2.0", planned_values: {} },
      'has plan format "2.0", and this reads 1.x',
    ],
    [
      "a plan whose resources are words",
      planOf({ resources: ["aws_vpc.main"] }),
      "has a resource that is not one",
    ],
    [
      "a plan of resources without a type",
      planOf({ resources: [{ address: "a.b" }] }),
      "has a resource that is not one",
    ],
    ["a plan whose resources are a map", planOf({ resources: { a: {} } }), "has a resource that is not one"],
    ["a plan whose modules are a word", planOf({ child_modules: "no" }), "has a module that is not one"],
    [
      "a plan whose modules hold such",
      planOf({ child_modules: [{ resources: [7] }] }),
      "has a resource that is not one",
    ],
    [
      "a plan whose root is a list",
      { ...planOf({}), planned_values: { root_module: [] } },
      "has a module that is not one",
    ],
    [
      "a plan whose changes are a map",
      { ...planOf({}), resource_changes: {} },
      "has resource_changes that is not a list",
    ],
  ])("that is %s is refused with what to do", (_name, plan, message) => {
    expect(() => readPlan(parsePlan(JSON.stringify(plan), "plan.json"), "s")).toThrow(message);
  });

  test.each([
    [
      "strange names",
      {
        format_version: "1.2",
        planned_values: {
          root_module: {
            resources: [
              {
                address: "module.__proto__.aws_vpc.constructor",
                type: "aws_vpc",
                values: { ["__proto__"]: { a: 1 }, tags: { "<script>": "1" } },
              },
            ],
          },
        },
      },
    ],
  ])("with %s never crashes", (_name, plan) => {
    const findings = evaluate(
      {
        resources: readPlan(parsePlan(JSON.stringify(plan), "plan.json"), "s"),
        complete: false,
        production: true,
      },
      allRules,
    );
    expect(findings.filter(({ outcome }) => outcome === "crash")).toEqual([]);
  });
});

describe("a waiver", () => {
  const findings = findingsOf("ENC-LOG-GROUP", [
    ["aws_cloudwatch_log_group", {}, { address: "aws_cloudwatch_log_group.flow-logs_group" }],
  ]);
  const waiver = (more: Partial<Waiver>): Waiver => ({
    rule: "ENC-LOG-GROUP",
    at: "network.flowLogs",
    reason: "a reason of some length",
    owner: "team",
    expires: "2027-01-31",
    ...more,
  });
  const judged = (more: Partial<Waiver>, asOf = "2026-11-21") =>
    applyWaivers(findings, [waiver(more)], { asOf: () => asOf, ruleIds });

  test.each([
    "network.flowLogs",
    "network",
    "prod-network",
    "prod-network/aws_cloudwatch_log_group.flow-logs_group",
    "aws_cloudwatch_log_group.flow-logs_group",
  ])("at %s waives what is there or below", (at) => {
    const {
      findings: [finding],
      unused,
    } = judged({ at });
    expect(finding?.status).toBe("waived");
    expect(finding && isFailure(finding)).toBe(false);
    expect(unused).toEqual([]);
  });

  test.each(["network.flow", "prod-net", "cluster.logs"])("at %s waives nothing and is reported", (at) => {
    const {
      findings: [finding],
      unused,
    } = judged({ at });
    expect(finding?.status).toBe("open");
    expect(unused).toHaveLength(1);
  });

  test("holds on its last day and fails on the next", () => {
    expect(judged({}, "2027-01-31").findings[0]?.status).toBe("waived");
    const [expired] = judged({}, "2027-02-01").findings;
    expect(expired?.status).toBe("expired");
    expect(expired && isFailure(expired)).toBe(true);
  });

  test("of an unknown rule is reported, one of an address-plan rule is not", () => {
    expect(judged({ rule: "EKS-NO-SUCH-RULE" }).unknownRules).toHaveLength(1);
    expect(judged({ rule: "IP-CAPACITY-SUBNET" }).unknownRules).toEqual([]);
  });

  test("does not cover a rule that crashed", () => {
    const crash = findings.map((each) => ({ ...each, outcome: "crash" as const }));
    const [finding] = applyWaivers(crash, [waiver({})], { asOf: () => "2026-11-21", ruleIds }).findings;
    expect(finding && isFailure(finding)).toBe(true);
  });
});

test("every rule is told from those of the configuration by its id", () => {
  expect(allRules.filter(({ id }) => !isGuardrailId(id)).map(({ id }) => id)).toEqual([]);
});

test("ids of other tools belong to existing rules", () => {
  expect(Object.keys(upstreamIds).filter((id) => !ruleIds.has(id))).toEqual([]);
});

test("docs/guardrails.md is what npx octarine check --rules prints", () => {
  const file = path.join(__dirname, "..", "..", "docs", "guardrails.md");
  expect(fs.readFileSync(file, "utf8")).toBe(rulesDocument(allRules));
});
