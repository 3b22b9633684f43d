import { z } from "zod";
import { Any, condition, conditionsOf, Service } from "../../live/objects";
import { counted } from "../../text/counted";
import { fewOf } from "../../text/listed";
import type { LiveCheck } from "../live-check";
import { Notes } from "../notes";

const provisioned: LiveCheck = {
  id: "LB-PROVISIONED",
  group: "load balancers",
  proves:
    "every Service of type LoadBalancer and every Ingress of the load balancer controller has an address",
  asks: ["kubectl get services -A", "kubectl get ingresses -A", "kubectl get events -A"],
  offline: "permissions (aws-load-balancer-controller), K8S-LB-SCHEME",
  applies: ({ components }) => components.has("aws-load-balancer-controller"),
  judge: (_, told) => {
    const notes = new Notes(told);
    const services = notes.objects(Service, "services", "-A");
    const ingresses = notes.objects(Any, "ingresses", "-A");
    const wanted = (services ?? []).filter(({ spec }) => spec.type === "LoadBalancer");
    for (const { metadata, status } of wanted)
      if (status.loadBalancer.ingress.length === 0)
        notes.fault(`Service ${metadata.namespace}/${metadata.name} has no load balancer`);
    const classes = (ingresses ?? []).filter(({ spec }) => String(spec.ingressClassName).startsWith("alb"));
    for (const { metadata, status } of classes) {
      const balancer = z.object({ loadBalancer: z.object({ ingress: z.array(z.unknown()).min(1) }) });
      if (!balancer.safeParse(status).success)
        notes.fault(`Ingress ${metadata.namespace}/${metadata.name} has no load balancer`);
    }
    if (services !== undefined && ingresses !== undefined)
      notes.seen(
        `${counted(wanted.length, "Service")} and ${counted(classes.length, "Ingress")} have theirs`,
      );
    return notes.outcome();
  },
};

/** DescribeLoadBalancers, DescribeTags, DescribeTargetGroups, DescribeTargetHealth (Elastic Load Balancing API v2). */
const balancerList = z.object({
  LoadBalancers: z.array(
    z.object({
      LoadBalancerArn: z.string(),
      LoadBalancerName: z.string(),
      VpcId: z.string().optional(),
      State: z.object({ Code: z.string(), Reason: z.string().optional() }).optional(),
    }),
  ),
});
const tagList = z.object({
  TagDescriptions: z.array(
    z.object({ ResourceArn: z.string(), Tags: z.array(z.object({ Key: z.string(), Value: z.string() })) }),
  ),
});
const groupList = z.object({
  TargetGroups: z.array(z.object({ TargetGroupArn: z.string(), TargetGroupName: z.string() })),
});
const healthList = z.object({
  TargetHealthDescriptions: z.array(
    z.object({
      Target: z.object({ Id: z.string(), Port: z.number().optional() }),
      TargetHealth: z.object({
        State: z.string(),
        Reason: z.string().optional(),
        Description: z.string().optional(),
      }),
    }),
  ),
});

/** Tag that the controller gives what it makes (kubernetes-sigs/aws-load-balancer-controller, pkg/deploy/tracking/provider.go). */
const CLUSTER_TAG = "elbv2.k8s.aws/cluster";
/** Arguments of one DescribeTags. */
const ARNS_AT_ONCE = 20;

