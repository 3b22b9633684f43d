import { servicesWithoutEndpoint } from "../facts/services-without-endpoint";
import type { Pin, Release } from "../releases/release";
import type { Fleet, Target } from "./target";

/** What a synthesis tells and goes on: one line each. */
export function fleetWarnings({ targets }: Fleet): string[] {
  const used = [...new Set(targets.map(({ release }) => release))].sort((a, b) => (a.name < b.name ? -1 : 1));
  const ofReleases = used.flatMap((release) => {
    const pins = unverifiedPins(release);
    if (pins.length === 0) return [];
    return [
      `release ${release.name}: not yet seen offered by AWS for Kubernetes ${release.kubernetes.version}: ${pins.join(", ")}`,
    ];
  });
  return [...ofReleases, ...targets.flatMap(unreachableServices)];
}

/** Services of AWS's that a target without any egress can't call. */
function unreachableServices({ name, config }: Target): string[] {
  if (config.network.egress.kind !== "none") return [];
  const services = servicesWithoutEndpoint.map(({ service }) => service).join(", ");
  return [`${name}: no egress, and no endpoint in its region leads to ${services} (docs/egress.md)`];
}

function unverifiedPins({ addons, amis, charts }: Release): string[] {
  const named: [string, Pin][] = [
    ...Object.entries(addons),
    ...Object.entries(amis),
    ...Object.entries(charts),
  ];
  return named.filter(([, { verified }]) => !verified).map(([name, { version }]) => `${name} ${version}`);
}
