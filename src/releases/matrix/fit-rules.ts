import type { InstalledRecord } from "../../components/component";
import { type Component, components, installed } from "../../components/components";
import { present } from "../../text/errors";

/**
 * One line of a compatibility table: a component at some versions needs another one at some versions. Read only where
 * the first range holds.
 */
export interface FitRule {
  readonly component: Component;
  /** Of Kubernetes: that of the nodes is meant, which may be older than the control plane's. */
  readonly ofNodes?: true;
  /** Versions of `component` that the rule is about. */
  readonly versions: string;
  readonly needs: Component;
  readonly range: string;
  /** The range for people: `1.30 to 1.33`. */
  readonly says: string;
  /** refuse: it breaks, or upstream does not support it; warn: upstream only says what it has tested. */
  readonly level: "refuse" | "warn";
  readonly source: string;
  /** `YYYY-MM-DD`, or `YYYY-MM` where the day is not known. */
  readonly sourceDate: string;
}

/** What the records of components say, each with its source. */
export const fitRules: readonly FitRule[] = installed.flatMap((record) => {
  const { name } = record;
  const { fits = [] }: InstalledRecord = record;
  return fits.map((fit): FitRule => {
    const { versions, range, says, source, sourceDate } = fit;
    const level: FitRule["level"] = fit.level ?? "refuse";
    const rule = { versions, range, says, source, sourceDate, level };
    if ("needs" in fit) return { ...rule, component: name, needs: componentNamed(fit.needs) };
    return { ...rule, component: "kubernetes", needs: name, ...(fit.for === "nodes" && { ofNodes: true }) };
  });
});

function componentNamed(name: string): Component {
  return present(
    components.find((each) => each === name),
    `component ${name}, which a record names,`,
  );
}
