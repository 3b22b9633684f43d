import path from "node:path";
import { Fn, TerraformElement, TerraformOutput, TerraformResource, TerraformStack, Token } from "cdktf";
import fc from "fast-check";
import { loadFleet, readFleet } from "../../../src/fleet/load-fleet";
import type { Target } from "../../../src/model/target";
import { stacksJson } from "../../../src/synth/resolve/stack-json";
import { withoutStackTraces } from "../../../src/synth/output/write-output";
import { addTargetStacks } from "../../../src/stacks/target-stacks";
import { unwrittenApp } from "../../../src/synth/unwritten-app";
import { anyYaml, isOutOfRoom } from "../../support/any-yaml";
import { aFolder, aTarget } from "../../support/fixtures";
import { switchEnvs, switchTargets } from "../../support/switches/switch-fleet";

const root = path.join(__dirname, "..", "..", "..");

/** As the framework makes it, order of keys included. */
function asFramework(stacks: readonly TerraformStack[]): string[] {
  stacks.forEach((stack) => stack.prepareStack());
  return stacks.map((stack) => JSON.stringify(stack.toTerraform()));
}

function expectSame(target: Target): void {
  withoutStackTraces(() => {
    const stacks = addTargetStacks(unwrittenApp(), target);
    const ours = stacksJson(stacks).map((json) => JSON.stringify(json));
    expect(ours).toEqual(asFramework(stacks));
  });
}

describe("a stack's JSON is what cdktf makes of it, byte for byte", () => {
  test.each(["envs", path.join("examples", "envs")])("of every target of %s", (folder) => {
    loadFleet(path.join(root, folder)).targets.forEach(expectSame);
  });

  // Every component is in some of them, beside every other one that it can be beside; random configs have few.
  test("of targets with every pair of switches", () => {
    const pairs = switchTargets().filter(({ environment }) => environment.startsWith("pair"));
    const { targets } = loadFleet(aFolder(switchEnvs(pairs)));

    expect(targets).toHaveLength(pairs.length);
    expect(pairs.length).toBeGreaterThan(10);
    targets.forEach(expectSame);
  }, 600_000);

  test("of any config", () => {
    let made = 0;
    fc.assert(
      fc.property(anyYaml, (yaml) => {
        const {
          fleet: { targets },
          problems,
        } = readFleet(path.join(aFolder({ "envs/dev/us-east-1.yaml": yaml }), "envs"));
        fc.pre(!isOutOfRoom(problems));
        targets.forEach(expectSame);
        made += targets.length;
      }),
      { numRuns: 200 },
    );
    expect(made).toBe(200);
  }, 600_000);

  test("of values that stand for others, wherever they are", () => {
    const [stack] = [new TestStack(unwrittenApp(), "one")];
    const other = new TerraformResource(stack, "other", { terraformResourceType: "null_resource" });
    const text = other.getStringAttribute("id");
    const values = {
      text,
      inside: `a ${text} b \${text} 1e5 -e- 5e+300`,
      number: other.getNumberAttribute("n"),
      inText: `port ${other.getNumberAttribute("n").toString()}`,
      list: other.getListAttribute("l"),
      numbers: other.getNumberListAttribute("ns"),
      map: other.getStringMapAttribute("m"),
      deep: [{ [text]: [text, undefined, null, { x: undefined, y: {}, z: [] }] }],
      call: Fn.jsonencode({ a: text, b: [Fn.join(",", other.getListAttribute("l"))] }),
      lazy: Token.asAny({ resolve: () => ["late", text], creationStack: [], toString: () => "" }),
      plain: [1, -1, 0, 1e21, true, false, null, "", "Any Map", "e+28"],
    };
    stack.addOverride("locals", values);
    new TerraformOutput(stack, "out", { value: { text, list: values.list } });

    const ours = stacksJson([stack]).map((json) => JSON.stringify(json));

    expect(ours).toEqual(asFramework([stack]));
    expect(ours[0]).not.toContain("TfToken");
  });
});

test("a stack that refers to another is made as the framework makes it, which adds an output to that", () => {
  const app = unwrittenApp();
  const [from, to] = [new TestStack(app, "from"), new TestStack(app, "to")];
  const source = new TerraformResource(from, "source", { terraformResourceType: "null_resource" });
  new TerraformOutput(to, "id", { value: source.getStringAttribute("id") });

  const ours = stacksJson([from, to]).map((json) => JSON.stringify(json));

  expect(ours).toEqual(asFramework([from, to]));
  expect(ours[0]).toContain("cross-stack-output");
});

test("a version of the framework that nobody compared goes its own way", () => {
  const stack = new TestStack(unwrittenApp(), "one");
  Object.defineProperty(stack, "cdktfVersion", { value: "0.22.0" });
  const prepared = jest.spyOn(stack, "prepareStack");

  stacksJson([stack]);

  expect(prepared).toHaveBeenCalledTimes(1);
});

test("each element is resolved once, and no stack is prepared", () => {
  const stacks = addTargetStacks(unwrittenApp(), aTarget());
  const elements = stacks.flatMap((stack) =>
    stack.node.findAll().filter((each) => TerraformElement.isTerraformElement(each)),
  );
  const resolved = elements.map((element) => jest.spyOn(element, "toTerraform"));
  const prepared = stacks.map((stack) => jest.spyOn(stack, "prepareStack"));

  stacksJson(stacks);

  expect(new Set(resolved.map(({ mock }) => mock.calls.length))).toEqual(new Set([1]));
  expect(prepared.flatMap(({ mock }) => mock.calls)).toEqual([]);
});

class TestStack extends TerraformStack {}
