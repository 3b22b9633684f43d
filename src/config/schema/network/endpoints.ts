import { z } from "zod";
import { ipAddress, reason, zoneName } from "../common";

export const endpointsSchema = z
  .strictObject({
    set: z
      .enum(["standard", "isolated", "gateway-only"])
      .default("standard")
      .describe(
        "Which endpoints there are, each billed by the hour in every zone. standard: what nodes and the platform call; isolated: also what they would reach by NAT; gateway-only: S3.",
      ),
    additional: z
      .array(
        z.string().regex(/^[a-z0-9.-]+$/, "is not an AWS service name; write for example bedrock-runtime"),
      )
      .default([])
      .describe(
        "Further interface endpoints by service name, without com.amazonaws and region, each billed by the hour in every zone. iam and route53 lead across regions.",
      )
      .meta({ examples: [["acm-pca", "iam"]] }),
    stsAddresses: z
      .record(zoneName, ipAddress)
      .optional()
      .describe(
        "Address of STS's endpoint in the node subnet of each zone. Required for identity: irsa in closed namespaces with the VPC CNI, whose policies know addresses only. AWS replaces the interface of an endpoint that has another. Default: AWS chooses.",
      )
      .meta({ examples: [{ "us-east-1a": "10.0.19.254" }] }),
    policy: z
      .enum(["account-and-organization", "full-access"])
      .optional()
      .describe(
        "Whom endpoints admit. account-and-organization: only identities and resources of account.id and" +
          " account.organizationId; full-access: anybody's. Default: account-and-organization, but full-access with a NAT kind of egress.",
      ),
    policyReason: reason("images of a vendor's ECR, whose account is not ours")
      .optional()
      .describe(
        "Why endpoints have full access although there is no NAT, for reviewers. Needed in that case. Default: none.",
      ),
    buckets: z
      .array(
        z
          .string()
          .regex(
            /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
            "is not an S3 bucket name; write it without s3:// and path",
          ),
      )
      .default([])
      .describe("Buckets of other accounts that may be read despite the policy.")
      .meta({ examples: [["vendor-packages"]] }),
    noPolicy: z
      .array(z.string())
      .default([])
      .describe(
        "Interface endpoints, by service name, that get no policy because their service supports none.",
      ),
  })
  .prefault({})
  .describe("VPC endpoints. S3 always has its gateway endpoint, which costs nothing.");
