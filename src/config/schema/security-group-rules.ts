import { z } from "zod";
import { chosenKey } from "./chosen-key";
import { cidr, reason, securityGroupId } from "./common";

const port = z.number().int().min(0).max(65_535);

const ruleOf = (example: string) =>
  z
    .strictObject({
      cidr: cidr
        .refine(
          ({ prefix }) => prefix >= 8,
          "lets the whole world in, or much of it; write a range of /8 or narrower, or put a load balancer in front",
        )
        .optional()
        .describe("Range that is let in. Default: none; securityGroup says who.")
        .meta({ examples: ["10.9.0.0/16"] }),
      securityGroup: securityGroupId
        .optional()
        .describe("Security group whose interfaces are let in. Default: none; cidr says who."),
      protocol: z.enum(["tcp", "udp"]).default("tcp").describe("Protocol of the ports."),
      port: port.optional().describe("Port that is opened. Default: none; ports says which."),
      ports: z
        .strictObject({
          from: port.describe("First port that is opened."),
          to: port.describe("Last port that is opened."),
        })
        .refine(({ from, to }) => from <= to, "has from above to; write the lower port as from")
        .optional()
        .describe("Range of ports that is opened. Default: none; port says which."),
      reason: reason(example),
    })
    .transform(({ protocol, reason: why, port: single, ports, ...given }, context) => {
      const peer = chosenKey(given, ["cidr", "securityGroup"], context);
      const opened = chosenKey({ port: single, ports }, ["port", "ports"], context);
      if (peer === undefined || opened === undefined) return z.NEVER;
      return {
        from:
          peer.key === "cidr"
            ? ({ kind: "range", cidr: peer.value } as const)
            : ({ kind: "security-group", id: peer.value } as const),
        protocol,
        ports: opened.key === "port" ? { from: opened.value, to: opened.value } : opened.value,
        reason: why,
      };
    })
    .meta({ examples: [{ cidr: "10.9.0.0/16", port: 9100, reason: example }] });

const rules = (example: string) =>
  z
    .record(
      z
        .string()
        .regex(
          /^[a-z][a-z0-9-]{0,39}$/,
          "is not a name; write lower-case letters, digits and dashes, at most 40",
        ),
      ruleOf(example),
    )
    .prefault({});

/** Ways in that the platform does not need and its operator does. */
export const securityGroupRulesSchema = z
  .strictObject({
    nodes: rules("the scanner of the security team reads node_exporter: SEC-77").describe(
      "Rules of the nodes' group, which pods with addresses of the VPC share, by name.",
    ),
    controlPlane: rules("the bastion of the old account asks the API server: OPS-4").describe(
      "Rules of the control plane's group, by name.",
    ),
  })
  .prefault({})
  .describe(
    "Rules of one's own in the platform's security groups: who else is let in. Each with a reason. Default: none.",
  );
