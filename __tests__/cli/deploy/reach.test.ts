import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { callsKubernetes } from "../../../src/cli/deploy/reach";
import type { PlatformStackName } from "../../../src/model/stacks/stack-names";
import { synthYaml } from "../../support/synth";

const dir = fs.mkdtempSync(path.join(os.tmpdir(), "octarine-test-"));
afterAll(() => fs.rmSync(dir, { recursive: true }));

function calls(stack: PlatformStackName, yaml = ""): boolean {
  fs.writeFileSync(path.join(dir, "cdk.tf.json"), synthYaml(yaml)[stack]);
  return callsKubernetes(dir);
}

test.each<[PlatformStackName, string, boolean]>([
  ["network", "", false],
  ["cluster", "", false],
  ["cni", "", true],
  ["nodes", "", false],
  ["nodes", "network: { dns: { nodeLocalCache: true } }", true],
  ["cni", "cni: { kind: vpc-cni }", false],
])("only stacks that call it need the way to the API server: %s (%s): %s", (stack, yaml, expected) => {
  expect(calls(stack, yaml)).toBe(expected);
});
