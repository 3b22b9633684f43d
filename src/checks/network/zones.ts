import { MOST_ZONES_UNSAID } from "../../model/zones";
import type { ConfigPath } from "../../config/read/source-node";
import type { Target } from "../../model/target";
import type { Finding, TargetCheck } from "../finding";

const LISTS = ["zones", "controlPlaneZones", "retiringZones"] as const;

/** The three lists of zones: of the region, each zone once, and such that the control plane can stay where it is. */
export const zoneCheck: TargetCheck = (target) => [
  ...LISTS.flatMap((list) => listFindings(target, list)),
  ...tooFewFindings(target),
  ...retiringFindings(target),
  ...controlPlaneFindings(target),
];

function listFindings({ config, region }: Target, list: (typeof LISTS)[number]): Finding[] {
  const zones = config.network[list] ?? [];
  return zones.flatMap((zone, index): Finding[] => {
    const path: ConfigPath = ["network", list, index];
    if (!zone.startsWith(region))
      return [{ path, message: `is not in ${region}; write for example ${region}a` }];
    return zones.indexOf(zone) < index ? [{ path, message: "is listed twice; keep one" }] : [];
  });
}

function tooFewFindings({ config, region, production }: Target): Finding[] {
  const { zones } = config.network;
  if (!production || new Set(zones).size !== 2) return [];
  return [
    {
      path: ["network", "zones"],
      value: `[${zones.join(", ")}]`,
      message: "has too few zones for production; write three, for example with " + `${region}c`,
    },
  ];
}

function retiringFindings({ config }: Target): Finding[] {
  const { zones, retiringZones } = config.network;
  return retiringZones.flatMap((zone, index): Finding[] =>
    zones.includes(zone)
      ? [
          {
            path: ["network", "retiringZones", index],
            message: "is also in network.zones, so nothing would leave it; remove it from one of them",
            related: [["network", "zones"]],
          },
        ]
      : [],
  );
}

/** What the control plane has by default would change with `zones`, and EKS refuses that. */
function controlPlaneFindings({ config, zones: { inUse } }: Target): Finding[] {
  const { controlPlaneZones, retiringZones } = config.network;
  if (controlPlaneZones !== undefined) {
    if (new Set(controlPlaneZones).size > 1) return [];
    return [
      {
        path: ["network", "controlPlaneZones"],
        message: "is one zone, and EKS puts a control plane in two or more; add one",
      },
    ];
  }
  const because =
    retiringZones.length > 0
      ? "with retiringZones"
      : inUse.length > MOST_ZONES_UNSAID
        ? `with more than ${MOST_ZONES_UNSAID} zones`
        : undefined;
  if (because === undefined) return [];
  const running = [...new Set([...retiringZones, ...inUse])].sort();
  const example = retiringZones.length > 0 ? running : inUse.slice(0, MOST_ZONES_UNSAID);
  return [
    {
      path: ["network", "controlPlaneZones"],
      message: `is required ${because}: EKS keeps a control plane in the zones that it was made in. Write those of the running cluster, or two or three for a new one, for example [${example.join(", ")}]`,
      related: [["network", retiringZones.length > 0 ? "retiringZones" : "zones"]],
    },
  ];
}
