import path from "node:path";
import { loadFleet } from "../../src/fleet/load-fleet";
import { fleetWarnings } from "../../src/fleet/warnings";
import { formatFinding } from "../../src/guardrails/report/describe";
import { isFailure } from "../../src/guardrails/waivers";
import { type Choices, cnis, egresses, sizes } from "../../src/scaffold/choices";
import { targetFiles } from "../../src/scaffold/target-files";
import { judge, targetInventory } from "../../src/synth/guard-targets";
import { aFolder } from "../support/fixtures";

const EXPIRES = "2027-06-30";
const combinations = cnis.flatMap((cni) =>
  egresses.flatMap((egress) => sizes.map((size) => [cni, egress, size] as const)),
);

const written = (choices: Partial<Choices>) => {
  const all: Choices = {
    account: "111122223333",
    environment: "dev",
    regions: ["us-east-1"],
    cni: "cilium-eni",
    egress: "nat-per-zone",
    size: "small",
    ...choices,
  };
  return loadFleet(path.join(aFolder(targetFiles(all, "2026.11", EXPIRES)), "envs"));
};

test.each(combinations)(
  "what begins with %s, %s and %s validates, synthesizes and passes check",
  (cni, egress, size) => {
    const { targets } = written({ cni, egress, size });
    const judgements = targets.map((target) => judge(target, targetInventory(target), () => "2026-12-01"));
    const findings = judgements.flatMap((each) => each.findings);

    expect(judgements.flatMap(({ unused }) => unused)).toEqual([]);
    expect(targets.map(({ name }) => name)).toEqual(["dev/us-east-1"]);
    expect(findings.filter(isFailure).map(formatFinding)).toEqual([]);
  },
);

test.each(
  sizes.flatMap((size) => (["nat-per-zone", "none"] as const).map((egress) => [size, egress] as const)),
)("production may begin with %s and %s", (size, egress) => {
  const { targets } = written({ environment: "prod", egress, size });
  const findings = targets.flatMap(
    (target) => judge(target, targetInventory(target), () => "2026-12-01").findings,
  );

  expect(findings.filter(isFailure).map(formatFinding)).toEqual([]);
});

test("several regions get ranges that can be connected, and no waiver is idle", () => {
  const fleet = written({ regions: ["us-east-1", "eu-west-1", "ca-central-1"] });
  const warnings = fleetWarnings(fleet, { asOf: "2026-12-01" });

  expect(fleet.targets.map(({ config }) => config.network.zones)).toContainEqual([
    "ca-central-1a",
    "ca-central-1b",
  ]);
  expect(new Set(fleet.targets.map(({ vpcCidrs }) => JSON.stringify(vpcCidrs))).size).toBe(3);
  expect(warnings.filter((each) => each.includes("waives nothing"))).toEqual([]);
});
