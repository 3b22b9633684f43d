import { evaluate } from "../../../src/admission/cel/evaluate";
import { CelError, CelUnsupported, isCelUnknown } from "../../../src/admission/cel/value";
import { Unknown, type Value } from "../../../src/values/value";

const object: Value = {
  kind: "Pod",
  metadata: { name: "orders" },
  spec: {
    containers: [
      { name: "a", image: "registry.example.com/a:1" },
      { name: "b", image: new Unknown(true) },
    ],
  },
};
const answer = (expression: string) =>
  evaluate(expression, (name) => (name === "object" ? object : undefined));

test.each([
  ["1 + 2 * 3 == 7 && -1 < 0 && 7 / 2 == 3", true],
  ["'a' in ['a', 'b'] && !('c' in ['a', 'b'])", true],
  ["object.kind == 'Pod' ? 'yes' : 'no'", "yes"],
  ["has(object.spec.volumes)", false],
  ["has(object.spec) && has(object.spec.containers)", true],
  ["size(object.spec.containers) == 2 && 'äb'.size() == 2", true],
  ["object.spec.containers.map(c, c.name).join(', ')", "a, b"],
  ["object.spec.containers.filter(c, c.name != 'a').map(c, c.name)", ["b"]],
  ["object.spec.containers.exists_one(c, c.name == 'b')", true],
  ["object.?spec.?volumes.orValue([]).size()", 0],
  ["object.?metadata.?name.hasValue() && object.metadata.?labels.hasValue() == false", true],
  ["'registry.example.com/a:1'.matches('^(.*/)?[^/:@]+:[^/:@]+$')", true],
  [`"it's" + r'\\d' + '\\t'`, "it's\\d\t"],
  ["[1, 2].all(x, x > 0) && {'a': 1}.exists(k, k == 'a')", true],
  ["dyn(object).metadata['name'] // said", "orders"],
])("%s", (expression, expected) => {
  expect(answer(expression)).toEqual(expected);
});

test("an error counts for nothing where another part decides", () => {
  expect(answer("object.spec.volumes == [] || true")).toBe(true);
  expect(answer("object.spec.volumes == [] && false")).toBe(false);
  expect(() => answer("object.spec.volumes == [] || false")).toThrow(CelError);
  expect(() => answer("object.kind && true")).toThrow(CelError);
});

test("what is not known yet decides only where nothing else does", () => {
  expect(answer("object.spec.containers.exists(c, c.image.startsWith('registry'))")).toBe(true);
  expect(answer("object.spec.containers.all(c, c.image.startsWith('other'))")).toBe(false);
  for (const each of [
    "object.spec.containers.all(c, c.image.startsWith('registry'))",
    "object.spec.containers.filter(c, c.image == 'x').size() == 0",
    "object.spec.containers[1].image + ':1'",
    "object.spec.containers.map(c, c.image).join(', ')",
  ])
    expect([each, isCelUnknown(answer(each))]).toEqual([each, true]);
});

test.each([
  "1.5 > 1",
  "quantity('1Gi')",
  "authorizer.group('')",
  "b'x' == b'x'",
  "a.b(",
  "[1].all(i, v, v > i)",
])("%s is not read, and never passed", (expression) => {
  expect(() => answer(expression)).toThrow(CelUnsupported);
});
