import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { rule, violation } from "../../src/guardrails/rule";
import { allStacks } from "../../src/model/stacks/own-stacks";
import { stackNames } from "../../src/model/stacks/stack-names";
import { stacksAfter, stacksBefore } from "../../src/model/stacks/stack-order";
import { GenericResource } from "../../src/modules/generic-resource";
import { type Project, useProject } from "../../src/project/project";
import { elementAt } from "../../src/stacks/base/find-element";
import { InClusterStack } from "../../src/stacks/base/in-cluster-stack";
import type { PlatformStackProps } from "../../src/stacks/base/platform-stack";
import type { OwnStack } from "../../src/stacks/own-stacks";
import { text } from "../../src/values/value";
import { exampleTarget } from "../../src/testing/example-target";
import { judgeTarget, synthesizeTarget } from "../../src/testing/synthesize-target";

afterEach(() => useProject({}));

class AuditStack extends InClusterStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "audit", props);
    new GenericResource(this, "queue", {
      type: "aws_sqs_queue",
      attributes: { name: "dev-us-east-1-audit" },
    });
  }
}

const audit: OwnStack = { name: "audit", holds: "who did what", after: ["nodes"], stack: AuditStack };

const named = rule({
  id: "OWN-NAMED",
  area: "names",
  severity: "error",
  what: "",
  why: "",
  remedy: "",
  reference: "",
  types: ["aws_sqs_queue"],
  check: ({ attributes }) => [violation(`is ${text(attributes.name)}`)],
});

const problemOf = (project: Project): string => {
  try {
    useProject(project);
    return "";
  } catch (error) {
    return String(error);
  }
};

describe("a stack of one's own", () => {
  test("is deployed right after those that it needs", () => {
    const { names } = synthesizeTarget(exampleTarget("metricsServer: {}"), { stacks: [audit] });

    expect(names).toEqual(["network", "cluster", "cni", "nodes", "audit", "autoscaling"]);
  });

  test("is known to whoever asks for the order, both ways", () => {
    useProject({ stacks: [audit, { ...audit, name: "later", after: ["audit"] }] });
    const target = exampleTarget();

    expect(stacksBefore("later", target)).toEqual(["audit"]);
    expect(stacksBefore("audit", target)).toEqual(["nodes"]);
    expect(stacksAfter("nodes")).toEqual(expect.arrayContaining(["audit", "later", "autoscaling"]));
    expect(allStacks()).toHaveLength(stackNames.length + 2);
  });

  test("reads what it comes after, has the locks of every stack, and is left out where it is not used", () => {
    const target = exampleTarget();
    const { stack } = synthesizeTarget(target, { stacks: [audit] });

    expect(Object.keys(stack("audit").data("terraform_remote_state"))).toEqual(["nodes", "cluster"]);
    stack("audit").mustHave("terraform_data");
    expect(synthesizeTarget(target, { stacks: [{ ...audit, isUsed: () => false }] }).names).not.toContain(
      "audit",
    );
  });

  test.each<[string, Partial<OwnStack>]>([
    ["the platform has a stack of this name", { name: "network" }],
    ["small letters and digits", { name: "my-audit" }],
    ["after is required", { after: [] }],
    ["after nods: is not a stack that comes before it; did you mean nodes?", { after: ["nods"] }],
    ["must extend PlatformStack or InClusterStack", { stack: class {} as never }],
  ])("is refused where %s", (problem, change) => {
    expect(problemOf({ stacks: [{ ...audit, ...change }] })).toContain(problem);
  });

  test("is refused twice", () => {
    expect(problemOf({ stacks: [audit, audit] })).toContain("is listed twice");
  });
});

describe("a rule of one's own", () => {
  test("judges what the platform's rules judge", () => {
    const findings = judgeTarget(exampleTarget(), { stacks: [audit], rules: [named] });

    expect(
      findings.filter((each) => each.rule === named).map(({ address, detail }) => [address, detail]),
    ).toEqual([["aws_sqs_queue.queue", "is dev-us-east-1-audit"]]);
  });

  test("can be waived like any other", () => {
    const waiver =
      'waivers: [{ rule: OWN-NAMED, at: dev-us-east-1-audit, reason: "only a test of waivers", owner: "team", expires: 2027-01-01 }]';
    const findings = judgeTarget(exampleTarget(waiver), { stacks: [audit], rules: [named] });

    expect(findings.filter((each) => each.rule === named).map(({ status }) => status)).toEqual(["waived"]);
  });

  test("a key that is misspelled is not left out in silence", () => {
    expect(problemOf({ rulse: [named] } as Project)).toContain(
      "rulse is not a key of it; did you mean rules?",
    );
  });

  test("never has the id that a later guardrail of the platform may get", () => {
    expect(problemOf({ rules: [{ ...named, id: "NET-MINE" }] })).toContain("must begin with OWN-");
    expect(problemOf({ rules: [named, named] })).toContain("is listed twice");
  });
});

describe("a change to a stack of the platform", () => {
  test("reaches what an address of the plan names, and is judged with the rest", () => {
    const project: Project = {
      override: (stack) => {
        if (stack.stackName === "nodes") new TerraformOutput(stack, "more", { value: "1", staticId: true });
        if (stack.stackName === "network")
          elementAt(stack, "module.network_vpc").addOverride("tags", { changed: "yes" });
      },
    };
    const { stack } = synthesizeTarget(exampleTarget(), project);

    expect(stack("network").module("network_vpc").tags).toEqual({ changed: "yes" });
    expect(stack("nodes").outputs).toMatchObject({ more: "1" });
  });

  test("of an address that is not there says which are", () => {
    const override: Project["override"] = (stack) => void elementAt(stack, "module.vpc");

    expect(() => synthesizeTarget(exampleTarget(), { override })).toThrow(
      /module.vpc is not an address of dev-us-east-1-network.*module.network_vpc/,
    );
  });
});
