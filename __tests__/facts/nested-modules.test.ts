import fs from "node:fs";
import path from "node:path";
import { packageOf } from "../../src/bundle/module-source";
import { nestedModules } from "../../src/facts/nested-modules";
import { testUnless } from "../support/missing-tools";

interface Called {
  readonly source: string;
  readonly version: string;
}

const cdktf = JSON.parse(fs.readFileSync(path.join(__dirname, "..", "..", "cdktf.json"), "utf8")) as {
  readonly terraformModules: readonly Called[];
};

test("of each registry module that the platform pins it is known what it calls, and of what that calls", () => {
  const pinned = cdktf.terraformModules.map(
    ({ source, version }) => `${packageOf(source)?.package} ${version}`,
  );
  const called = Object.values(nestedModules).flatMap((all) =>
    all.map(({ source, version }) => `${source} ${version}`),
  );
  expect(Object.keys(nestedModules).sort()).toEqual([...new Set([...pinned, ...called])].sort());
});

// TF_MODULES names a folder that holds terraform-aws-modules/NAME/aws/VERSION.
const modules = process.env.TF_MODULES;
testUnless(
  modules === undefined ? "TF_MODULES names no folder of the registry modules" : undefined,
  "the modules' own sources call what is recorded",
  () => {
    for (const [name, recorded] of Object.entries(nestedModules)) {
      const [source = "", version = ""] = name.split(" ");
      const folder = path.join(modules ?? "", source, version);
      expect([name, callsIn(folder)]).toEqual([name, recorded]);
    }
  },
);

/** Calls of registry modules in the files that a root module can reach: no examples, no tests, no wrappers. */
function callsIn(folder: string): readonly Called[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".tf") && !/^(examples|tests|wrappers)\//.test(file))
    .flatMap((file) => [
      ...fs
        .readFileSync(path.join(folder, file), "utf8")
        .matchAll(/^\s*source\s*=\s*"([^".][^"]*)"\s*\n\s*version\s*=\s*"([^"]*)"/gm),
    ])
    .filter(([, source = ""]) => source.split("/").length > 2)
    .map(([, source = "", version = ""]) => ({ source, version }));
}
