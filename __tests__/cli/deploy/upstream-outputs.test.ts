import { inProjectWithFakeTerraform } from "../../support/fake-terraform";
import { aTarget } from "../../support/fixtures";

const terraform = inProjectWithFakeTerraform();

let close = () => {};
afterEach(() => close());

async function upstreamOf(zones: string) {
  const { TargetRun } = await import("../../../src/cli/deploy/target-run");
  const { UpstreamOutputs } = await import("../../../src/cli/deploy/upstream-outputs");
  const run = new TargetRun({ targets: [aTarget(`network: { zones: [${zones}] }`)] }, "dev/us-east-1", {});
  close = () => run.close();
  return new UpstreamOutputs(run);
}

/** What every stack of the target has published, as `terraform output -json` prints it. */
function published(zones: readonly string[]): string {
  const byZone = { value: Object.fromEntries(zones.map((zone) => [zone, `subnet-${zone}`])) };
  const plain = [
    "vpc_id",
    "vpc_cidr_blocks",
    "name",
    "service_cidr",
    "node_security_group_id",
    "volumes_key_arn",
  ];
  return JSON.stringify({
    ...Object.fromEntries(plain.map((name) => [name, { value: name }])),
    node_subnet_ids: byZone,
    control_plane_subnet_ids: byZone,
  });
}

const ZONES = ["us-east-1a", "us-east-1b", "us-east-1c"];
const applied = { workspace: "* default\n  dev-us-east-1", state: "terraform_data.workspace" };

test("a stack whose zones are all there waits for nothing", async () => {
  terraform.prints({ ...applied, output: published(ZONES) });
  const upstream = await upstreamOf(ZONES.join(", "));

  expect(await upstream.waitsFor("nodes")).toEqual([]);
});

test("nodes of a new zone wait for its subnet, and are told which", async () => {
  const { waitsForText } = await import("../../../src/cli/deploy/upstream-outputs");
  terraform.prints({ ...applied, output: published(ZONES.slice(0, 2)) });
  const upstream = await upstreamOf(ZONES.join(", "));

  const waits = await upstream.waitsFor("nodes");

  expect(waits).toEqual([{ stack: "dev-us-east-1-network", lacks: ['node_subnet_ids["us-east-1c"]'] }]);
  expect(waitsForText(waits)).toBe('dev-us-east-1-network, which has no node_subnet_ids["us-east-1c"] yet');
});

test("a stack waits for one that was never applied", async () => {
  terraform.prints({ workspace: "* default", output: "{}" });
  const upstream = await upstreamOf(ZONES.join(", "));

  expect(await upstream.waitsFor("cluster")).toEqual([{ stack: "dev-us-east-1-network", lacks: [] }]);
});
