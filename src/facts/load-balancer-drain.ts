/** Load balancers whose targets are pods. */
export type LoadBalancerKind = "alb" | "nlb";

/**
 * Seconds from a pod's deletion until its load balancer has been told: endpoints, the controller's queue, a call that
 * AWS may throttle. Our own figure.
 */
const ANNOUNCED_SECONDS = 15;

/**
 * The shortest time in seconds that a pod has to go on serving after its deletion. A network load balancer opens new
 * connections for two minutes after a target is deregistered, whatever the delay (aws/containers-roadmap#470,
 * kubernetes-sigs/aws-load-balancer-controller#2366 and #3270); an application load balancer stops at once.
 */
export const SHORTEST_DRAIN_SECONDS: Readonly<Record<LoadBalancerKind, number>> = {
  alb: ANNOUNCED_SECONDS + 5,
  nlb: ANNOUNCED_SECONDS + 120,
};

/** What a pod gets that says nothing: behind an ALB requests of up to half a minute end by themselves. */
export const DEFAULT_DRAIN_SECONDS: Readonly<Record<LoadBalancerKind, number>> = {
  alb: ANNOUNCED_SECONDS + 30,
  nlb: SHORTEST_DRAIN_SECONDS.nlb,
};

/**
 * Seconds that a load balancer lets requests to a deregistered target end (AWS's default is 300, long after the pod is
 * gone). No longer than the pod serves: what is still open then would be cut.
 */
export function deregistrationDelaySeconds(drainSeconds: number): number {
  return Math.max(0, drainSeconds - ANNOUNCED_SECONDS);
}

/** Attribute of a target group (Elastic Load Balancing API reference, TargetGroupAttribute). */
export const DEREGISTRATION_DELAY = "deregistration_delay.timeout_seconds";

/**
 * Label of namespaces in whose pods the AWS Load Balancer Controller puts a readiness gate: they are Ready only when
 * their load balancer has them (its documents, "Pod readiness gate").
 */
export const READINESS_GATE_LABEL = { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" } as const;
