import type { Protection } from "../../components/chart";
import { factsOfChart } from "../../components/components";
import { isTrue } from "../../values/value";

/** Charts that the platform does not know, by the ends of their names. */
const others: Readonly<Partial<Record<string, readonly Protection[]>>> = {
  gatekeeper: [{ path: ["disableValidatingWebhook"], isOff: isTrue, protects: "admission" }],
};

/** What may not be turned off in a release of a chart, by the end of its name. */
export function protectionsOf(chart: string): readonly Protection[] {
  return factsOfChart(chart)?.protections ?? others[chart] ?? [];
}
