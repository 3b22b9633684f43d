import { expectGiven, type Rule, rule, undecided, violation } from "../rule";
import { at, entries, isAbsent, isUnknown, items } from "../../values/value";

const KARPENTER_DOCS = "https://karpenter.sh/docs/concepts/nodeclasses/";

export const karpenterRules: readonly Rule[] = [
  rule({
    id: "NODE-POOL-LIMITS",
    area: "nodes",
    severity: "warning",
    what: "A Karpenter node pool has limits.",
    why: "Otherwise a loop that creates pods buys instances until the account's quota stops it.",
    remedy: "Write spec.limits.",
    reference: "https://karpenter.sh/docs/concepts/nodepools/",
    types: ["k8s:NodePool"],
    check: (resource) => expectGiven(resource, ["spec", "limits"], "has no limits"),
  }),
  rule({
    id: "NODE-CLASS-SELECTOR",
    area: "nodes",
    severity: "error",
    what: "A Karpenter node class selects subnets and security groups of its own cluster.",
    why: "A selector that matches any value also finds other clusters' subnets, public ones among them.",
    remedy: "Select by karpenter.sh/discovery with the cluster's name, or by id.",
    reference: KARPENTER_DOCS,
    types: ["k8s:EC2NodeClass"],
    check: ({ attributes }) =>
      ["subnetSelectorTerms", "securityGroupSelectorTerms"].flatMap((name) => {
        const terms = at(attributes, "spec", name);
        if (isUnknown(terms)) return [undecided(`${name} is known after apply`)];
        if (isAbsent(terms)) return [violation(`has no ${name}`)];
        const wide = items(terms).some((term) =>
          entries(at(term, "tags")).some(([, value]) => value === "*"),
        );
        return wide ? [violation(`${name} matches any value`)] : [];
      }),
  }),
];
