import { z } from "zod";
import { allowSchema } from "./allow";
import { shortName } from "./common";
import { labelKey, labelValue } from "./labels";
import { defaultDeny, podSecurity } from "./policies";
import { shortOrMap } from "./short-or-map";

const cpus = z.number().positive().max(100_000);
const memoryMiB = z.number().int().min(1).max(100_000_000);
const count = z.number().int().min(0).max(1_000_000);

const amounts = z.strictObject({
  cpus: cpus.optional().describe("CPU of each container, in cores. Default: none."),
  memoryMiB: memoryMiB.optional().describe("Memory of each container, in MiB. Default: none."),
});

const isNotEmpty = (value: object) => Object.keys(value).length > 0;

const quota = z
  .strictObject({
    cpus: cpus.optional().describe("CPU cores that all pods together request. Default: no limit."),
    memoryGiB: z
      .number()
      .int()
      .min(1)
      .max(1_000_000)
      .optional()
      .describe("Memory in GiB that all pods together request. Default: no limit."),
    storageGiB: z
      .number()
      .int()
      .min(0)
      .max(10_000_000)
      .optional()
      .describe("Storage of all volume claims together, in GiB. Default: no limit."),
    pods: count.optional().describe("Number of pods, at most. Default: no limit."),
    loadBalancers: count
      .optional()
      .describe("Number of Services of type LoadBalancer, at most. Default: no limit."),
  })
  .refine(isNotEmpty, "limits nothing; write for example { cpus: 20, memoryGiB: 40 }")
  .optional()
  .describe("What the namespace may have in total: pods beyond it are refused. Default: no limit.");

const limits = z
  .strictObject({
    defaultRequest: amounts
      .optional()
      .describe(
        "What a container requests that states no requests. Default: nothing; admission refuses such a container.",
      ),
    defaultLimit: amounts
      .optional()
      .describe(
        "Limit of a container that states none: above its memory it is killed, above its CPU slowed down. Default: none.",
      ),
    max: amounts.optional().describe("Highest limit that a container may have. Default: none."),
  })
  .refine(isNotEmpty, "limits nothing; write for example { max: { memoryMiB: 8192 } }")
  .optional()
  .describe("Requests and limits of each container: a LimitRange. Default: none.");

const values = z.array(labelValue).min(1, "names no value; write one, or leave the key out");

const notIsolated = shortOrMap("must be a list of values or { values, probes }");

const isolate = z
  .record(
    labelKey,
    z
      .union(
        [
          values,
          z.strictObject({
            values: values.describe("Values of the label that mark an isolated pod."),
            probes: z
              .boolean()
              .default(false)
              .describe(
                "Kubelet may still probe the pods, so that a liveness probe does not restart what is kept for inspection.",
              ),
          }),
        ],
        {
          error: (issue) =>
            Array.isArray(issue.input)
              ? "must have text as values; put the label's values in quotes"
              : notIsolated(issue),
        },
      )
      .transform((given) => (Array.isArray(given) ? { values: given, probes: false } : given)),
  )
  .prefault({})
  .describe(
    "Pods with one of these values of a label have no traffic at all. Under Cilium not even kubelet's probes: pods with a liveness probe are restarted, unless probes is true.",
  )
  .meta({ examples: [{ app: ["default"] }] });

/** One namespace. Empty: everything at its default. */
export const namespaceSchema = z
  .strictObject({
    team: labelValue
      .optional()
      .describe("Team that the namespace belongs to; becomes the label octarine/team. Default: none."),
    labels: z
      .record(
        labelKey.refine(
          (key) => !/^(pod-security\.kubernetes\.io|kubernetes\.io|octarine)\//.test(key),
          "is a label that the platform or Kubernetes sets; prefixes octarine/, kubernetes.io/ and pod-security.kubernetes.io/ are taken",
        ),
        labelValue,
      )
      .default({})
      .describe("Further labels of the namespace, in addition to those that the platform sets."),
    podSecurity: podSecurity("node-exporter of the team reads /proc: OBS-23")
      .optional()
      .describe(
        "Pod Security level that is enforced here: restricted, or a weaker one with a reason. Default: as in policies.",
      ),
    defaultDeny: defaultDeny("calls of the old shop are not known yet: WEB-805")
      .optional()
      .describe(
        "Whether only the traffic passes that every pod needs and that allow lists. Default: as in policies.",
      ),
    quota,
    limits,
    identity: z
      .enum(["pod-identity", "irsa", "none"])
      .default("pod-identity")
      .describe(
        "How pods get AWS credentials: what they call to get them is let through. pod-identity: the agent on their node; irsa: STS; none: nothing.",
      ),
    apiServer: z
      .boolean()
      .default(false)
      .describe(
        "Whether pods may call the Kubernetes API, as operators need; what they may do there is up to RBAC.",
      ),
    metricsPorts: z
      .array(z.number().int().min(1).max(65535))
      .default([])
      .describe(
        "Ports on which Prometheus reads pods that are not services of workloads. Sidecars are read without it.",
      )
      .meta({ examples: [[9090]] }),
    isolate,
    allow: allowSchema,
  })
  .prefault({});

export const namespacesSchema = z
  .record(shortName(63), namespaceSchema)
  .prefault({})
  .describe("Namespaces of teams by name. One that is removed here is deleted with everything in it.")
  .meta({ examples: [{ payments: { team: "payments" } }] });

export type NamespaceConfig = z.output<typeof namespaceSchema>;
