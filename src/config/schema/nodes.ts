import { z } from "zod";
import { DEFAULT_MAX_UNAVAILABLE_PERCENT } from "../../facts/defaults";
import { shortName } from "./common";
import { kubeletSchema } from "./kubelet";
import { groupLabels, groupTaints } from "./node-labels";
import { nodeMachine } from "./node-machine";
import { capacityReservation, efa, placementGroup } from "./node-placement";
import { nodePolicies, rootVolume } from "./node-group-parts";
import { tagKey, tagValue } from "./tags";

const nodeGroupSchema = z
  .strictObject({
    instanceTypes: z
      .array(z.string())
      .min(1)
      // EKS API reference, CreateNodegroup, instanceTypes with a launch template.
      .max(20, "AWS rejects this: at most 20 types in a group; write fewer, or make two groups")
      .describe(
        "EC2 instance types, all of one architecture. The one that takes the fewest pods decides max pods.",
      )
      .meta({ examples: [["m7i.large"]] }),
    size: z
      .strictObject({
        min: z.number().int().min(0).describe("Least number of nodes, over all zones."),
        max: z
          .number()
          .int()
          .min(1)
          .describe("Greatest number of nodes, over all zones. Their addresses have to fit the subnets."),
        desired: z
          .number()
          .int()
          .min(0)
          .optional()
          .describe("Number of nodes at creation; later the autoscaler's. Default: min."),
      })
      .describe("How many nodes the group has, at least and at most."),
    ami: nodeMachine.ami,
    amiId: z
      .string()
      .regex(/^ami-[0-9a-f]{8,17}$/, "is not an AMI; write its id, for example ami-0123456789abcdef0")
      .optional()
      .describe(
        "AMI of your own, made from the operating system that ami says, for the types' architecture. No release moves it: a new id replaces the nodes, and its kubelet is yours to keep within the cluster's version. Default: EKS's, at the release's version.",
      )
      .meta({ examples: ["ami-0123456789abcdef0"] }),
    capacity: z
      .enum(["on-demand", "spot"])
      .default("on-demand")
      .describe(
        "Purchase option. on-demand: kept as long as you want; spot: cheaper, and AWS takes nodes back at two minutes' notice.",
      ),
    zones: z
      .array(z.string())
      .min(1)
      .optional()
      .describe("Zones that nodes are made in. Default: all of the network's.")
      .meta({ examples: [["us-east-1a", "us-east-1b"]] }),
    placementGroup: placementGroup.optional(),
    capacityReservation: capacityReservation.optional(),
    efa: efa.optional(),
    rootVolumeGiB: nodeMachine.rootVolumeGiB,
    rootVolume: rootVolume.optional(),
    maxPods: z
      .union(
        [z.literal("auto"), z.literal("ami-default"), z.number().int().min(4).max(250)],
        "must be auto, ami-default or a number from 4 to 250",
      )
      .default("auto")
      .describe(
        "Number of pods that a node takes. auto: what the CNI mode and the smallest instance type allow; ami-default: what the EKS AMI" +
          " computes for the VPC CNI without prefixes, whatever the CNI.",
      ),
    kubelet: kubeletSchema.optional(),
    generation: z
      .number()
      .int()
      .min(2)
      .max(999)
      .optional()
      .describe(
        "Number of times that the group has been made: a higher one makes it anew. The new one starts beside the old one, whose nodes EKS then drains, all at once and for five minutes at most, and removes. Needed for another ami or architecture, and with cluster.migration. Default: none; the group is the first.",
      )
      .meta({ examples: [2] }),
    labels: groupLabels
      .describe("Kubernetes labels of the nodes, for selectors of pods.")
      .meta({ examples: [{ workload: "general" }] }),
    taints: groupTaints
      .describe("Kubernetes taints of the nodes: only pods that tolerate all of them run there.")
      .meta({ examples: [["CriticalAddonsOnly=true:NoSchedule"]] }),
    maxUnavailablePercent: z
      .number()
      .int()
      .min(1)
      .max(100)
      .optional()
      .describe(
        `Greatest part of the nodes replaced at once in an update, in percent: more is quicker and needs more room on the others. Default: ${DEFAULT_MAX_UNAVAILABLE_PERCENT}, or none beside maxUnavailable.`,
      )
      .meta({ examples: [25] }),
    maxUnavailable: z
      .number()
      .int()
      .min(1)
      // EKS API reference, NodegroupUpdateConfig, maxUnavailable.
      .max(100, "AWS rejects this: at most 100 nodes at once; write fewer")
      .optional()
      .describe(
        "Greatest number of nodes replaced at once in an update, however many there are. Default: none; maxUnavailablePercent decides.",
      )
      .meta({ examples: [1] }),
    tags: z
      .record(tagKey, tagValue)
      .default({})
      .describe(
        "AWS tags of this group besides the target's, over which they take precedence: on the group, its role, launch template, instances, volumes and interfaces.",
      )
      .meta({ examples: [{ "cost-center": "batch" }] }),
    additionalPolicies: nodePolicies.default([]),
  })
  .superRefine(({ maxUnavailable, maxUnavailablePercent }, context) => {
    if (maxUnavailable === undefined || maxUnavailablePercent === undefined) return;
    context.addIssue({
      code: "custom",
      path: ["maxUnavailable"],
      message:
        "excludes maxUnavailablePercent, and AWS takes one of them; remove one (null takes a key of another layer away)",
    });
  })
  .describe("One managed node group.");

export const nodesSchema = z
  .record(shortName(21), nodeGroupSchema)
  .refine((groups) => Object.keys(groups).length > 0, "has no node group; CoreDNS and the operators need one")
  .describe("Managed node groups by name.");

export type NodeGroupConfig = z.output<typeof nodeGroupSchema>;
export type Taint = NodeGroupConfig["taints"][number];
