import type { ServiceTraffic } from "../../config/schema/workloads/traffic";
import type { ConfigPath } from "../../config/read/source-node";
import type { Finding } from "../finding";
import type { CheckedWorkload } from "./checked-workload";

const ALB = "alb.ingress.kubernetes.io/";

/** Routes by an ALB that take an annotation which the admission policy would refuse. */
export function annotationFindings({ target, workload, path }: CheckedWorkload): Finding[] {
  const { config } = target;
  const { traffic, controller, namespace } = workload;
  const policies = target.policies;
  if (traffic === undefined || config.traffic?.api !== "alb-ingress" || traffic.ingress?.class === "nginx")
    return [];
  if (policies?.admission.loadBalancerAnnotations.action !== "deny") return [];
  if (namespace in policies.exemptNamespaces) return [];
  const allowed = policies.loadBalancerAnnotations;
  const isAllowed = (annotation: string) =>
    allowed.some((each) =>
      each.endsWith("*") ? annotation.startsWith(each.slice(0, -1)) : each === annotation,
    );
  return annotationsOf(traffic, controller === "rollout").flatMap(([at, name]): Finding[] => {
    const annotation = ALB + name;
    if (isAllowed(annotation)) return [];
    return [
      {
        path: [...path, "traffic", ...at],
        message: `takes the annotation ${annotation}, which the admission policy refuses; add it to policies.loadBalancerAnnotations`,
        related: [["policies"]],
      },
    ];
  });
}

/** Annotations beyond those that every team may use (load-balancer-rules.ts), and what takes them. */
function annotationsOf(traffic: ServiceTraffic, rollout: boolean): [ConfigPath, string][] {
  const { ingress, routes, split } = traffic;
  const conditional = routes.findIndex(
    ({ headers, method }) => Object.keys(headers).length > 0 || method !== undefined,
  );
  const acting = routes.findIndex(({ redirect, to }) => redirect !== undefined || to.length > 1);
  return [
    ...(ingress?.group === undefined ? [] : [at(["ingress", "group"], "group.name")]),
    ...(ingress?.idleTimeoutSeconds === undefined
      ? []
      : [at(["ingress", "idleTimeoutSeconds"], "load-balancer-attributes")]),
    ...(rollout
      ? [at([], "actions.*")]
      : split !== undefined
        ? [at(["split"], "actions.*")]
        : acting >= 0
          ? [at(["routes", acting], "actions.*")]
          : conditional >= 0
            ? [at(["routes", conditional], "actions.*")]
            : []),
    ...(conditional < 0 ? [] : [at(["routes", conditional], "conditions.*")]),
  ];
}

function at(path: ConfigPath, name: string): [ConfigPath, string] {
  return [path, name];
}
