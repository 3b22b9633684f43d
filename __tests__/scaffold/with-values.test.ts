import { valueIn, withValues } from "../../src/scaffold/edit-target";

const held = (version: string) => ({ version, reason: "on the way" });
const TEXT = `# ours
release: '2025.09' # since the beginning
network: { vpcCidr: 10.0.0.0/16,   zones: [us-east-1a] } # spaces stay

cni: {kind: cilium-eni}
`;

test("a value that is there is replaced in its place, with its quotes and its comment", () => {
  expect(withValues(TEXT, [{ path: ["release"], value: "2026.11" }])).toBe(
    TEXT.replace("2025.09", "2026.11"),
  );
});

test("a map that is not there comes behind all else, and what looks like a number is text", () => {
  expect(withValues(TEXT, [{ path: ["versions", "nodes"], value: held("1.33") }])).toBe(
    `${TEXT}versions:\n  nodes: { version: "1.33", reason: on the way }\n`,
  );
});

test("a map that is there is changed, and goes with its last key", () => {
  const text = `${TEXT}versions:\n  kubernetes: { version: "1.33", reason: on the way }\n  nodes: { version: "1.33", reason: on the way }\n`;

  expect(
    withValues(text, [
      { path: ["versions", "kubernetes"], value: held("1.34") },
      { path: ["versions", "nodes"], value: undefined },
    ]),
  ).toBe(`${TEXT}versions:\n  kubernetes: { version: "1.34", reason: on the way }\n`);
  expect(
    withValues(text, [
      { path: ["versions", "kubernetes"], value: undefined },
      { path: ["versions", "nodes"], value: undefined },
    ]),
  ).toBe(TEXT);
});

test("what says it already, or has nothing to take out, stays byte for byte", () => {
  expect(
    withValues(TEXT, [
      { path: ["release"], value: "2025.09" },
      { path: ["versions", "nodes"], value: undefined },
    ]),
  ).toBe(TEXT);
});

test("null takes away what a layer below has", () => {
  expect(withValues("", [{ path: ["versions", "nodes"], value: null }])).toBe("versions:\n  nodes: null\n");
});

test.each([
  ["versions: { nodes: a }", "a"],
  ["versions: { nodes: null }", null],
  ["versions: null", null],
  ["versions: {}", undefined],
  ["", undefined],
])("what %j says of a value", (text, value) => {
  expect(valueIn(text, ["versions", "nodes"])).toBe(value);
});
