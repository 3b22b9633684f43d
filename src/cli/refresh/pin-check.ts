import type { AddonName, ChartName } from "../../components/components";

export type PinName = "kubernetes" | "gateway-api" | "al2023" | "bottlerocket" | AddonName | ChartName;

/**
 * What a publisher says to a pin. `confirmed`: it offers the version, with the digest we recorded where we have one;
 * `contradicted`: it was reached and does not, or another archive has that version now; `unreachable`: nobody answered.
 */
export interface PinCheck {
  readonly pin: PinName;
  readonly version: string;
  readonly result: "confirmed" | "contradicted" | "unreachable";
  readonly detail: string;
}

/** What a publisher said to one version. */
export type Answer = Pick<PinCheck, "result" | "detail">;

export const confirmed = (detail: string): Answer => ({ result: "confirmed", detail });
export const contradicted = (detail: string): Answer => ({ result: "contradicted", detail });
export const unreachable = (detail: string): Answer => ({ result: "unreachable", detail });

/** The digest that was found against the one recorded, if any. */
export function compareDigest(
  found: string | undefined,
  recorded: string | undefined,
  where: string,
): Answer {
  if (recorded === undefined || found === undefined) {
    return confirmed(found === undefined ? where : `${where}; record its digest ${found}`);
  }
  if (found === recorded) return confirmed(`${where}, digest as recorded`);
  return contradicted(`${where} has digest ${found}, but ${recorded} is recorded: the archive was replaced`);
}
