import { present } from "../../text/errors";
import { addressCauses } from "./address-causes";
import type { Cause } from "./cause";
import { placementCauses } from "./placement-causes";
import { serviceCauses } from "./service-causes";
import { trafficCauses } from "./traffic-causes";

const all = [...addressCauses, ...placementCauses, ...trafficCauses, ...serviceCauses] as const;

export type CauseId = (typeof all)[number]["id"];

export const causes: readonly (Cause & { readonly id: CauseId })[] = all;

export function causeOf(id: CauseId): Cause {
  return present(
    causes.find((each) => each.id === id),
    `cause ${id}`,
  );
}
