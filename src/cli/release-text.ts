import { chartComponents, chartsOf, type Component, components } from "../components/components";
import { isOneOf, pinOf, shownVersion } from "../releases/pins";
import { table } from "../text/columns";
import { wrap } from "../text/wrap";
import type { Release } from "../releases/release";

/** Components whose pin nobody could check first-hand. */
export function unverifiedPins(release: Release): Component[] {
  return components.filter((component) => {
    const { verified, since } = pinOf(release, component);
    return !verified && since === undefined;
  });
}

/** A release for people: one line a pin, and what is doubtful below. */
export function releaseText(release: Release, withSources: boolean): string {
  const rows = components.map((component) => {
    const pin = pinOf(release, component);
    const { source, sourceDate, verified, since } = pin;
    if (since !== undefined) return [component, shownVersion(pin), `since ${since}`, ""];
    const known = withSources ? `${source}, ${sourceDate}` : digest(release, component);
    return [component, shownVersion(pin), verified ? "verified" : "unverified", known];
  });
  const header = ["COMPONENT", "VERSION", "", withSources ? "SOURCE" : "CHART ARCHIVE"];
  const doubts = components.flatMap((component) => {
    const { version, doubt, since } = pinOf(release, component);
    return doubt === undefined || since !== undefined ? [] : wrap(`${component} ${version}: ${doubt}`, 98);
  });
  return [
    table([header, ...rows]),
    ...(doubts.length > 0 ? ["", "unverified:", ...doubts.map((line) => `  ${line}`)] : []),
  ].join("\n");
}

function digest(release: Release, component: Component): string {
  if (!isOneOf(chartComponents, component)) return "";
  const recorded = release.charts[chartsOf(component)[0]].digest;
  return recorded?.slice(0, "sha256:".length + 12) ?? "no digest recorded";
}
