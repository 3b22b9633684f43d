import { parseType } from "../../../tools/module-types/parse-type";
import { type ObjectAttribute, type TerraformType } from "../../../tools/module-types/terraform-type";

const text: TerraformType = { kind: "string" };
const number: TerraformType = { kind: "number" };

function attributesOf(source: string): readonly ObjectAttribute[] {
  const type = parseType(source);
  if (type.kind !== "object") throw new Error(`parsed as ${type.kind}`);
  return type.attributes;
}

test.each<[string, TerraformType]>([
  ["string", text],
  ["number", number],
  ["bool", { kind: "bool" }],
  ["any", { kind: "any" }],
  ["  string\n", text],
  ["list", { kind: "list", element: { kind: "any" } }],
  ["map", { kind: "map", element: { kind: "any" } }],
  ["list(string)", { kind: "list", element: text }],
  ["set( number )", { kind: "set", element: number }],
  ["map(map(any))", { kind: "map", element: { kind: "map", element: { kind: "any" } } }],
  ["tuple([])", { kind: "tuple", elements: [] }],
  ["tuple([string, list(number),])", { kind: "tuple", elements: [text, { kind: "list", element: number }] }],
  ["object({})", { kind: "object", attributes: [] }],
])("parses %j", (source, expected) => {
  expect(parseType(source)).toEqual(expected);
});

test("keeps the attributes of an object in the order of the declaration", () => {
  const names = attributesOf('object({ zone = string, "name" = string\n  age : number })').map(
    ({ name }) => name,
  );

  expect(names).toEqual(["zone", "name", "age"]);
});

test("tells optional attributes from required ones", () => {
  expect(attributesOf("object({ a = string, b = optional(string) })")).toEqual([
    { name: "a", type: text, optional: false },
    { name: "b", type: text, optional: true },
  ]);
});

test.each([
  ['"STANDARD"', '"STANDARD"'],
  ["true", "true"],
  ["{}", "{}"],
  ['["secrets"]', '["secrets"]'],
  ["[{ x = 1, y = [2] }],", "[{ x = 1, y = [2] }]"],
  ['"a ) } ] b"', '"a ) } ] b"'],
  ['"quote \\" and )"', '"quote \\" and )"'],
  ['"${join(")", ["}"])}"', '"${join(")", ["}"])}"'],
  ['"$${not a template)"', '"$${not a template)"'],
  ["(1 + 2) / 3", "(1 + 2) / 3"],
  ["[\n    1,\n    2\n  ]", "[ 1, 2 ]"],
  ['<<-EOT\n    (one "\n    EOT\n', '<<-EOT (one " EOT'],
])("reads the default %j and what follows it", (source, expected) => {
  const attributes = attributesOf(`object({ a = optional(string, ${source}), b = number })`);

  expect(attributes).toEqual([
    { name: "a", type: text, optional: true, default: expected },
    { name: "b", type: number, optional: false },
  ]);
});

test("reads nested optional objects over several lines with comments of every style", () => {
  const source = `map(object({ # TODO: object({
    name = optional(string) // falls back to the key )
    /* a block
       } comment */
    timeouts = optional(object({
      create = optional(string, "10m")

      ports  = optional(list(object({ from = number })), [{ from = 1 }])
    }), {})
  }))`;

  const ports = {
    kind: "list",
    element: { kind: "object", attributes: [{ name: "from", type: number, optional: false }] },
  };
  const timeouts = {
    kind: "object",
    attributes: [
      { name: "create", type: text, optional: true, default: '"10m"' },
      { name: "ports", type: ports, optional: true, default: "[{ from = 1 }]" },
    ],
  };
  expect(parseType(source)).toEqual({
    kind: "map",
    element: {
      kind: "object",
      attributes: [
        { name: "name", type: text, optional: true },
        { name: "timeouts", type: timeouts, optional: true, default: "{}" },
      ],
    },
  });
});

test.each([
  ["", "line 1 of the type: expected a name, found the end"],
  ["strng", '"strng" is not a Terraform type'],
  ["list(string", 'line 1 of the type: expected ")", found the end'],
  ["string string", "line 1 of the type: expected the end, found string"],
  ["object({\n  a string\n})", 'line 2 of the type: expected ":", found string'],
  ["object({ a = optional(string, [1 ", "line 1 of the type: expected a closing bracket, found the end"],
  ['object({ a = optional(string, "x) })', "line 1 of the type: expected a closing quote"],
])("refuses %j and says why", (source, message) => {
  expect(() => parseType(source)).toThrow(message);
});
