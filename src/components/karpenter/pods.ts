import { given, imageAt, container, CONFINED, DROPS_ALL, type ChartWork } from "../chart-work";

/** aws/karpenter-provider-aws v1.14.1, charts/karpenter, rendered with the values of every sample. */
export const karpenterWork = {
  karpenter: {
    kind: "Deployment",
    replicas: given("replicas"),
    priorityClassName: "system-cluster-critical",
    securityContext: CONFINED,
    containers: [
      container({
        name: "controller",
        image: imageAt("controller.image.repository", "public.ecr.aws/karpenter/controller"),
        resources: "controller.resources",
        securityContext: { ...DROPS_ALL, runAsNonRoot: true, runAsUser: 65532 },
        isProbed: true,
      }),
    ],
  },
} satisfies Readonly<Record<string, ChartWork>>;
