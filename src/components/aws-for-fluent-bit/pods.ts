import { imageAt, container, type ChartWork } from "../chart-work";

/** aws/eks-charts, aws-for-fluent-bit 0.2.0, rendered with the values of every sample. */
export const awsForFluentBitWork = {
  "aws-for-fluent-bit": {
    kind: "DaemonSet",
    priorityClassName: "system-node-critical",
    containers: [
      container({
        name: "aws-for-fluent-bit",
        image: imageAt("image.repository", "public.ecr.aws/aws-observability/aws-for-fluent-bit"),
        resources: "resources",
      }),
    ],
    hostPaths: { varlog: "/var/log", varlibdockercontainers: "/var/lib/docker/containers" },
  },
} satisfies Readonly<Record<string, ChartWork>>;
