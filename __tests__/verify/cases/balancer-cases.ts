import { conditions, list, object } from "../../support/live-answers";
import { type LiveCase, CLUSTER, health } from "./objects";

const CONTROLLER = "ingress: { loadBalancers: {} }";

const BALANCER = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/edge/1";

const GROUP = "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/edge/1";

const GET_HEALTH = `aws elbv2 describe-target-health --target-group-arn ${GROUP}`;

export const balancerCases: readonly LiveCase[] = [
  {
    id: "LB-PROVISIONED",
    yaml: CONTROLLER,
    answers: {
      "kubectl get services -A": list(
        object(
          "edge",
          {
            spec: { type: "LoadBalancer" },
            status: { loadBalancer: { ingress: [{ hostname: "x.elb.amazonaws.com" }] } },
          },
          "ingress",
        ),
      ),
      "kubectl get ingresses -A": list(),
    },
    faults: [
      {
        changed: {
          "kubectl get services -A": list(
            object("edge", { spec: { type: "LoadBalancer" }, status: { loadBalancer: {} } }, "ingress"),
          ),
        },
        says: /Service ingress\/edge has no load balancer/,
      },
      {
        changed: {
          "kubectl get ingresses -A": list(
            object("shop", { spec: { ingressClassName: "alb" }, status: {} }, "shop"),
          ),
        },
        says: /Ingress shop\/shop has no load balancer/,
      },
    ],
  },
  {
    id: "LB-TARGETS",
    yaml: CONTROLLER,
    answers: {
      "aws elbv2 describe-load-balancers": {
        LoadBalancers: [{ LoadBalancerArn: BALANCER, LoadBalancerName: "edge", State: { Code: "active" } }],
      },
      [`aws elbv2 describe-tags --resource-arns ${BALANCER}`]: {
        TagDescriptions: [
          { ResourceArn: BALANCER, Tags: [{ Key: "elbv2.k8s.aws/cluster", Value: CLUSTER }] },
        ],
      },
      [`aws elbv2 describe-target-groups --load-balancer-arn ${BALANCER}`]: {
        TargetGroups: [{ TargetGroupArn: GROUP, TargetGroupName: "edge" }],
      },
      [GET_HEALTH]: health("healthy", "draining"),
    },
    faults: [
      {
        changed: { [GET_HEALTH]: health("healthy", "unhealthy") },
        says: /1 of 2 targets are unhealthy: 10.0.16.11 Health checks failed/,
      },
      { changed: { [GET_HEALTH]: health() }, says: /it has no targets/ },
      {
        changed: {
          "aws elbv2 describe-load-balancers": {
            LoadBalancers: [
              {
                LoadBalancerArn: BALANCER,
                LoadBalancerName: "edge",
                State: { Code: "failed", Reason: "no addresses" },
              },
            ],
          },
        },
        says: /edge is failed: no addresses/,
      },
    ],
  },
  {
    id: "GATEWAYS-PROGRAMMED",
    yaml: "cni: { kind: cilium-eni, gatewayApi: { enabled: true } }",
    answers: {
      "kubectl get gateways.gateway.networking.k8s.io -A": list(
        object("edge", conditions(["Accepted", "True"], ["Programmed", "True"]), "ingress"),
      ),
    },
    faults: [
      {
        changed: {
          "kubectl get gateways.gateway.networking.k8s.io -A": list(
            object(
              "edge",
              conditions(["Accepted", "True"], ["Programmed", "False", "no address"]),
              "ingress",
            ),
          ),
        },
        says: /Gateway ingress\/edge is not Programmed: Because: no address/,
      },
    ],
  },
];
