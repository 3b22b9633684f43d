import { attributePath, interfaceNames, objectPlaces } from "../../../tools/module-types/interface-names";
import { parseType } from "../../../tools/module-types/parse-type";

function namesFor(
  inputs: Readonly<Record<string, string>>,
  reserved: readonly string[] = [],
): Record<string, string> {
  const places = Object.entries(inputs).flatMap(([name, type]) =>
    objectPlaces(attributePath([], name), parseType(type)),
  );
  return Object.fromEntries(interfaceNames("Eks", places, new Set(reserved)));
}

test.each([
  ["access_entries", "EksAccessEntry"],
  ["addons", "EksAddon"],
  ["addresses", "EksAddress"],
  ["statuses", "EksStatus"],
  ["status", "EksStatus"],
  ["vpc-links", "EksVpcLink"],
])("names an element of %s in the singular", (input, expected) => {
  expect(namesFor({ [input]: "map(object({ a = string }))" })).toEqual({ [`${input}.*`]: expected });
});

test("names an object that is not an element as it is", () => {
  expect(namesFor({ metadata_options: "object({ a = string })" })).toEqual({
    metadata_options: "EksMetadataOptions",
  });
});

test("names a nested object by the last step of its path when that is enough", () => {
  expect(namesFor({ groups: "map(object({ taints = map(object({ key = string })) }))" })).toEqual({
    "groups.*": "EksGroup",
    "groups.*.taints.*": "EksTaint",
  });
});

test("lets equal types with the same short name share it", () => {
  const group = "map(object({ ebs = object({ size = number }) }))";

  const names = namesFor({ managed: group, self_managed: group });

  expect(names["managed.*.ebs"]).toBe("EksEbs");
  expect(names["self_managed.*.ebs"]).toBe("EksEbs");
});

test("takes more steps of the path where the same short name would mean different types", () => {
  const names = namesFor({
    addons: "map(object({ timeouts = object({ create = string }) }))",
    profiles: "map(object({ timeouts = object({ delete = string }) }))",
  });

  expect(names["addons.*.timeouts"]).toBe("EksAddonTimeouts");
  expect(names["profiles.*.timeouts"]).toBe("EksProfileTimeouts");
});

test("numbers what whole paths cannot tell apart", () => {
  const names = namesFor({ rule: "object({ a = string })", rules: "list(object({ b = string }))" });

  expect(names).toEqual({ rule: "EksRule", "rules.*": "EksRule2" });
});

test("leaves the names alone that the file needs itself", () => {
  expect(namesFor({ config: "object({ a = string })" }, ["EksConfig"])).toEqual({ config: "EksConfig2" });
});

test("names each element of a tuple", () => {
  expect(namesFor({ pair: "tuple([object({ a = string }), object({ b = string })])" })).toEqual({
    "pair.0": "EksPair0",
    "pair.1": "EksPair1",
  });
});