const targetsHealthy: LiveCheck = {
  id: "LB-TARGETS",
  group: "load balancers",
  proves:
    "the cluster's load balancers are active, and each of their target groups has healthy targets and no unhealthy one",
  asks: [
    "aws elbv2 describe-load-balancers",
    "aws elbv2 describe-tags",
    "aws elbv2 describe-target-groups",
    "aws elbv2 describe-target-health",
  ],
  offline: "reachability (load balancer)",
  applies: ({ components }) => components.has("aws-load-balancer-controller"),
  judge: ({ target }, told) => {
    const notes = new Notes(told);
    const all = notes.aws(balancerList, "elbv2", "describe-load-balancers")?.LoadBalancers;
    if (all === undefined) return notes.outcome();
    const arns = all.map(({ LoadBalancerArn }) => LoadBalancerArn);
    const own = new Set<string>();
    for (let at = 0; at < arns.length; at += ARNS_AT_ONCE) {
      const some = arns.slice(at, at + ARNS_AT_ONCE);
      const tags = notes.aws(tagList, "elbv2", "describe-tags", "--resource-arns", ...some)?.TagDescriptions;
      for (const { ResourceArn, Tags } of tags ?? [])
        if (Tags.some(({ Key, Value }) => Key === CLUSTER_TAG && Value === target.clusterName))
          own.add(ResourceArn);
    }
    for (const { LoadBalancerArn: arn, LoadBalancerName: name, State } of all.filter((each) =>
      own.has(each.LoadBalancerArn),
    )) {
      if (State !== undefined && State.Code !== "active")
        notes.fault(`${name} is ${State.Code}${State.Reason === undefined ? "" : `: ${State.Reason}`}`);
      const groups = notes.aws(groupList, "elbv2", "describe-target-groups", "--load-balancer-arn", arn);
      for (const group of groups?.TargetGroups ?? []) judgeGroup(notes, name, group);
    }
    notes.seen(
      own.size === 0
        ? "the cluster has no load balancer"
        : `${counted(own.size, "load balancer")} and their targets`,
    );
    return notes.outcome();
  },
};

function judgeGroup(
  notes: Notes,
  balancer: string,
  { TargetGroupArn, TargetGroupName: group }: z.infer<typeof groupList>["TargetGroups"][number],
): void {
  const found = notes.aws(
    healthList,
    "elbv2",
    "describe-target-health",
    "--target-group-arn",
    TargetGroupArn,
  );
  if (found === undefined) return;
  const states = found.TargetHealthDescriptions;
  const bad = states.filter(({ TargetHealth }) => ["unhealthy", "unavailable"].includes(TargetHealth.State));
  const healthy = states.filter(({ TargetHealth }) => TargetHealth.State === "healthy");
  if (states.length === 0) notes.fault(`${balancer}, target group ${group}: it has no targets`);
  else if (bad.length > 0)
    notes.fault(
      `${balancer}, target group ${group}: ${bad.length} of ${states.length} targets are unhealthy: ` +
        fewOf(
          bad.map(({ Target, TargetHealth }) =>
            `${Target.Id} ${TargetHealth.Description ?? TargetHealth.Reason ?? ""}`.trim(),
          ),
        ),
    );
  else if (healthy.length === 0) notes.open(`${balancer}, target group ${group}: no target is healthy yet`);
}

const gatewaysProgrammed: LiveCheck = {
  id: "GATEWAYS-PROGRAMMED",
  group: "load balancers",
  proves: "every Gateway of the Gateway API is accepted and programmed, and has an address",
  asks: ["kubectl get gateways.gateway.networking.k8s.io -A"],
  offline: "K8S-GATEWAY-TLS, reachability (gateway)",
  applies: ({ components }) => components.has("gateway-api"),
  judge: (_, told) => {
    const notes = new Notes(told);
    const found = notes.objects(Any, "gateways.gateway.networking.k8s.io", "-A");
    for (const gateway of found ?? []) {
      const name = `${gateway.metadata.namespace}/${gateway.metadata.name}`;
      for (const type of ["Accepted", "Programmed"]) {
        const state = condition(conditionsOf(gateway), type);
        if (state?.status === "True") continue;
        notes.fault(
          `Gateway ${name} is not ${type}: ${state === undefined ? "it says nothing" : `${state.reason}: ${state.message}`}`,
        );
      }
    }
    if (found !== undefined) notes.seen(`${counted(found.length, "Gateway")} are programmed`);
    return notes.outcome();
  },
};

export const balancerChecks = [provisioned, targetsHealthy, gatewaysProgrammed];
