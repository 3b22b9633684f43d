import { z } from "zod";
import { role } from "../../config/schema/common";
import { shortOrMap } from "../../config/schema/short-or-map";

const zoneId = z
  .string()
  .regex(/^Z[A-Z0-9]{5,31}$/, "is not a hosted zone's id; write for example Z0123456789ABCDEFGHIJ");

/** A hosted zone that records are written to, and who writes them. */
const hostedZone = z
  .union(
    [
      zoneId.transform((id) => ({ id, certificates: true, role: undefined, externalId: undefined })),
      z.strictObject({
        id: zoneId
          .describe("Route 53's id of the hosted zone.")
          .meta({ examples: ["Z0123456789ABCDEFGHIJ"] }),
        role: role
          .optional()
          .describe(
            "IAM role that may write the zone, for a zone of another account: external-dns and cert-manager assume it. Default: roles of their own.",
          )
          .meta({ examples: ["arn:aws:iam::444455556666:role/dns-writer"] }),
        externalId: z
          .string()
          .regex(
            /^[\w+=,.@:/-]{2,1224}$/,
            "must be 2 to 1224 letters, digits and +=,.@:/-; write what the role's trust policy asks for",
          )
          .optional()
          .describe(
            "External id that the role's trust policy asks for. external-dns sends it; cert-manager can't. Default: none.",
          ),
        certificates: z
          .boolean()
          .default(true)
          .describe(
            "Whether cert-manager may prove control of names in the zone, where there is ingress.certificates.",
          ),
      }),
    ],
    {
      error: shortOrMap(
        "must be a hosted zone's id, or { id, role, externalId, certificates }; write one of them",
      ),
    },
  )
  .describe("Hosted zone.");

export const dns = z
  .strictObject({
    zones: z
      .record(
        z.string().regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/, "is not a domain name; write for example example.com"),
        hostedZone,
      )
      .describe(
        "Route 53 hosted zones by domain name: the only ones that records are written to. An id, or { id, role } for a zone of another account.",
      )
      .meta({ examples: [{ "example.com": "Z0123456789ABCDEFGHIJ" }] }),
    deleteRecords: z
      .boolean()
      .default(false)
      .describe(
        "Whether records of what is gone are deleted, too. Default: false; records are only created and changed.",
      ),
  })
  .optional()
  .describe(
    "external-dns: writes the names of load balancers to Route 53. Default: none; somebody else writes the records.",
  );
