import { runnerLabel } from "../../src/ci/ci-target";
import { aTarget } from "../support/fixtures";

test.each([
  ["{ reach: in-vpc }", "dev-us-east-1"],
  ["{ reach: ssm-tunnel, instanceId: i-0a1b2c3d4e5f60718 }", "dev-us-east-1-tunnel"],
  ["{ reach: peered, cidrs: [10.250.0.0/24] }", "dev"],
  ["{ reach: public }", "dev"],
])("runner %s asks for a runner labelled %s", (runner, label) => {
  expect(runnerLabel(aTarget(`runner: ${runner}`))).toBe(label);
});
