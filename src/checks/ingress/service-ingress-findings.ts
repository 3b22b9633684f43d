import type { Finding } from "../finding";
import type { RoutedWorkload } from "./service-traffic-checks";

/** What a service says of its Ingress, against the classes that the target has. */
export function serviceIngressFindings({ workload, traffic, target: { config } }: RoutedWorkload): Finding[] {
  const { ingress, hosts } = traffic;
  const at = (key: string, message: string): Finding => ({ path: ["ingress", key], message });
  if (config.traffic?.api !== "alb-ingress") {
    if (ingress === undefined) return [];
    return [{ path: ["ingress"], message: "is for traffic.api: alb-ingress; remove it" }];
  }
  const { loadBalancers, nginx } = config.ingress ?? {};
  const { class: name = "alb", certificateArns = [], tlsSecret, maxBodySize, group } = ingress ?? {};
  if (name === "nginx") {
    return [
      ...(nginx === undefined
        ? [at("class", "is retired since March 2026; write alb, or ingress.nginx: { reason } in the target")]
        : []),
      ...(tlsSecret === undefined
        ? [at("class", "has its certificate from a secret; write tlsSecret: <name>")]
        : []),
      ...(hosts.length === 0
        ? [{ path: ["hosts"], message: "are what class nginx routes by; write hosts: [<name>]" }]
        : []),
      ...(certificateArns.length > 0 ? [at("certificateArns", "is for an ALB; write tlsSecret")] : []),
      ...(group !== undefined
        ? [at("group", "is for an ALB; all of class nginx share one load balancer: remove it")]
        : []),
      ...(ingress?.healthCheck.path !== undefined || ingress?.healthCheck.successCodes !== undefined
        ? [at("healthCheck", "is for an ALB; class nginx goes by the pods' own probes: remove it")]
        : []),
      ...(ingress?.idleTimeoutSeconds !== undefined
        ? [at("idleTimeoutSeconds", "is for an ALB; remove it")]
        : []),
    ];
  }
  const fromClass = loadBalancers?.certificateArns ?? [];
  return [
    ...(tlsSecret !== undefined
      ? [at("tlsSecret", "is for class nginx; an ALB takes ACM's: write certificateArns")]
      : []),
    ...(maxBodySize !== undefined
      ? [at("maxBodySize", "is for class nginx; an ALB has no such limit: remove it")]
      : []),
    ...(certificateArns.length > 0 && fromClass.length > 0
      ? [
          at(
            "certificateArns",
            "have no effect: the class has those of ingress.loadBalancers.certificateArns; remove them",
          ),
        ]
      : []),
    ...(hosts.length === 0 && certificateArns.length + fromClass.length === 0
      ? [
          {
            path: ["hosts"],
            message: "are what a certificate is found by; write hosts: [<name>], or ingress.certificateArns",
          },
        ]
      : []),
    ...(name === "alb-public" && !(loadBalancers?.publicNamespaces ?? []).includes(workload.namespace)
      ? [
          at(
            "class",
            `faces the internet, and namespace ${workload.namespace} may not; write alb, or add it to ingress.loadBalancers.publicNamespaces`,
          ),
        ]
      : []),
  ];
}
