import type { Target } from "../../../src/model/target";
import { connectTargets } from "../../../src/model/target";
import { inProjectWithFakeTerraform } from "../../support/fake-terraform";
import { aTarget } from "../../support/fixtures";
import { type StateContent, stateText } from "../../support/states";

const terraform = inProjectWithFakeTerraform();

/** What destroy would do where every state of every target holds the same. */
async function planned(targets: readonly Target[], state: StateContent, only?: string) {
  terraform.prints({ workspace: "  default\n  dev-us-east-1\n  dev-eu-west-1\n", state: stateText(state) });
  const { DestroyRun } = await import("../../../src/cli/deploy/destroy-run");
  const run = new DestroyRun({ targets }, "dev/us-east-1", {});
  try {
    return await run.plan(only);
  } finally {
    run.close();
  }
}

const something: StateContent = { resources: [{ type: "aws_iam_role" }] };

test("an unknown stack is refused, with a near miss", async () => {
  await expect(planned([aTarget()], something, "backups")).rejects.toThrow(
    "backups is not a stack; did you mean backup? Known: network, cluster,",
  );
});

test("a layer that others depend on waits for them, and each command is named", async () => {
  await expect(planned([aTarget()], something, "gitops")).rejects.toThrow(
    "dev-us-east-1-gitops has others that depend on it; destroy them first, in this order:" +
      " npx octarine destroy dev/us-east-1 workloads",
  );
});

test("a target is not destroyed while the federation of another reaches into it", async () => {
  const peers = (name: string) => `network: { connections: { peers: [${name}] } }`;
  const reading = { ...something, reads: ["network"] };
  const [here, there] = connectTargets([aTarget(), aTarget(peers("dev/us-east-1"), { region: "eu-west-1" })]);
  if (here === undefined || there === undefined) throw new TypeError("two targets");

  await expect(planned([here, there], reading)).rejects.toThrow(
    "dev-eu-west-1-federation reaches into dev/us-east-1; take dev/us-east-1 out of network.connections.peers in" +
      " target.yaml, then run npx octarine destroy dev/eu-west-1 federation",
  );
  expect((await planned([here, there], something)).stacks[0]).toBe("federation");
});

test("what AWS would refuse is found before anything goes, in all that is to go", async () => {
  const state = { resources: [{ type: "aws_lb", attributes: { enable_deletion_protection: true } }] };

  await expect(planned([aTarget()], state, "federation")).rejects.toThrow(
    /federation holds, after everything else was gone\. Nothing was changed\. Do this first:\n {2}1\. npx octarine deploy dev\/us-east-1 federation\n {2}2\. npx octarine destroy dev\/us-east-1 federation$/,
  );
});

test("a layer that the config still has comes back, and that is said", async () => {
  const { warnings, stacks } = await planned(
    [aTarget("metricsServer: {}\nworkloads: {}")],
    something,
    "workloads",
  );

  expect(stacks).toEqual(["workloads"]);
  expect(warnings).toContain(
    "the config still has workloads: the next deployment of dev/us-east-1 makes it again",
  );
});
