import { z } from "zod";
import { poolDefaults } from "../../facts/defaults";
import { shortName } from "../../config/schema/common";
import { cron } from "../../config/schema/cron";
import { poolLabels, poolTaints } from "../../config/schema/node-labels";
import { nodeMachine } from "../../config/schema/node-machine";

/**
 * Go durations as Karpenter takes them (karpenter.sh NodePool: `^([0-9]+(s|m|h))+$`), with so few digits that Go can hold
 * them: one that it can't keeps Karpenter from reading the pool.
 */
const DURATION = "(?=[0-9])([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?";

const duration = z
  .string()
  .regex(new RegExp(`^${DURATION}$`), "is not a duration; write for example 120s, 5m, 336h or 1h30m")
  .meta({ examples: ["120s"] });

const durationOrNever = z
  .string()
  .regex(new RegExp(`^(${DURATION}|Never)$`), "is not a duration; write for example 120s, 5m, 336h, or Never")
  .meta({ examples: ["336h"] });

const ZERO = /^(0+[hms])+$/;

const classSchema = z
  .strictObject({
    ...nodeMachine,
    maxPods: z
      .union([z.literal("auto"), z.number().int().min(4).max(250)], "must be auto or a number from 4 to 250")
      .default("auto")
      .describe(
        "Number of pods that a node takes. auto: what the CNI mode and the pools' smallest type allow.",
      ),
    detailedMonitoring: z
      .boolean()
      .default(false)
      .describe(
        "Whether CloudWatch gets metrics of instances every minute rather than every five; billed by metric.",
      ),
  })
  .prefault({})
  .describe("What nodes are made of: an EC2NodeClass. A change replaces the nodes of its pools.");

type Limit = { percent: number; nodes?: undefined } | { nodes: number; percent?: undefined };
type Window = { schedule: string; duration: string } | { schedule?: undefined; duration?: undefined };
/** How many nodes at once, and when: a window of time, or always. */
type Budget = Limit & Window & { reasons?: ("Underutilized" | "Empty" | "Drifted")[] | undefined };

function onlyOne({ percent, nodes }: { percent: number | undefined; nodes: number | undefined }) {
  if (percent !== undefined) return nodes === undefined ? { percent } : undefined;
  return nodes === undefined ? undefined : { nodes };
}

function bothOrNone({ schedule, duration }: { schedule: string | undefined; duration: string | undefined }) {
  if (schedule === undefined) return duration === undefined ? {} : undefined;
  return duration === undefined ? undefined : { schedule, duration };
}

const budgetSchema = z
  .strictObject({
    percent: z
      .number()
      .int()
      .min(0)
      .max(100)
      .optional()
      .describe("Most nodes disrupted at once, in percent of the pool. Default: none; nodes decides."),
    nodes: z
      .number()
      .int()
      .min(0)
      .optional()
      .describe(
        "Number of nodes disrupted at once, at most; 0 stops disruption. Default: none; percent decides.",
      ),
    reasons: z
      .array(z.enum(["Underutilized", "Empty", "Drifted"]))
      .min(1)
      .optional()
      .describe("Reasons for disruption that the budget applies to. Default: all."),
    schedule: cron
      .optional()
      .describe(
        "When the budget takes effect: cron in UTC, days of the week 0 (Sunday) to 6. Needs duration. Default: it always applies.",
      ),
    duration: z
      .string()
      .regex(
        /^(?=[0-9])([0-9]{1,6}h)?([0-9]{1,6}m)?$/,
        "is not a duration; write hours and minutes, for example 8h or 1h30m",
      )
      .refine((text) => !ZERO.test(text), "is zero, so the budget would never apply; write for example 8h")
      .optional()
      .describe("How long the budget applies from then on. Needs schedule. Default: always.")
      .meta({ examples: ["8h"] }),
  })
  .transform(({ percent, nodes, schedule, duration, ...given }, context): Budget => {
    const limit = onlyOne({ percent, nodes });
    const window = bothOrNone({ schedule, duration });
    if (limit === undefined) context.addIssue("must have either percent or nodes; write one of them");
    if (window === undefined)
      context.addIssue(
        "has only one of schedule and duration, and Karpenter takes both or neither; write the other",
      );
    return limit === undefined || window === undefined ? z.NEVER : { ...given, ...limit, ...window };
  })
  .describe("How many nodes may be disrupted at once. The strictest budget in effect counts.");

