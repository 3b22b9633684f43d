import { imageAt, over, container, type ChartWork } from "../chart-work";

/** aws/secrets-store-csi-driver-provider-aws, chart 3.1.1, rendered with the values of every sample. */
export const secretsStoreCsiDriverProviderAwsWork = {
  "secrets-store-csi-driver-provider-aws": {
    kind: "DaemonSet",
    priorityClassName: "system-node-critical",
    containers: [
      container({
        name: "provider-aws-installer",
        image: imageAt(
          "image.repository",
          "public.ecr.aws/aws-secrets-manager/secrets-store-csi-driver-provider-aws",
        ),
        resources: over("resources", { limits: { cpu: "50m" } }),
        securityContext: { allowPrivilegeEscalation: false },
      }),
    ],
    hostPaths: {
      providervol: "/var/run/secrets-store-csi-providers",
      "mountpoint-dir": "/var/lib/kubelet/pods",
    },
  },
} satisfies Readonly<Record<string, ChartWork>>;
