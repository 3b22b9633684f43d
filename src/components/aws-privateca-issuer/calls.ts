import { at, isTrue, text } from "../../values/value";
import type { AwsCall } from "../aws-call";
import { callsOf } from "../calls-of";
import { ofAccounts, type Synthesized } from "../synthesized";

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

export const privateCaAccounts = ofAccounts({
  "aws-privateca-issuer": (synthesized) => {
    const { objects, written } = synthesized;
    return objects("AWSPCAClusterIssuer", "AWSPCAIssuer").flatMap((issuer) =>
      privateCaCalls(
        written(at(issuer, "spec", "arn")),
        templatesOf(synthesized, text(at(issuer, "metadata", "name"))),
      ),
    );
  },
});

/** What an issuer signs: a CA for each certificate that is one (cert-manager/aws-privateca-issuer pkg/aws/pca.go). */
function templatesOf({ objects }: Synthesized, issuer: string): string[] {
  const signed = objects("Certificate").filter(
    (certificate) => text(at(certificate, "spec", "issuerRef", "name")) === issuer,
  );
  return signed.some((certificate) => isTrue(at(certificate, "spec", "isCA")))
    ? ["SubordinateCACertificate_PathLen0/V1"]
    : [];
}
