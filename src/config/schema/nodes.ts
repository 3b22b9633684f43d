import { z } from "zod";
import { shortName } from "./common";
import { groupLabels, groupTaints } from "./node-labels";
import { nodeMachine } from "./node-machine";

const nodeGroupSchema = z
  .strictObject({
    instanceTypes: z
      .array(z.string())
      .min(1)
      // EKS API reference, CreateNodegroup, instanceTypes with a launch template.
      .max(20, "AWS rejects this: at most 20 types in a group; write fewer, or make two groups")
      .describe("EC2 instance types, all of one architecture. The one with the fewest pods decides max pods.")
      .meta({ examples: [["m7i.large"]] }),
    size: z
      .strictObject({
        min: z.number().int().min(0).describe("Fewest nodes, over all zones."),
        max: z.number().int().min(1).describe("Most nodes, over all zones."),
        desired: z
          .number()
          .int()
          .min(0)
          .optional()
          .describe("Nodes at creation; later the autoscaler's. Default: min."),
      })
      .describe("Number of nodes."),
    ami: nodeMachine.ami,
    capacity: z.enum(["on-demand", "spot"]).default("on-demand").describe("Purchase option."),
    zones: z.array(z.string()).min(1).optional().describe("Only these zones. Default: all of the network's."),
    rootVolumeGiB: nodeMachine.rootVolumeGiB,
    maxPods: z
      .union(
        [z.literal("auto"), z.literal("ami-default"), z.number().int().min(4).max(250)],
        "is neither auto, ami-default nor a number from 4 to 250",
      )
      .default("auto")
      .describe(
        "Pods a node takes. auto: what the CNI mode and the smallest instance type allow; ami-default: what the EKS AMI" +
          " computes for the VPC CNI without prefixes, whatever the CNI.",
      ),
    labels: groupLabels.describe("Kubernetes labels of the nodes."),
    taints: groupTaints.describe("Kubernetes taints of the nodes."),
    maxUnavailablePercent: z
      .number()
      .int()
      .min(1)
      .max(100)
      .default(33)
      .describe("Percent of nodes replaced at once in an update."),
  })
  .describe("One managed node group.");

export const nodesSchema = z
  .record(shortName(21), nodeGroupSchema)
  .refine((groups) => Object.keys(groups).length > 0, "has no node group; CoreDNS and the operators need one")
  .describe("Managed node groups by name.");

export type NodeGroupConfig = z.output<typeof nodeGroupSchema>;
export type Taint = NodeGroupConfig["taints"][number];
