import type { Plain } from "../draft";
import type { Noted } from "../found/fact";
import type { ImportOptions } from "../options";

const MOST_OF_CONTROL_PLANE = 3;

/** @param zones sorted; of more than three the control plane is in three, which is said */
export function zoneSettings(
  zones: readonly string[],
  region: string,
  at: Noted,
): Readonly<Record<string, Plain>> {
  const few = zones.slice(0, MOST_OF_CONTROL_PLANE);
  if (zones.length > few.length)
    at.changed(`all of them for nodes, and the control plane in ${few.join(", ")}`);
  return {
    zones,
    ...(zones.length > few.length && { controlPlaneZones: few }),
    ...(zones.some((zone) => zone > `${region}d`) && { zoneBlocks: 8 }),
  };
}

/** What a target has where its zones are not known: names that most accounts have, which is said. */
export function guessedZones(region: string, at: Noted, why: string): readonly string[] {
  const made = ["a", "b", "c"].map((letter) => region + letter);
  at.changed(`${made.join(", ")}: ${why}; write the zones that yours has`);
  return made;
}

export function ipv6Settings(at: Noted | undefined, { ipv6 }: ImportOptions): Plain | undefined {
  if (at === undefined) return undefined;
  if (ipv6 === undefined) {
    at.lost(
      "IPv4, which can't be changed later: IPv6 is a decision that somebody has approved; name who by --ipv6-approved-by",
    );
    return undefined;
  }
  at.changed(
    `IPv6, with four approvals by ${ipv6.approvedBy} on ${ipv6.on}: have the owner of each subject confirm it (network.ipv6.readiness)`,
  );
  const approval = {
    approvedBy: ipv6.approvedBy,
    on: ipv6.on,
    note: "taken from an import, to be confirmed",
  };
  return {
    mode: "ipv6",
    readiness: {
      applications: approval,
      "on-premises": approval,
      tooling: approval,
      "allow-lists": approval,
    },
  };
}

/** Ways out by NAT gateways, as they are made; `none-public` where nodes have public addresses in place of one. */
export type Nat = "per-zone" | "single" | "none-public";

/** Production has a gateway in each zone; nodes have no public addresses, so that there is one at least. */
export function natSettings(nat: Nat, at: Noted, { production }: ImportOptions): string {
  if (nat === "per-zone") return "nat-per-zone";
  if (production) {
    at.changed("a NAT gateway in each zone: a single one in production needs a reason in writing");
    return "nat-per-zone";
  }
  if (nat === "none-public")
    at.changed("one NAT gateway: nodes have no public addresses here, and need it to pull images");
  return "nat-single";
}

/** Without a way out, AWS is reached by endpoints, and images come from the account's registry. */
export function mirrorSettings(account: string, region: string): Readonly<Record<string, Plain>> {
  return { images: { mirror: `${account}.dkr.ecr.${region}.amazonaws.com` } };
}
export const MIRROR_SAYS = "images come from the account's registry: npx octarine images --copy fills it";
