import type { Pin, Release } from "../releases/release";
import type { Fleet } from "./target";

/** What a synthesis tells and goes on: one line each. */
export function fleetWarnings({ targets }: Fleet): string[] {
  const used = [...new Set(targets.map(({ release }) => release))].sort((a, b) => (a.name < b.name ? -1 : 1));
  return used.flatMap((release) => {
    const pins = unverifiedPins(release);
    if (pins.length === 0) return [];
    return [`release ${release.name}: not yet seen offered by AWS or the publisher: ${pins.join(", ")}`];
  });
}

function unverifiedPins({ addons, amis, charts }: Release): string[] {
  const named: [string, Pin][] = [
    ...Object.entries(addons),
    ...Object.entries(amis),
    ...Object.entries(charts),
  ];
  return named.filter(([, { verified }]) => !verified).map(([name, { version }]) => `${name} ${version}`);
}
