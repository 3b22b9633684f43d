import fs from "node:fs";
import path from "node:path";
import { loadFleet } from "../../src/fleet/load-fleet";
import { fleetWarnings } from "../../src/fleet/warnings";
import * as report from "../../src/ip-capacity/capacity-report";
import { aFolder, BASE_YAML } from "../support/fixtures";

jest.mock("../../src/ip-capacity/capacity-report", () => {
  const actual = jest.requireActual<typeof report>("../../src/ip-capacity/capacity-report");
  return { ...actual, capacityCheck: jest.fn(actual.capacityCheck) };
});

const own = BASE_YAML.replace("10.0.0.0/16", "10.N.0.0/16");
const envs = (count: number) =>
  aFolder({
    "platform.yaml": "tags: { owner: platform }\nnamespaces: { shop: {} }\n",
    "workloads/shop.yaml": `
namespace: shop
image: "{account}.dkr.ecr.{region}.amazonaws.com/shop:1.0.0"
ports: { http: { port: 80, targetPort: 8080, protocol: http } }
resources: { cpus: 0.25, memoryMiB: 256 }
`,
    ...Object.fromEntries(
      Array.from({ length: count }, (_, at): [string, string][] => [
        [`env${at}/environment.yaml`, "tags: { more: more }\n"],
        [`env${at}/us-east-1.yaml`, own.replace("N", String(at))],
      ]).flat(),
    ),
  });

test.each([3, 30])(
  "the files of %i targets are read once, and each is judged once for errors and warnings",
  (count) => {
    const folder = envs(count);
    const read = jest.spyOn(fs, "readFileSync");
    const asked = jest.spyOn(fs, "statSync");
    const check = jest.mocked(report.capacityCheck).mockClear();
    const told: string[] = [];

    fleetWarnings(loadFleet(folder, { onTarget: (name, total) => told.push(`${name} of ${total}`) }));

    const files = read.mock.calls.map(([file]) => path.relative(folder, String(file)));
    expect(files.length).toBe(new Set(files).size);
    expect(files.filter((file) => !file.startsWith(".."))).toHaveLength(2 + 2 * count);
    const stats = asked.mock.calls.map(([file]) => String(file)).filter((file) => file.endsWith(".yaml"));
    expect(stats.length).toBe(new Set(stats).size);
    expect(told).toHaveLength(count);
    expect(told[0]).toBe(`env0/us-east-1 of ${count}`);
    expect(check).toHaveBeenCalledTimes(count);
  },
);
