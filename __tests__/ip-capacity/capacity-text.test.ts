import type { CapacityZone } from "../../src/ip-capacity/capacity-input";
import { capacityReport } from "../../src/ip-capacity/capacity-report";
import { capacityText } from "../../src/ip-capacity/capacity-text";

import { labInput, roomyInput, threeZones } from "./support/capacity-inputs";

const lab = capacityText(capacityReport(labInput({ monthlyGrowthPercent: 2 })));
const roomy = capacityText(capacityReport(roomyInput()));

test("shows the formula term by term, once for zones that are alike", () => {
  const [, formula = ""] = lab.split("Node subnet of us-east-1a, us-east-1b, us-east-1c\n");

  expect(
    formula
      .split("\n")
      .slice(0, 9)
      .map((line) => line.trim().replace(/ {2,}/g, " | ")),
  ).toEqual([
    "steady nodes | 30 nodes | 30",
    "steady pods | 30 nodes x 25 pods | 750",
    "surge nodes | 6 nodes (20 % of 30) | 6",
    "surge pods | 6 nodes x 25 pods | 150",
    "burst nodes | 9 nodes (30 % of 30) | 9",
    "burst pods | 9 nodes x 25 pods | 225",
    "-".repeat(63),
    "needed | 1,170",
    "usable | without the 5 AWS keeps | 1,019 | 151 missing, a /21 would do",
  ]);
});

test("draws a bar for each kind of subnet, each as long as the subnet", () => {
  const bars = roomy.split("\n").filter((line) => /^(nodes|pods) /.test(line));

  expect(bars).toHaveLength(2);
  expect(bars.map((line) => (line.match(/[█▓▒░+·!]/g) ?? []).length)).toEqual([40, 40]);
});

test("a bar shows what is missing beyond the subnet's end, and the share that is needed", () => {
  expect(lab.split("\n").find((line) => line.startsWith("nodes "))).toMatch(
    /^nodes {2}\/22 in 3 zones {2}█+▒+░+!+ +1,170 of 1,019 {2}115 %$/,
  );
});

test("zones that differ have a bar each", () => {
  const [a, b, c] = threeZones(22);
  const zones = [a, b, { ...c, nodeSubnet: { ...c?.nodeSubnet, prefix: 20 } }] as CapacityZone[];
  const bars = capacityText(capacityReport(labInput({ zones }))).split("\n");

  expect(bars.filter((line) => line.startsWith("nodes ")).map((line) => line.slice(7, 25).trim())).toEqual([
    "/22 in zones a, b",
    "/20 in us-east-1c",
  ]);
});

test("says when addresses end", () => {
  expect(lab).toContain("exhausted: at peak already, steadily in 410 days");
});

test("the last line is the verdict", () => {
  expect(lab.split("\n").at(-1)).toBe("lab/us-east-1 does not fit: 1 error, 1 warning");
  expect(roomy.split("\n").at(-1)).toBe("prod/us-east-1 fits");
});

test.each([
  ["the lab", lab],
  ["a target with room", roomy],
  ["an overlay", capacityText(capacityReport(labInput({ mode: "overlay" })))],
  [
    "many types with long names",
    capacityText(
      capacityReport(
        labInput({
          zones: labInput().zones.map((zone) => ({
            ...zone,
            zone: zone.zone.replace("us-east-1", "ap-southeast-4"),
          })),
          groups: [
            {
              name: "a-node-group-with-a-long-name",
              instanceTypes: ["m7i.metal-48xl", "c7gn.metal", "hpc6id.32xlarge", "r8gd.metal-48xl"],
              desiredSize: 400,
              maxSize: 900,
            },
          ],
          surge: { percent: 100 },
          growthPercent: 250,
        }),
      ),
    ),
  ],
])("%s fits 100 columns", (_, text) => {
  expect(text.split("\n").filter((line) => line.length > 100)).toEqual([]);
});

test("paints nothing unless it is told to", () => {
  const mark = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
  const painted = capacityText(capacityReport(labInput()), {
    good: mark("good"),
    bad: mark("bad"),
    warn: mark("warn"),
    strong: mark("strong"),
    faint: mark("faint"),
  });

  expect(lab).not.toMatch(/\u001b|<bad>/);
  expect(painted.split("\n").at(-1)).toBe("<bad>lab/us-east-1 does not fit: 1 error, 1 warning</bad>");
});

test("names what was assumed and what has no source", () => {
  expect(roomy).toMatch(/no source: load balancers are counted with 8 addresses/);
  expect(capacityText(capacityReport(labInput({ podsPerNode: undefined })))).toMatch(
    /assumed: 27 pods on each node/,
  );
});
