import { usesIstioGateway } from "../../model/traffic";
import type { Finding } from "../finding";
import type { RoutedWorkload } from "./routed-workload";

/** What a service says of its Ingress, against the classes that the target has. */
export function serviceIngressFindings({ workload, traffic, target: { config } }: RoutedWorkload): Finding[] {
  const { ingress, hosts } = traffic;
  const at = (key: string, message: string): Finding => ({ path: ["ingress", key], message });
  if (config.traffic?.api !== "alb-ingress") {
    if (ingress === undefined) return [];
    const message = usesIstioGateway(config.traffic)
      ? "has no effect without traffic.api: alb-ingress; remove it: an ALB and its web ACL are in front of the mesh's gateway by mesh.ingressGateways: { <name>: { loadBalancer: alb } }"
      : "has no effect without traffic.api: alb-ingress; remove it";
    return [{ path: ["ingress"], message }];
  }
  const { loadBalancers, nginx } = config.ingress ?? {};
  const { class: name = "alb", certificateArns = [], tlsSecret, maxBodySize, group } = ingress ?? {};
  if (name === "nginx") {
    return [
      ...(nginx === undefined
        ? [
            at(
              "class",
              "has been retired since March 2026; write alb, or ingress.nginx: { reason } in the target",
            ),
          ]
        : []),
      ...(tlsSecret === undefined
        ? [at("class", "takes its certificate from a secret; write tlsSecret: <name>")]
        : []),
      ...(hosts.length === 0
        ? [{ path: ["hosts"], message: "are what class nginx routes by; write hosts: [<name>]" }]
        : []),
      ...(certificateArns.length > 0
        ? [at("certificateArns", "works with an ALB only; write tlsSecret")]
        : []),
      ...(group !== undefined
        ? [at("group", "works with an ALB only: all of class nginx share one load balancer; remove it")]
        : []),
      ...(ingress?.healthCheck.path !== undefined || ingress?.healthCheck.successCodes !== undefined
        ? [at("healthCheck", "works with an ALB only: class nginx goes by the pods' own probes; remove it")]
        : []),
      ...(ingress?.idleTimeoutSeconds !== undefined
        ? [at("idleTimeoutSeconds", "works with an ALB only; remove it")]
        : []),
    ];
  }
  const fromClass = loadBalancers?.certificateArns ?? [];
  return [
    ...(tlsSecret !== undefined
      ? [
          at(
            "tlsSecret",
            "works with class nginx only: an ALB takes certificates of ACM; write certificateArns",
          ),
        ]
      : []),
    ...(maxBodySize !== undefined
      ? [at("maxBodySize", "works with class nginx only: an ALB has no such limit; remove it")]
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
            `faces the internet, which namespace ${workload.namespace} may not; write alb, or add the namespace to ingress.loadBalancers.publicNamespaces`,
          ),
        ]
      : []),
  ];
}
