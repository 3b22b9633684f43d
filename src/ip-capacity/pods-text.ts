import { wrap } from "../text/wrap";
import { columns } from "../text/columns";
import { priceSource } from "../facts/instance-types";

import type { PodDensity } from "./pod-density";

const WIDTH = 100;

/** The table of `octarine pods`: a row for each type and mode, and the calculation. */
export function podsText(densities: readonly PodDensity[]): string {
  const rows = densities.map(({ instanceType, mode, maxPods, addresses, podEnis, limitedBy, terms }) => [
    instanceType,
    mode,
    maxPods === null ? "-" : String(maxPods),
    addresses === null ? "-" : String(addresses),
    podEnis === null ? "?" : String(podEnis),
    maxPods === null ? "impossible" : calculation(terms, limitedBy),
  ]);
  const heading = ["instance type", "mode", "pods", "addresses", "pod ENIs", "because"];
  const table = columns([heading, ...rows], [2, 3, 4]);
  const reasons = [...new Set(densities.flatMap(({ reason }) => (reason === null ? [] : [reason])))];
  const unknown = densities.some(({ podEnis }) => podEnis === null);
  const notes = [
    ...reasons,
    ...(unknown ? ["?: no source at hand says how many branch ENIs the type has"] : []),
    "pods is the figure for kubelet, those on the host network included; a managed node group without an AMI of its" +
      " own never gets more than 110, or 250 above 30 vCPUs",
    `instance types as published by EC2, ${priceSource.asOf}`,
  ];
  return [...table, "", ...notes.flatMap((note) => wrap(note, WIDTH))].join("\n");
}

function calculation(terms: PodDensity["terms"], limitedBy: PodDensity["limitedBy"]): string {
  if (limitedBy === "recommended-cap") return "EKS recommends no more";
  if (limitedBy === "configured") return "as configured";
  if (limitedBy === "ami-default") return "as the EKS AMI tells kubelet";
  const [first, ...more] = terms.filter(({ label }) => !label.startsWith("at most"));
  const rest = more.map(({ value }) => (value < 0 ? ` - ${-value}` : ` + ${value}`)).join("");
  return `${first?.label ?? ""}${rest}`;
}
