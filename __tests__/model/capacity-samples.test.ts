import path from "node:path";
import { loadFleet } from "../../src/fleet/load-fleet";
import { selectTarget } from "../../src/fleet/select-targets";
import { formatCidr } from "../../src/ip-capacity/cidr";
import { capacityReport } from "../../src/ip-capacity/capacity-report";
import { root } from "../support/offline-terraform";

const fleet = loadFleet(path.join(root, "examples", "envs"));

test("the reference layout has the subnets that it is named after, to the address", () => {
  const { network } = selectTarget(fleet, "reference-layout/us-east-1").config;
  const layout = Object.fromEntries(
    [...selectTarget(fleet, "reference-layout/us-east-1").subnets].map(([tier, byZone]) => [
      tier,
      [...byZone.values()].map(formatCidr),
    ]),
  );

  expect(formatCidr(network.vpcCidr)).toBe("10.0.0.0/16");
  expect(layout).toMatchObject({
    public: ["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"],
    nodes: ["10.0.11.0/24", "10.0.12.0/24", "10.0.13.0/24"],
    pods: ["10.0.128.0/19", "10.0.160.0/19", "10.0.192.0/19"],
  });
});

// Many small pods on few nodes.
describe("the high-density sample", () => {
  const report = capacityReport(selectTarget(fleet, "high-density/us-east-1").capacity);

  test("fits, with a zone lost too", () => {
    expect(report).toMatchObject({ fits: true, problems: [], mode: "prefix" });
    expect(report.zoneLosses.map(({ fits }) => fits)).toEqual([true, true, true]);
  });

  test("reserves enough whole blocks in each zone, in two pieces", () => {
    for (const { blocksReserved, blocksNeeded, reservations } of report.prefixes?.zones ?? []) {
      expect(blocksReserved).toBeGreaterThanOrEqual(blocksNeeded);
      expect(reservations).toHaveLength(2);
    }
    expect(report.prefixes?.zones).toHaveLength(3);
  });

  test("holds a fifth of what the CNI's defaults would", () => {
    const held = Object.fromEntries(report.warmPool.map(({ name, heldInZone }) => [name, heldInZone]));

    expect(held).toMatchObject({ "as set": 80, defaults: 400 });
  });
});
