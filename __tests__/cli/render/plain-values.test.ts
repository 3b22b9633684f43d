import fc from "fast-check";
import { plainValues } from "../../../src/cli/render/plain-values";
import { encodeChartValues } from "../../../src/modules/chart-values";

const parsed = (template: string, placeholders = new Map<string, string>()): unknown =>
  JSON.parse(plainValues(template, placeholders));

test("what holds no expression comes back as it was", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(parsed(encodeChartValues(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test.each([
  ["an expression as a value", '{"a":${jsonencode(module.x.arn)}}', { a: "after-apply-1" }],
  ["an expression within a text", '{"a":"https://${module.x.host}:443"}', { a: "https://after-apply-1:443" }],
  [
    "braces and quotes within it",
    '{"a":${jsonencode({"b" = "}${c["d"]}"})},"e":1}',
    { a: "after-apply-1", e: 1 },
  ],
  ["what only looks like one", '{"a":"$${b}%%{c}"}', { a: "${b}%{c}" }],
  ["a quote in a text before it", '{"a":"\\"","b":${c}}', { a: '"', b: "after-apply-1" }],
])("%s", (_what, template, values) => {
  expect(parsed(template)).toEqual(values);
});

test("the same expression is the same placeholder, in every release", () => {
  const placeholders = new Map<string, string>();

  expect(parsed('{"a":${x},"b":${y}}', placeholders)).toEqual({ a: "after-apply-1", b: "after-apply-2" });
  expect(parsed('{"c":${y}}', placeholders)).toEqual({ c: "after-apply-2" });
  expect([...placeholders]).toEqual([
    ["x", "after-apply-1"],
    ["y", "after-apply-2"],
  ]);
});
