import { asks, envMap } from "../chart";
import { CONTROLLER_RESTARTS, type ChartComponentRecord } from "../component";
import { loadBalancerControllerAccounts } from "./calls";
import { serviceAccount } from "../foreign-kind";
import { pins } from "./pins";
import { awsLoadBalancerControllerWork } from "./pods";

/** Port of the webhooks, which fail closed. */
export const LOAD_BALANCER_CONTROLLER_PORT = 9443;

export const awsLoadBalancerController: ChartComponentRecord<"aws-load-balancer-controller"> = {
  kind: "charts",
  name: "aws-load-balancer-controller",
  stack: "ingress",
  isUsed: ({ ingress }) => ingress !== undefined,
  settings: ["ingress", "loadBalancers"],
  docs: "docs/components/ingress.md",
  charts: {
    "aws-load-balancer-controller": {
      repository: "https://aws.github.io/eks-charts",
      name: "aws-load-balancer-controller",
      podsReadAt: ["3.5.0"],
      protections: [
        {
          path: ["webhookNamespaceSelectors"],
          isOff: (v) => v === null,
          protects: "the check of pods' readiness gates",
        },
      ],
      requests: [asks("resources", 100, 128, 512)],
      // ACM, WAF and resource tagging have no endpoint of the set.
      callsOut: [envMap("env")],
    },
  },
  pins,
  called: () => ({ "load-balancer-controller": LOAD_BALANCER_CONTROLLER_PORT }),
  metricsOnNodes: { "load-balancer-controller": 8080 },
  monitors: {
    "load-balancer-controller": {
      namespace: "kube-system",
      pods: { "app.kubernetes.io/name": "aws-load-balancer-controller" },
      ports: ["metrics-server"],
    },
  },
  registries: ["public.ecr.aws"],
  roles: { "aws-load-balancer-controller": "always" },
  // aws-load-balancer-controller v3.5.0: pkg/certs (discovery by host), pkg/ingress/model_build_load_balancer_addons.go.
  mayDoWithout: {
    acm: "certificates that an Ingress names by ARN (alb.ingress.kubernetes.io/certificate-arn)",
    "cognito-idp": "no sign-in by Cognito (alb.ingress.kubernetes.io/auth-type)",
    iam: "certificates that an Ingress names by ARN (alb.ingress.kubernetes.io/certificate-arn)",
    wafv2: "no web ACL (alb.ingress.kubernetes.io/wafv2-acl-arn)",
  },
  pods: {
    "aws-load-balancer-controller": {
      of: "aws-load-balancer-controller",
      labels: { "app.kubernetes.io/name": "aws-load-balancer-controller" },
      serviceAccount: "aws-load-balancer-controller",
      ports: { "webhook-server": 9443, "metrics-server": 8080 },
      hostNetwork: "hostNetwork",
      called: "load-balancer-controller",
      work: awsLoadBalancerControllerWork["aws-load-balancer-controller"],
    },
  },
  calls: loadBalancerControllerAccounts,
  crds: {
    "aga.k8s.aws": ["GlobalAccelerator"],
    "elbv2.k8s.aws": ["ALBTargetControlConfig", "IngressClassParams", "TargetGroupBinding"],
    "gateway.k8s.aws": ["ListenerRuleConfiguration", "LoadBalancerConfiguration", "TargetGroupConfiguration"],
  },
  // Config/crd at 3.5: it takes any target group's ARN, and opens security groups for it.
  foreign: [
    {
      group: "elbv2.k8s.aws",
      kind: "TargetGroupBinding",
      resource: "targetgroupbindings",
      madeBy: serviceAccount("kube-system", "aws-load-balancer-controller"),
    },
    { group: "aga.k8s.aws", kind: "GlobalAccelerator", resource: "globalaccelerators" },
  ],
  upgrade: { phase: "charts", restarts: CONTROLLER_RESTARTS, crdsByHand: true },
};
