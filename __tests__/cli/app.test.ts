import fs from "node:fs";
import path from "node:path";
import { runApp } from "../../src/cli/app";
import { projectOfAllInputs } from "../support/project-of-all-inputs";
import { inSynthesizedProject } from "../support/synthesized-project";

inSynthesizedProject(() => projectOfAllInputs("namespaces: { shop: {} }\nmetricsServer: {}"));

const PLATFORM = "envs/platform.yaml";
const GONE = path.join("out", "stacks", "dev-us-east-1-autoscaling");

describe("a stack that is gone", () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
  });

  test.each([
    [
      "leaves the cdktf CLI, which removes its folder and fails where there is none, an empty one",
      "{}",
      true,
    ],
    ["leaves nothing to whoever runs main.ts without it", undefined, false],
  ])("%s", async (_, context, isThere) => {
    fs.writeFileSync(PLATFORM, fs.readFileSync(PLATFORM, "utf8").replace(/^metricsServer:.*\n/m, ""));
    Object.assign(process.env, { CDKTF_OUTDIR: "out", ...(context && { CDKTF_CONTEXT_JSON: context }) });
    await runApp({});

    expect(fs.existsSync(GONE)).toBe(isThere);
    expect(isThere ? fs.readdirSync(GONE) : []).toEqual([]);
  });
});
