import { given, imageAt, container, type ChartWork } from "../chart-work";

/** kubernetes-sigs/aws-load-balancer-controller v3.5.0, helm, rendered with the values of every sample. */
export const awsLoadBalancerControllerWork = {
  "aws-load-balancer-controller": {
    kind: "Deployment",
    replicas: given("replicaCount"),
    priorityClassName: "system-cluster-critical",
    containers: [
      container({
        name: "aws-load-balancer-controller",
        image: imageAt("image.repository", "public.ecr.aws/eks/aws-load-balancer-controller"),
        resources: "resources",
        securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true },
        isProbed: true,
      }),
    ],
  },
} satisfies Readonly<Record<string, ChartWork>>;
