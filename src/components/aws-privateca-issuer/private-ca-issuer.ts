import type { Construct } from "constructs";
import type { ChartValues } from "../../modules/chart-values";
import type { ChartRef } from "../../modules/helm-release";
import { AwsRelease } from "../../modules/aws-release";
import type { Manifest } from "../../modules/manifest";
import { mirrored } from "../../modules/mirrored-image";
import { spreadOverZones, systemTolerations } from "../../modules/platform-pods";
import type { EksPodIdentityPolicyStatement } from "../../modules/registry/eks-pod-identity";

const NAME = "aws-privateca-issuer";
const ISSUER = "mesh-root";

export const privateCaIssuerRef = {
  group: "awspca.cert-manager.io",
  kind: "AWSPCAClusterIssuer",
  name: ISSUER,
} as const;

export interface PrivateCaIssuerProps {
  readonly chart: ChartRef;
  readonly clusterName: string;
  /** CA of AWS Private CA. Its region is in it. */
  readonly arn: string;
  /** Templates by which it may sign, for example `SubordinateCACertificate_PathLen0/V1`. */
  readonly templates: readonly string[];
  readonly imageMirror?: string;
}

/** What signs by AWS Private CA for cert-manager. The issuer that it knows is an object of its own: `privateCaIssuer`. */
export function addPrivateCaIssuer(scope: Construct, props: PrivateCaIssuerProps): AwsRelease {
  const { chart, clusterName, arn, templates, imageMirror } = props;
  return new AwsRelease(scope, NAME, {
    chart,
    clusterName,
    namespace: "cert-manager",
    serviceAccount: NAME,
    policies: { attachCustomPolicy: true, policyStatements: issuerStatements(arn, templates) },
    values: issuerValues(imageMirror),
  });
}

/** What signing takes: by those templates only. */
export function issuerStatements(arn: string, templates: readonly string[]): EksPodIdentityPolicyStatement[] {
  const [, partition = "aws"] = arn.split(":");
  return [
    {
      sid: "ReadCa",
      actions: ["acm-pca:DescribeCertificateAuthority", "acm-pca:GetCertificate"],
      resources: [arn],
    },
    {
      sid: "SignClusterCas",
      actions: ["acm-pca:IssueCertificate"],
      resources: [arn],
      condition: [
        {
          test: "StringEquals",
          variable: "acm-pca:TemplateArn",
          values: templates.map((template) => `arn:${partition}:acm-pca:::template/${template}`),
        },
      ],
    },
  ];
}

export function privateCaIssuer(arn: string): Manifest {
  const [, , , region = ""] = arn.split(":");
  return {
    apiVersion: "awspca.cert-manager.io/v1beta1",
    kind: "AWSPCAClusterIssuer",
    metadata: { name: ISSUER },
    spec: { arn, region },
  };
}

/** Values of the aws-privateca-issuer chart, 1.9. Its approver role lets cert-manager approve what this issuer signs. */
function issuerValues(imageMirror: string | undefined): ChartValues {
  return {
    ...(imageMirror !== undefined && {
      image: {
        repository: mirrored("public.ecr.aws/k1n1h4h4/cert-manager-aws-privateca-issuer", imageMirror),
      },
    }),
    replicaCount: 2,
    podDisruptionBudget: { minAvailable: 1 },
    serviceAccount: { name: NAME },
    tolerations: systemTolerations,
    topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/name": NAME }),
  };
}
