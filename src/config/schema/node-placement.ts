import { z } from "zod";

export const placementGroup = z
  .strictObject({
    name: z
      .string()
      .regex(
        /^\S(.{0,253}\S)?$/,
        "is not a placement group's name; write it as EC2 has it, at most 255 characters",
      )
      .describe("Name of a placement group that there is, in the target's account and region.")
      .meta({ examples: ["training"] }),
    strategy: z
      .enum(["cluster", "spread", "partition"])
      .describe(
        "What kind it is. cluster: nodes close together, in one zone; spread: each on hardware of its own, 7 in a zone; partition: in up to 7 parts of a zone that share no hardware.",
      ),
  })
  .describe(
    "Placement group of EC2 that the nodes start in. Make it before: aws ec2 create-placement-group. Default: none, and AWS places them.",
  );

export const capacityReservation = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z
        .literal("on-demand")
        .describe("An On-Demand Capacity Reservation, which is paid whether used or not."),
      id: reservationId(),
    }),
    z.strictObject({
      kind: z
        .literal("ml-block")
        .describe("A Capacity Block for ML: accelerators for a time, paid when it is bought."),
      id: reservationId(),
    }),
    z.strictObject({
      kind: z.literal("resource-group").describe("All On-Demand Capacity Reservations of a resource group."),
      arn: z
        .string()
        .regex(
          /^arn:aws[a-z-]*:resource-groups:[a-z0-9-]+:\d{12}:group\/[\w.-]+(\/[a-z0-9]+)?$/,
          "is not a resource group; write arn:aws:resource-groups:<region>:<account>:group/<name>",
        )
        .describe("Resource group that holds the reservations, by ARN.")
        .meta({ examples: ["arn:aws:resource-groups:us-east-1:111122223333:group/training"] }),
    }),
  ])
  .describe("Capacity that was reserved, which the nodes take. Default: none but what matches by itself.");

function reservationId() {
  return z
    .string()
    .regex(/^cr-[0-9a-f]{8,17}$/, "is not a capacity reservation; write for example cr-0123456789abcdef0")
    .describe("Id of the reservation. It is of one instance type and one zone.")
    .meta({ examples: ["cr-0123456789abcdef0"] });
}

export const efa = z
  .strictObject({
    interfaces: z
      .number()
      .int()
      .min(1)
      .max(32)
      .optional()
      .describe(
        "Number of interfaces: the first carries IP as well, the others have no address. Default: one for each network card of the type.",
      )
      .meta({ examples: [4] }),
  })
  .describe(
    "Elastic Fabric Adapters on each node, and a security group in which they reach each other. Pods get them from AWS's EFA device plugin, which a team brings. Default: none.",
  );
