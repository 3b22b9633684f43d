import { quoteOf } from "../read/lines";
import { at, listAt, quoteIn, textAt } from "../read/values";
import { type Reading, type Rule, type Said, saidRule } from "../rule";

const balancerSaid: readonly Said[] = [
  {
    cause: "load-balancer-subnets",
    says: /couldn't auto-discover subnets|unable to (?:resolve|discover) at least one subnet|subnets count less than minimal required count|cannot find at least two subnets|multiple subnets in same Availability Zone|failed to resolve \d+ qualified subnets?/,
    certainty: "sure",
    from: "kubernetes-sigs/aws-load-balancer-controller v3.5.0 pkg/networking/subnet_resolver.go, pkg/ingress/model_build_load_balancer.go",
    detail: (_, { text }) => {
      const others = /([1-9]\d*) are tagged for other clusters/.exec(text)?.[1];
      return others === undefined ? undefined : `${others} are tagged for other clusters`;
    },
  },
];

/** Reasons of Elastic Load Balancing API Reference v2, TargetHealth, that a target gives rise to. */
const UNHEALTHY = /Target\.(?:ResponseCodeMismatch|Timeout|FailedHealthChecks)/;

const targets: Rule = ({ lines, objects }) => {
  const json = objects.flatMap(({ value, from }): Reading[] => {
    const reason = textAt(value, "TargetHealth", "Reason");
    if (textAt(value, "TargetHealth", "State") !== "unhealthy" || !UNHEALTHY.test(reason)) return [];
    const id = textAt(value, "Target", "Id");
    const said = textAt(value, "TargetHealth", "Description");
    return [
      {
        cause: "targets-unhealthy",
        certainty: "sure",
        quotes: [quoteIn(from, reason, `target ${id}: unhealthy, ${reason}, ${said}`)],
        detail: said,
      },
    ];
  });
  const text = lines
    .filter((line) => UNHEALTHY.test(line.text) && !/^\s*[[{"]/.test(line.text))
    .map((line): Reading => ({ cause: "targets-unhealthy", certainty: "sure", quotes: [quoteOf(line)] }));
  return [...json, ...text];
};

/** Readiness gates of pods, which the controller sets by the health of their targets. */
const gates: Rule = ({ objects }) =>
  objects.flatMap(({ value, from }) =>
    listAt(value, "status", "conditions")
      .filter((each) => /^target-health\.elbv2\.k8s\.aws\//.test(textAt(each, "type")))
      .filter((each) => at(each, "status") === "False" && UNHEALTHY.test(textAt(each, "reason")))
      .map((each) => ({
        cause: "targets-unhealthy",
        certainty: "sure",
        quotes: [
          quoteIn(
            from,
            textAt(each, "reason"),
            `pod ${textAt(value, "metadata", "name")}: ${textAt(each, "reason")}`,
          ),
        ],
      })),
  );

export const balancerRules: readonly Rule[] = [saidRule(balancerSaid), targets, gates];
