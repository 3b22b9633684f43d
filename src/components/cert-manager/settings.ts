import { z } from "zod";
import { ipAddress } from "../../config/schema/common";

export const certificates = z
  .strictObject({
    email: z
      .string()
      .regex(/^[^@\s]+@[^@\s]+\.[^@\s]+$/, "is not an e-mail address; write for example platform@example.com")
      .describe("Address of the account with Let's Encrypt: a mailbox that a team reads."),
    staging: z
      .boolean()
      .default(false)
      .describe(
        "Whether to use Let's Encrypt's staging service, for trials: browsers don't trust its certificates.",
      ),
    nameservers: z
      .array(ipAddress)
      .min(1, "has no server; write at least one IPv4 address, or leave it out")
      .optional()
      .describe(
        "Recursive name servers (UDP and TCP 53) that cert-manager asks whether its record is public. Default: 1.1.1.1 and 8.8.8.8 with a NAT kind of egress, else the VPC's resolver.",
      )
      .meta({ examples: [["10.200.0.2"]] }),
  })
  .optional()
  .describe("cert-manager with DNS-01 in the zones of ingress.dns. Default: ACM certificates only.");
