import { controlPlaneUsdPerHour, supportEnd } from "../facts/eks-calendar";
import type { Component } from "../components/components";
import { pinOf } from "../releases/pins";
import { misfits } from "../releases/matrix/matrix";
import { fitSettings } from "../model/fit-settings";
import type { Remark } from "./remark";
import type { Target } from "../model/target";

/** What is to be known of the versions of a target. */
export function versionWarnings(target: Target): Remark[] {
  const used = [...target.components.keys()];
  return [
    ...unverifiedPins(target, used),
    ...replacedPins(target),
    ...doubtfulFits(target, used),
    ...extendedSupport(target),
  ];
}

function unverifiedPins({ release }: Target, used: readonly Component[]): Remark[] {
  return used
    .map((component) => ({ component, ...pinOf(release, component) }))
    .filter(({ verified, override }) => !verified && override === undefined)
    .map(({ component, version }) => ({
      topic: "versions",
      rule: "PIN-UNVERIFIED",
      path: ["versions", component],
      text: `release ${release.name} has unverified pins (npx octarine release show ${release.name} says why)`,
      item: `${component} ${version}`,
    }));
}

function replacedPins({ release, config }: Target): Remark[] {
  return Object.entries(config.versions).flatMap(([component, override]): Remark[] => {
    if (override === undefined) return [];
    return [
      {
        topic: "versions",
        rule: "PIN-REPLACED",
        path: ["versions", component],
        text: `versions.${component}: ${override.version} in place of release ${release.name}: ${override.reason}`,
      },
    ];
  });
}

/** What upstream did not test, and versions with a fault that these settings meet. */
function doubtfulFits({ release, config }: Target, used: readonly Component[]): Remark[] {
  return misfits(release, fitSettings(config)).flatMap((misfit): Remark[] => {
    const { level, components: [first] = [], message, remedy } = misfit;
    if (level !== "warn" || first === undefined || !used.includes(first)) return [];
    const { version } = pinOf(release, first);
    return [
      {
        topic: "versions",
        rule: remedy === undefined ? "VERSION-UNTESTED" : "VERSION-FAULT",
        path: ["versions", first],
        text:
          remedy === undefined
            ? message
            : `release ${release.name}, ${first} ${version}: ${message}; ${remedy}`,
      },
    ];
  });
}

/** Hours of a month as AWS counts them in its price examples. */
const HOURS_PER_MONTH = 730;

/** Without `supportPolicy: extended` such a cluster is refused, so here it is a choice whose price is said. */
function extendedSupport({ release }: Target): Remark[] {
  const { version } = release.kubernetes;
  const end = supportEnd(version);
  if (end === undefined || !end.standardEnded) return [];
  const { standard, extended } = controlPlaneUsdPerHour;
  const extra = Math.round((extended - standard) * HOURS_PER_MONTH);
  return [
    {
      topic: "versions",
      rule: "KUBERNETES-EXTENDED-SUPPORT",
      path: ["cluster", "supportPolicy"],
      text:
        `Kubernetes ${version} is in extended support from ${end.standard} to ${end.extended}: ${extended.toFixed(2)} USD per` +
        ` cluster hour in place of ${standard.toFixed(2)}, ${extra} USD more a month for each cluster`,
    },
  ];
}
