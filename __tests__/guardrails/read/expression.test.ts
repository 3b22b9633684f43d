import { fromJson, parseTemplate, replaceExpressions } from "../../../src/guardrails/read/expression";
import { isUnknown } from "../../../src/values/value";

test.each([
  ["no sign of any", "no sign of any"],
  ["${a}", "<a>"],
  ["x ${a} y ${b.c} z", "x <a> y <b.c> z"],
  ["$${a} %%{b} $$${c}", "${a} %{b} $${c}"],
  ["%{ if a }", "< if a >"],
  ['${f({a = "}"})}!', '<f({a = "}"})>!'],
  ["${never closed", "<never closed>"],
  ['{"k":"${a}","n":${b}}', '{"k":"<a|in string>","n":<b>}'],
  ['{"k":"quote \\" ${a}"}', '{"k":"quote \\" <a|in string>"}'],
  ['{"k":"slash \\\\","n":${b}}', '{"k":"slash \\\\","n":<b>}'],
])("expressions of %j are found where Terraform finds them", (text, replaced) => {
  const mark = (expression: string, inString: boolean) => `<${expression}${inString ? "|in string" : ""}>`;

  expect(replaceExpressions(text, mark)).toBe(replaced);
});

test("what is replaced may hold expressions of its own", () => {
  const inner = (text: string): string => replaceExpressions(text, (expression) => `[${inner(expression)}]`);

  expect(inner("a ${b ${c} d} e ${f}")).toBe("a [b [c] d] e [f]");
});

test("a template of JSON is data, in which an expression is not known yet", () => {
  expect(parseTemplate('{"a":[1,true,null,"$${x}"]}')).toEqual({ a: [1, true, null, "${x}"] });
  const value = parseTemplate('{"a":"b ${c}"}') as { readonly a: never };
  expect(isUnknown(value.a)).toBe(true);
});

test("a field may have any name, that of what objects inherit from, too", () => {
  const data: unknown = JSON.parse('{"b":1,"__proto__":{"a":"${x}"},"constructor":"c"}');

  expect(Object.keys(Object(fromJson(data)) as object)).toEqual(["b", "__proto__", "constructor"]);
  expect(parseTemplate('{"__proto__":{"a":"b"}}')).not.toHaveProperty("a");
});
