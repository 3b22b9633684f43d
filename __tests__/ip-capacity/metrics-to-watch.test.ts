import { metricsToWatch } from "../../src/ip-capacity/metrics-to-watch";
import { podDensityModes } from "../../src/ip-capacity/pod-density-mode";

const names = (mode: (typeof podDensityModes)[number]) =>
  metricsToWatch(mode)
    .map(({ metric }) => metric)
    .join(" ");

test("the VPC CNI's metrics are for the modes that use it", () => {
  const withAwscni = podDensityModes.filter((mode) => names(mode).includes("awscni_"));

  expect(withAwscni).toEqual(["secondary-ip", "prefix", "custom-networking", "ipv6"]);
});

test("Cilium's ENI metrics are for its ENI modes", () => {
  expect(podDensityModes.filter((mode) => names(mode).includes("cilium_operator_ipam"))).toEqual([
    "cilium-eni",
    "cilium-eni-prefix",
  ]);
});

test.each(podDensityModes)("%s has the subnet's own count, and every metric its source", (mode) => {
  expect(names(mode)).toContain("AvailableIpAddressCount");
  expect(metricsToWatch(mode).filter(({ source }) => source === "")).toEqual([]);
});
