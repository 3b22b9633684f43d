import {
  addonNames,
  amiNames,
  type AddonName,
  type AmiName,
  chartComponents,
  type ChartName,
  chartNames,
  charts,
  recordOf,
} from "../components/components";
import { gatewayApi } from "../components/gateway-api/record";
import { kubernetes } from "../components/kubernetes/record";
import type { ChartPins, Pin } from "../components/pin";
import { Fault } from "../text/errors";
import { type MinorName, minorNames, type ReleaseName, releaseNames } from "./names";
import { pinIn } from "./pin-in";
import type { ChartPin, EksMinor, Release } from "./release";

/** Kubernetes of each release; 2025.09 is the line of the reference documents. */
const minorOfRelease: Readonly<Record<ReleaseName, MinorName>> = {
  "2025.09": "1.33",
  "2026.11": "1.35",
};

const chartPins = Object.assign(
  {},
  ...chartComponents.map((name) => {
    const record = recordOf(name);
    return "charts" in record ? record.pins : {};
  }),
) as ChartPins<ChartName>;

/** What EKS offers for each Kubernetes minor, as the components' records pin it. */
export const eksMinors = byName(minorNames, (minor): EksMinor => ({
  kubernetes: kubernetes.pins[minor],
  addons: byName(addonNames, (name) => pinOfMinor(name, minor)),
  amis: byName(amiNames, (name) => pinOfMinor(name, minor)),
}));

/** Each release as one: what the components' records pin in it. `octarine release show` prints it. */
export const releases = byName(releaseNames, (name): Release => ({
  name,
  ...eksMinors[minorOfRelease[name]],
  gatewayApi: pinIn(gatewayApi.pins, name),
  charts: byName(chartNames, (chart): ChartPin => {
    const { repository, name: chartName } = charts[chart];
    return { repository, name: chartName, ...pinIn(chartPins[chart], name) };
  }),
}));

function pinOfMinor(name: AddonName | AmiName, minor: MinorName): Pin {
  const record = recordOf(name);
  if (record.kind === "add-on" || record.kind === "pinned add-on" || record.kind === "node image")
    return record.pins[minor];
  throw new Fault(`component ${name} has no pins by minor`);
}

function byName<Name extends string, Of>(
  names: readonly Name[],
  of: (name: Name) => Of,
): Readonly<Record<Name, Of>> {
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<Name, Of>;
}
