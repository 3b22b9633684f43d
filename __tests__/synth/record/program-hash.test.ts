import fs from "node:fs";
import path from "node:path";
import { programHash, setExtended } from "../../../src/synth/record/program-hash";
import { aFolder } from "../../support/fixtures";

const shared = (version: string) =>
  aFolder({
    "dist/program.json": '{"hash":"abc","shared":["cdktf"]}',
    "node_modules/cdktf/package.json": JSON.stringify({ name: "cdktf", version }),
  });

test("a program that was built is known by its hash and the versions that it runs with", () => {
  expect(programHash(aFolder({ "program.json": '{"hash":"abc"}' }))).toBe("abc");
  expect(programHash(path.join(shared("0.21.0"), "dist"))).toBe("abc, cdktf 0.21.0");
  expect(programHash(path.join(shared("0.22.0"), "dist"))).toBe("abc, cdktf 0.22.0");
});

test("a program that runs from its sources, or without a package that it needs, is not known", () => {
  const lacking = shared("0.21.0");
  fs.rmSync(path.join(lacking, "node_modules"), { recursive: true });

  expect(programHash()).toBeUndefined();
  expect(programHash(path.join(lacking, "dist"))).toBeUndefined();
});

test("a program with code of a repository's own is not known, whatever its hash", () => {
  const built = aFolder({ "program.json": '{"hash":"abc"}' });
  setExtended(true);
  try {
    expect(programHash(built)).toBeUndefined();
  } finally {
    setExtended(false);
  }
  expect(programHash(built)).toBe("abc");
});
