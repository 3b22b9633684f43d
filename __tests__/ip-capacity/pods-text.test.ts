import { podDensityTable } from "../../src/ip-capacity/group-pod-density";
import { podsText } from "../../src/ip-capacity/pods-text";

const row = (text: string, start: RegExp) =>
  text
    .split("\n")
    .find((line) => start.test(line))
    ?.split(/ {2,}/);

test("a row has the figure, the addresses, the branch ENIs and the calculation", () => {
  const text = podsText(podDensityTable(["m5.large"]));

  expect(row(text, /secondary-ip/)).toEqual([
    "m5.large",
    "secondary-ip",
    "29",
    "27",
    "9",
    "3 ENIs x (10 - 1) + 2",
  ]);
  expect(row(text, /cilium-eni /)).toEqual([
    "m5.large",
    "cilium-eni",
    "27",
    "25",
    "0",
    "3 ENIs x (10 - 1) - 2 + 2",
  ]);
  expect(row(text, /ipv6/)).toEqual(["m5.large", "ipv6", "110", "-", "9", "EKS recommends no more"]);
});

test("an impossible mode has no figure, and the reason is below the table", () => {
  const text = podsText(podDensityTable(["m4.large"], ["prefix"]));

  expect(row(text, /^m4\.large/)).toEqual(["m4.large", "prefix", "-", "-", "0", "impossible"]);
  expect(text).toMatch(/^m4\.large is a Xen type, and prefixes need Nitro/m);
});

test("an unknown figure is a question mark that is explained", () => {
  expect(podsText(podDensityTable(["hpc6id.32xlarge"], ["prefix"]))).toMatch(/^\?: no source/m);
  expect(podsText(podDensityTable(["m5.large"], ["prefix"]))).not.toContain("?:");
});

test("what kubelet was told is named", () => {
  expect(podsText(podDensityTable(["m5.large"], ["overlay"], { configuredMaxPods: 29 }))).toContain(
    "as configured",
  );
});

test("fits 100 columns with every mode of long names", () => {
  const text = podsText(
    podDensityTable(["hpc6id.32xlarge", "u7in-32tb.224xlarge", "m7i.metal-48xl", "m4.large"]),
  );

  expect(text.split("\n").filter((line) => line.length > 100)).toEqual([]);
});
