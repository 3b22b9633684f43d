import { z } from "zod";
import { cidr, targetName } from "../common";
import { shortOrMap } from "../short-or-map";

/** A port or range that a peer may call, parsed from `tcp/15443` or `udp/8000-8080`. */
const admission = z
  .string()
  .meta({ examples: ["tcp/15443"] })
  .transform((text, context) => {
    const [, protocol, from = "", to = from] = /^(tcp|udp)\/(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
    const ports = { fromPort: Number(from), toPort: Number(to) };
    const isRange = ports.fromPort >= 1 && ports.fromPort <= ports.toPort && ports.toPort <= 65535;
    if ((protocol !== "tcp" && protocol !== "udp") || !isRange) {
      const message = "is no port; write for example tcp/15443, udp/53 or tcp/8000-8080";
      context.issues.push({ code: "custom", message, input: text });
      return z.NEVER;
    }
    return { protocol, ...ports } as const;
  });

const via = z
  .union(
    [z.literal("peering"), z.string().regex(/^tgw-[0-9a-f]{8,17}$/)],
    "is neither peering nor a transit gateway; write peering, or for example tgw-0123456789abcdef0",
  )
  .default("peering")
  .describe(
    "peering: a VPC peering connection; tgw-...: routes to a transit gateway that both VPCs are attached to.",
  );

const peerSchema = z.strictObject({
  target: targetName.describe("The other target. It has to name this one, too."),
  via,
  allow: z
    .array(admission)
    .default([])
    .describe("Ports of nodes and pods that the other VPC may call. Default: none.")
    .meta({ examples: [["tcp/15443"]] }),
});

const peer = z.union([targetName.transform((target) => peerSchema.parse({ target })), peerSchema], {
  error: shortOrMap(
    "is no target; write <environment>/<region>, or { target: <environment>/<region>, via: ..., allow: [...] }",
  ),
});

export const connectionsSchema = z
  .strictObject({
    peers: z
      .array(peer)
      .default([])
      .describe("Targets whose VPC is connected with this one: nothing may overlap."),
    onPremises: z
      .strictObject({ cidrs: z.array(cidr).min(1).describe("Address ranges on premises.") })
      .optional()
      .describe("What is reached over Direct Connect or VPN: nothing may overlap."),
  })
  .prefault({})
  .describe("Networks that this one is connected with.");

export type PeerConfig = z.output<typeof peerSchema>;
export type Admission = PeerConfig["allow"][number];
