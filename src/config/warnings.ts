import type { Pin, Release } from "../releases/release";
import { undeclaredQuotas } from "./checks/capacity-checks";
import { fleetFindings } from "./fleet-findings";
import type { LoadOptions } from "./load-fleet";
import type { Fleet } from "./target";
import { judge } from "./waivers";

/** What a synthesis tells and goes on: one line each. */
export function fleetWarnings(fleet: Fleet, { asOf }: LoadOptions = {}): string[] {
  const { warnings } = judge(fleetFindings(fleet), fleet.targets, asOf);
  return [...releaseWarnings(fleet), ...warnings, ...quotaWarnings(fleet)];
}

/** One line for all targets: most accounts have more than AWS's defaults, and only their owners know. */
function quotaWarnings({ targets }: Fleet): string[] {
  const needing = new Map<string, string[]>();
  for (const target of targets) {
    for (const quota of undeclaredQuotas(target)) {
      needing.set(quota, [...(needing.get(quota) ?? []), target.name]);
    }
  }
  if (needing.size === 0) return [];
  const list = [...needing].map(([quota, names]) => `${quota} (${names.join(", ")})`).join(", ");
  return [
    `more than AWS's default quotas is needed of ${list}; write what the account has in capacity.quotas`,
  ];
}

function releaseWarnings({ targets }: Fleet): string[] {
  const used = [...new Set(targets.map(({ release }) => release))].sort((a, b) => (a.name < b.name ? -1 : 1));
  return used.flatMap((release) => {
    const pins = unverifiedPins(release);
    if (pins.length === 0) return [];
    return [
      `release ${release.name}: not yet seen offered by AWS for Kubernetes ${release.kubernetes.version}: ${pins.join(", ")}`,
    ];
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
