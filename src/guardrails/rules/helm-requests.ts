import { factsOfChart } from "../../components/components";
import { type Rule, rule, undecided, violation } from "../rule";
import { at, isAbsent, isUnknown } from "../../values/value";
import { chartOf } from "./helm";

export const helmRequestRules: readonly Rule[] = [
  rule({
    id: "HELM-REQUESTS",
    area: "Helm values",
    severity: "error",
    what: "Every container of the platform's charts requests CPU and memory, and limits its memory.",
    why: "Without requests the scheduler can't place pods well, an autoscaler has nothing to measure by, and a full node evicts these pods first.",
    remedy: "Write requests.cpu, requests.memory and limits.memory where the chart has its resources.",
    reference: "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
    types: ["helm_release"],
    check: (release) => {
      const { attributes } = release;
      if (isUnknown(attributes.values)) return [undecided("the values are known after apply")];
      return (factsOfChart(chartOf(release))?.requests ?? []).flatMap(({ path }) => {
        const resources = at(attributes.values, ...path);
        const missing = ["requests.cpu", "requests.memory", "limits.memory"].filter((each) =>
          isAbsent(at(resources, ...each.split("."))),
        );
        return missing.length === 0 || isUnknown(resources)
          ? []
          : [violation(`${path.join(".")} has no ${missing.join(", ")}`)];
      });
    },
  }),
];
