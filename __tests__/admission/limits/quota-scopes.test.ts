import { containerAmounts } from "../../../src/admission/limits/pod-resources";
import { isCounted, scopesOf } from "../../../src/admission/limits/quota-scopes";
import { fromJson } from "../../../src/guardrails/read/expression";
import { Unknown } from "../../../src/values/value";

const asking = { name: "a", resources: { limits: { memory: "1Gi" } } };
const byClass = (operator: string, values?: readonly string[]) => ({
  scopeSelector: { matchExpressions: [{ scopeName: "PriorityClass", operator, values }] },
});

test.each([
  ["every pod, where it has no scope", {}, {}, true],
  ["pods without requests and limits", { scopes: ["BestEffort"] }, { containers: [{ name: "a" }] }, true],
  ["not those that have a limit", { scopes: ["BestEffort"] }, { containers: [asking] }, false],
  ["nor those whose init container has one", { scopes: ["BestEffort"] }, { initContainers: [asking] }, false],
  ["pods that ask for something", { scopes: ["NotBestEffort"] }, { containers: [asking] }, true],
  ["pods that end by themselves", { scopes: ["Terminating"] }, { activeDeadlineSeconds: 60 }, true],
  ["pods that do not", { scopes: ["NotTerminating"] }, {}, true],
  ["pods of any class", { scopes: ["PriorityClass"] }, { priorityClassName: "low" }, true],
  ["not those without one", byClass("Exists"), {}, false],
  ["pods of a class", byClass("In", ["high", "low"]), { priorityClassName: "low" }, true],
  ["not those of another", byClass("In", ["high"]), { priorityClassName: "low" }, false],
  ["pods that are of none of some", byClass("NotIn", ["high"]), {}, true],
  [
    "nobody knows which, by affinity to other namespaces",
    { scopes: ["CrossNamespacePodAffinity"] },
    {},
    undefined,
  ],
  [
    "pods that hold all of its scopes",
    { scopes: ["NotTerminating", "BestEffort"] },
    { containers: [asking] },
    false,
  ],
])("a quota counts %s", (_pods, quota, spec, counted) => {
  const pod = fromJson(spec);

  expect(isCounted(scopesOf(fromJson(quota)), pod, containerAmounts(pod) ?? [])).toBe(counted);
});

test("whether a quota counts pods of a class that only Terraform knows is not known", () => {
  const scopes = scopesOf(fromJson(byClass("In", ["high"])));

  expect(isCounted(scopes, { priorityClassName: new Unknown(true) }, [])).toBeUndefined();
});
