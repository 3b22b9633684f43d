import { inProjectWithFakeTerraform } from "../../support/fake-terraform";
import { aTarget } from "../../support/fixtures";
import { loopback } from "../refresh/loopback";

const terraform = inProjectWithFakeTerraform();

let close = () => {};
afterEach(() => close());

async function aRun() {
  const { TargetRun } = await import("../../../src/cli/deploy/target-run");
  const targets = [aTarget("network: { dns: { nodeLocalCache: true } }")];
  const run = new TargetRun({ targets }, "dev/us-east-1", {});
  close = () => run.close();
  return run;
}

test("the cluster's state is asked once for the way to the API server, and only for stacks that need it", async () => {
  const server = await loopback({});
  terraform.prints({ output: `http://${server.host}` });
  const run = await aRun();
  for (const stack of ["network", "cni", "nodes"] as const) await run.reach(stack);
  await server.close();

  expect(terraform.asked()).toEqual([
    "none: init -input=false -no-color -reconfigure",
    "none: workspace select -no-color -or-create dev-us-east-1",
    "dev-us-east-1: output -raw -no-color endpoint",
  ]);
});

test("a cluster without a state is to be deployed first", async () => {
  terraform.prints({ output: "" });
  const run = await aRun();

  await expect(run.reach("cni")).rejects.toThrow(
    "dev-us-east-1-cluster has no state yet; deploy it before cni",
  );
});