const poolSchema = z
  .strictObject({
    class: shortName(40).describe("Name of the class under karpenter.classes."),
    categories: z
      .array(z.string().regex(/^[a-z]+$/, "is not an instance category; write for example m, c or r"))
      .min(1)
      .optional()
      .describe(
        `Categories of instances, by the first letters of types. Default: ${poolDefaults.categories.join(", ")}.`,
      )
      .meta({ examples: [["m", "c", "r"]] }),
    minGeneration: z
      .number()
      .int()
      .min(2)
      .max(20)
      .optional()
      .describe(
        `Oldest generation of instances, as a number: 6 for m6i. Default: ${poolDefaults.minGeneration}.`,
      ),
    vcpus: z
      .strictObject({
        min: z.number().int().min(1).default(poolDefaults.minVcpus).describe("Fewest vCPUs of a node."),
        max: z.number().int().min(1).optional().describe("Most vCPUs of a node. Default: no limit."),
      })
      .optional()
      .describe(
        `Size of nodes in vCPUs. Small types have few addresses for pods. Default: min ${poolDefaults.minVcpus}.`,
      ),
    instanceTypes: z
      .array(z.string())
      .min(1)
      .optional()
      .describe(
        "Only these instance types, in place of categories, minGeneration and vcpus. Few types run out of capacity sooner. Default: none.",
      )
      .meta({ examples: [["c7i.2xlarge", "m7i.2xlarge"]] }),
    arch: z
      .array(z.enum(["amd64", "arm64"]))
      .min(1)
      .default(["amd64"])
      .describe("Architectures. Both only where all images are built for both."),
    capacity: z
      .array(z.enum(["spot", "on-demand"]))
      .min(1)
      .default(["on-demand"])
      .describe("Purchase options; with both, spot comes first."),
    zones: z
      .array(z.string())
      .min(1)
      .optional()
      .describe("Zones that nodes are made in. Default: all with a node subnet."),
    limits: z
      .strictObject({
        cpus: z.number().int().min(1).describe("Most vCPUs of all nodes of the pool together."),
        memoryGiB: z
          .number()
          .int()
          .min(1)
          .optional()
          .describe("Most memory of all nodes of the pool together, in GiB. Default: no limit."),
      })
      .describe("Limits of the pool. The subnets' addresses are computed for them, too."),
    weight: z
      .number()
      .int()
      .min(1)
      .max(100)
      .optional()
      .describe(
        "Number from 1 to 100: pools with more weight are tried first. Default: none, which is less than 1.",
      ),
    consolidation: z
      .enum(["underutilized", "empty"])
      .default("underutilized")
      .describe(
        "Nodes that are removed. underutilized: those whose pods fit elsewhere; empty: only those without pods.",
      ),
    consolidateAfter: durationOrNever
      .default("120s")
      .describe("How long a node's pods must not have changed before the node is considered."),
    expireAfter: durationOrNever
      .refine(
        (text) => !ZERO.test(text),
        "replaces each node as soon as it is there; write for example 336h, or Never",
      )
      .default("336h")
      .describe("Age at which a node is replaced."),
    terminationGracePeriod: duration
      .optional()
      .describe(
        "Longest time for draining a node; then its pods are killed, whatever their disruption budgets. Default: no limit.",
      ),
    budgets: z
      .array(budgetSchema)
      .min(1)
      .max(50)
      .prefault([{ percent: 10 }])
      .describe("How many nodes may be disrupted at once; the strictest in effect counts."),
    labels: poolLabels
      .describe("Kubernetes labels of the nodes, for selectors of pods. A change replaces them.")
      .meta({ examples: [{ workload: "batch" }] }),
    taints: poolTaints
      .describe("Kubernetes taints of the nodes: only pods that tolerate all of them run there.")
      .meta({ examples: [["dedicated=batch:NoSchedule"]] }),
  })
  .refine(
    ({ instanceTypes, categories, minGeneration, vcpus }) =>
      instanceTypes === undefined ||
      (categories === undefined && minGeneration === undefined && vcpus === undefined),
    "has both instanceTypes and categories, minGeneration or vcpus; write one or the others",
  )
  .describe("One NodePool.");

export const karpenter = z
  .strictObject({
    identity: z
      .enum(["pod-identity", "irsa"])
      .default("pod-identity")
      .describe(
        "How the controller gets its AWS role. pod-identity: by EKS Pod Identity; irsa: by the cluster's OIDC issuer.",
      ),
    classes: z
      .record(shortName(40), classSchema)
      .default(() => ({ general: classSchema.parse({}) }))
      .describe(
        "EC2NodeClasses by name, which pools refer to. Default: general, with every key at its default.",
      ),
    pools: z
      .record(shortName(40), poolSchema)
      .refine(
        (pools) => Object.keys(pools).length > 0,
        "has no pool, and Karpenter makes no node without one",
      )
      .describe("NodePools by name: which nodes Karpenter may make, and how many."),
    spotToSpotConsolidation: z
      .boolean()
      .default(false)
      .describe("Also replace spot nodes with cheaper spot nodes (alpha in Karpenter)."),
    nodeRepair: z
      .boolean()
      .default(false)
      .describe("Replace nodes that report unhealthy conditions (alpha in Karpenter)."),
  })
  .describe("Karpenter: nodes made for pods that are waiting. Default: none; only the node groups.")
  .optional();

export type KarpenterConfig = NonNullable<z.output<typeof karpenter>>;
export type NodeClassConfig = KarpenterConfig["classes"][string];
export type NodePoolConfig = KarpenterConfig["pools"][string];
