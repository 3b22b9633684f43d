import { type ChartWork, container, given, imageAt, over } from "../chart-work";

/** cert-manager/aws-privateca-issuer v1.9.0, charts/aws-pca-issuer, rendered as it comes. */
export const awsPrivatecaIssuerWork = {
  "aws-privateca-issuer": {
    kind: "Deployment",
    replicas: given("replicaCount"),
    securityContext: { runAsUser: 65532 },
    containers: [
      container({
        name: "aws-privateca-issuer",
        image: imageAt("image.repository", "public.ecr.aws/k1n1h4h4/cert-manager-aws-privateca-issuer"),
        resources: over("resources", { limits: { cpu: "50m" } }),
        securityContext: { allowPrivilegeEscalation: false },
        isProbed: true,
      }),
    ],
  },
} satisfies Readonly<Record<string, ChartWork>>;
