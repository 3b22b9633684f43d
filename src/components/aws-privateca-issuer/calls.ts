import type { AwsCall } from "../aws-call";
import { callsOf } from "../calls-of";

const SOURCE = "cert-manager/aws-privateca-issuer v1.9.0 pkg/aws/pca.go";

/** What the issuer calls of one CA, for certificates by these templates. */
export function privateCaCalls(arn: string, templates: readonly string[]): AwsCall[] {
  const pca = callsOf("acm-pca", SOURCE);
  const [, partition = "aws"] = arn.split(":");
  return [
    ...pca("learn how the CA signs", "DescribeCertificateAuthority", [arn]),
    ...templates.flatMap((template) =>
      pca("sign", "IssueCertificate", [arn], {
        "acm-pca:TemplateArn": [`arn:${partition}:acm-pca:::template/${template}`],
      }),
    ),
    ...pca("fetch what it signed", "GetCertificate", [arn]),
  ];
}
