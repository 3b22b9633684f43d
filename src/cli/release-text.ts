import { chartComponents, chartsOf, type Component, components } from "../components/components";
import { isOneOf, pinOf } from "../releases/pins";
import { table } from "../text/columns";
import { wrap } from "../text/wrap";
import type { Release } from "../releases/release";

/** Components whose pin nobody could check first-hand. */
export function unverifiedPins(release: Release): Component[] {
  return components.filter((component) => !pinOf(release, component).verified);
}

/** A release for people: one line a pin, and what is doubtful below. */
export function releaseText(release: Release, withSources: boolean): string {
  const rows = components.map((component) => {
    const { version, source, sourceDate, verified } = pinOf(release, component);
    const known = withSources ? `${source}, ${sourceDate}` : digest(release, component);
    return [component, version, verified ? "verified" : "unverified", known];
  });
  const header = ["COMPONENT", "VERSION", "", withSources ? "SOURCE" : "CHART ARCHIVE"];
  const doubts = components.flatMap((component) => {
    const { version, doubt } = pinOf(release, component);
    return doubt === undefined ? [] : wrap(`${component} ${version}: ${doubt}`, 98);
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
