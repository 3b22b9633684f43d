import fs from "node:fs";
import path from "node:path";
import { onSuccessor, type PackageJson, SUCCESSOR } from "../../../tools/successor/package-json";
import { root, textOf } from "../../support/pages";

const ours = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")) as PackageJson;

test.each<"dependencies" | "devDependencies">(["dependencies", "devDependencies"])(
  "a move changes where cdktf comes from, and nothing else (%s)",
  (kind) => {
    const before = { name: "mine", [kind]: { cdktf: "0.21.0", zod: "4.6.7" }, overrides: { zod: "4" } };

    expect(onSuccessor(before)).toEqual({
      name: "mine",
      [kind]: { cdktf: SUCCESSOR, zod: "4.6.7" },
      overrides: { zod: "4", cdktf: "$cdktf" },
    });
  },
);

test("this project can move", () => {
  const { dependencies, devDependencies } = onSuccessor(ours);

  expect({ ...dependencies, ...devDependencies }).toMatchObject({ cdktf: SUCCESSOR });
});

test("a move made twice is a move made once", () => {
  expect(onSuccessor(onSuccessor(ours))).toEqual(onSuccessor(ours));
});

test("a project without cdktf is refused", () => {
  expect(() => onSuccessor({ dependencies: {}, devDependencies: { zod: "4" } })).toThrow(
    "it depends on no cdktf that could be replaced",
  );
});

test("the record of the decision says the version that is tried", () => {
  expect(textOf("docs/adr/0013-successor.md")).toContain(`"cdktf": "${SUCCESSOR}"`);
});
