import fs from "node:fs";
import path from "node:path";
import { onSuccessor, type PackageJson, SUCCESSOR } from "../../../tools/successor/package-json";
import { root, textOf } from "../../support/pages";

const ours = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")) as PackageJson;

test("a move changes where cdktf comes from, and nothing else", () => {
  const moved = onSuccessor(ours);

  expect(moved.dependencies.cdktf).toBe(SUCCESSOR);
  expect(moved.overrides).toEqual({ ...ours.overrides, cdktf: "$cdktf" });
  expect({ ...moved, dependencies: ours.dependencies, overrides: ours.overrides }).toEqual(ours);
  expect({ ...moved.dependencies, cdktf: ours.dependencies.cdktf }).toEqual(ours.dependencies);
});

test("a move made twice is a move made once", () => {
  expect(onSuccessor(onSuccessor(ours))).toEqual(onSuccessor(ours));
});

test("a project without cdktf is refused", () => {
  expect(() => onSuccessor({ dependencies: {} })).toThrow("dependencies have no cdktf to replace");
});

test("the record of the decision says the version that is tried", () => {
  expect(textOf("docs/adr/0013-successor.md")).toContain(`"cdktf": "${SUCCESSOR}"`);
});
