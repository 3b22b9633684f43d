import fs from "node:fs";
import path from "node:path";
import { asOfDay } from "../../src/cli/as-of";
import type { CapacityReport } from "../../src/ip-capacity/reported-capacity";
import type { PodDensity } from "../../src/ip-capacity/pod-density";
import { aFolder } from "../support/fixtures";
import { root } from "../support/offline-terraform";
import { ENVIRONMENT, NETWORK } from "../support/problems";
import { runCommand } from "../support/run-command";

const SMALL = `${NETWORK}  subnets: { nodes: { prefix: 22 } }
cni: { kind: vpc-cni, addressMode: secondary-ip }
capacity: { steady: { nodesPerZone: 60, podsPerNode: 25 } }
`;
const envs = aFolder({
  "dev/environment.yaml": ENVIRONMENT,
  "dev/us-east-1.yaml": NETWORK,
  "dev/us-west-2.yaml": SMALL.replaceAll("us-east-1", "us-west-2"),
});
const broken = aFolder({
  "dev/environment.yaml": ENVIRONMENT,
  "dev/us-east-1.yaml": `${NETWORK}  egres: {}\n`,
});
const WAIVED = ["SUBNET", "ZONE-LOSS"].map(
  (name) =>
    `  - { rule: IP-CAPACITY-${name}, at: network, reason: the range is coming, owner: network, expires: 2027-03-31 }\n`,
);
const waived = aFolder({
  "dev/environment.yaml": ENVIRONMENT,
  "dev/us-east-1.yaml": `${SMALL}waivers:\n${WAIVED.join("")}`,
});
afterAll(() => [envs, broken, waived].forEach((dir) => fs.rmSync(dir, { recursive: true })));
const capacity = (...args: string[]) => runCommand("--envs", envs, "capacity", ...args);
const pods = (...args: string[]) => runCommand("pods", ...args);

describe("npx octarine capacity", () => {
  test.each(["dev/us-east-1", "dev/us-west-2"])("%s reads on a terminal of 100 columns", async (target) => {
    const { output } = await capacity(target);

    expect(output.split("\n").filter((line) => line.length > 100)).toEqual([]);
    expect(output).toMatch(new RegExp(`${target} (fits|does not fit): .*\n$`));
  });

  test("fails where a target does not fit, and passes where all do", async () => {
    expect((await capacity("dev/us-east-1")).exitCode).toBe(0);
    expect((await capacity("dev/us-west-2")).exitCode).toBe(1);
  });

  test("passes with a waiver and says so, and fails again after the waiver's last day", async () => {
    const before = await runCommand("--envs", waived, "--as-of", "2027-03-31", "capacity");
    const after = await runCommand("--envs", waived, "--as-of", "2027-04-01", "capacity");

    expect(before.output).toContain("dev/us-east-1 does not fit");
    expect(before.exitCode).toBe(0);
    expect(before.remarks).toMatch(
      /dev\/us-east-1: network\.subnets\.nodes\.prefix: .*waived by network until 2027-03-31: the range is coming/,
    );
    expect(after.exitCode).toBe(1);
  });

  test("reports on all targets when none is named", async () => {
    const reports = JSON.parse((await capacity("--json")).output) as CapacityReport[];

    expect(reports.map(({ target, fits }) => [target, fits])).toEqual([
      ["dev/us-east-1", true],
      ["dev/us-west-2", false],
    ]);
  });

  test("does not report on files that have other problems", async () => {
    await expect(runCommand("--envs", broken, "capacity")).rejects.toThrow("did you mean egress?");
  });

  // docs/capacity.md names every key of the report.
  test("--json has the keys that the documentation lists, and no others", async () => {
    const [report] = JSON.parse((await capacity("dev/us-east-1", "--json")).output) as CapacityReport[];
    const text = fs.readFileSync(path.join(root, "docs", "capacity.md"), "utf8");
    const documented = [...text.matchAll(/^\| `(\w+)` +\|/gm)].map(([, key]) => key);

    expect(Object.keys(report ?? {}).sort()).toEqual([...documented].sort());
    expect(report?.format).toBe(1);
  });
});

describe("npx octarine pods", () => {
  // The density by ENIs; the figure is EKS's own (awslabs/amazon-eks-ami, eni-max-pods.txt).
  test("answers for a type and a mode", async () => {
    const densities = JSON.parse(
      (await pods("m5.large", "--mode", "secondary-ip", "--json")).output,
    ) as PodDensity[];

    expect(densities).toMatchObject([{ instanceType: "m5.large", mode: "secondary-ip", maxPods: 29 }]);
  });

  test("answers for all modes when none is given, as a table of at most 100 columns", async () => {
    const { output } = await pods("m5.large", "c7gn.metal", "t2.micro");

    expect(output.split("\n").filter((line) => line.startsWith("m5.large "))).toHaveLength(7);
    expect(output.split("\n").filter((line) => line.length > 100)).toEqual([]);
  });

  test.each([
    [["m5.larg"], /"m5.larg" is not an EC2 instance type known here; did you mean m5.large/],
    [["m5.large", "--mode", "bridge"], /--mode bridge is not a mode; write one of secondary-ip, prefix/],
  ])("refuses %j", async (args, message) => {
    await expect(pods(...args)).rejects.toThrow(message);
  });
});

describe("the day of a run", () => {
  test.each<[string | undefined, string | undefined, string | undefined]>([
    ["2027-03-31", undefined, "2027-03-31"],
    ["2027-03-31", "0", "2027-03-31"],
    [undefined, "1767225599", "2025-12-31"],
    [undefined, "", undefined],
    [undefined, undefined, undefined],
  ])("--as-of %s and SOURCE_DATE_EPOCH %s give %s", (option, epoch, day) => {
    expect(asOfDay(option, epoch).asOf).toBe(day);
  });

  test.each<[string | undefined, string | undefined, string]>([
    ["tomorrow", undefined, "--as-of tomorrow is not a day; write YYYY-MM-DD"],
    [undefined, "now", "SOURCE_DATE_EPOCH=now is not a number of seconds since 1970; unset it"],
  ])("refuses --as-of %s, SOURCE_DATE_EPOCH %s", (option, epoch, message) => {
    expect(() => asOfDay(option, epoch)).toThrow(message);
  });
});
