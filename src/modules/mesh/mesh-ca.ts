import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ChartValues } from "../chart-values";
import type { ChartRef } from "../helm-release";
import { AwsRelease } from "../ingress/aws-release";
import { type Manifest, ManifestRelease } from "../manifest-release";
import { mirrored } from "../mirrored-image";
import { spreadOverZones, systemTolerations } from "../platform-pods";
import type { EksPodIdentityPolicyStatement } from "../registry/eks-pod-identity";
import { ISTIO_NAMESPACE } from "./istio-values";

/** Where istiod looks for a CA of others. It takes the names that cert-manager gives the entries. */
export const CA_SECRET = "cacerts";
const NAME = "aws-privateca-issuer";
const ISSUER = "mesh-root";

export interface MeshCaProps {
  readonly chart: ChartRef;
  readonly clusterName: string;
  readonly trustDomain: string;
  /** AWS Private CA that signs the cluster's own CA. Its region is in it. */
  readonly arn: string;
  /** Days that the cluster's CA is valid. It is renewed after two thirds of them. */
  readonly days: number;
  readonly imageMirror?: string;
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * The cluster's own CA for workloads, signed by a root that clusters share. Its private key is made in the cluster and
 * never leaves it: neither Terraform nor AWS has it.
 */
export class MeshCa extends Construct {
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: MeshCaProps) {
    super(scope, id);
    const { chart, clusterName, arn, imageMirror, dependsOn = [] } = props;
    const issuer = new AwsRelease(this, NAME, {
      chart,
      clusterName,
      namespace: "cert-manager",
      serviceAccount: NAME,
      policies: { attachCustomPolicy: true, policyStatements: issuerStatements(arn) },
      values: issuerValues(imageMirror),
    });
    this.ready = new ManifestRelease(this, "mesh-ca", {
      namespace: ISTIO_NAMESPACE,
      manifests: { issuer: rootIssuer(arn), certificate: caCertificate(props) },
      dependsOn: [...dependsOn, issuer.release],
    }).release;
  }
}

/** What signing CAs of clusters takes: that template only, which can't sign further CAs. */
export function issuerStatements(arn: string): EksPodIdentityPolicyStatement[] {
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
          values: [`arn:${partition}:acm-pca:::template/SubordinateCACertificate_PathLen0/V1`],
        },
      ],
    },
  ];
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

function rootIssuer(arn: string): Manifest {
  const [, , , region = ""] = arn.split(":");
  return {
    apiVersion: "awspca.cert-manager.io/v1beta1",
    kind: "AWSPCAClusterIssuer",
    metadata: { name: ISSUER },
    spec: { arn, region },
  };
}

function caCertificate({ clusterName, trustDomain, days }: MeshCaProps): Manifest {
  const hours = days * 24;
  return {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: { name: CA_SECRET, namespace: ISTIO_NAMESPACE },
    spec: {
      secretName: CA_SECRET,
      isCA: true,
      // CAs of one root are told apart by it.
      commonName: clusterName,
      subject: { organizations: [trustDomain] },
      duration: `${hours}h0m0s`,
      renewBefore: `${Math.floor(hours / 3)}h0m0s`,
      privateKey: { algorithm: "RSA", size: 4096, rotationPolicy: "Always" },
      usages: ["digital signature", "cert sign", "crl sign"],
      issuerRef: { group: "awspca.cert-manager.io", kind: "AWSPCAClusterIssuer", name: ISSUER },
    },
  };
}
