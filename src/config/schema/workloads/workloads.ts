import { z } from "zod";
import { DEFAULT_REPLICAS } from "../../../facts/defaults";
import { shortName } from "../common";
import { identitySchema, securityGroupsSchema } from "./aws";
import { callersSchema, dependenciesSchema } from "./dependencies";
import { imageSchema } from "./image";
import { portName, portsSchema } from "./ports";
import {
  metricsSchema,
  placementSchema,
  probesSchema,
  resourcesSchema,
  shutdownSchema,
  storageSchema,
  tracingSchema,
} from "./runtime";
import { scalingSchema } from "./scaling";
import { workloadSecretsSchema } from "./secrets";
import { serviceSchema } from "./service";
import { trafficSchema } from "./traffic";

/** One service. Also what a file `workloads/<service>.yaml` holds. */
export const workloadSchema = z.strictObject({
  namespace: shortName(63)
    .describe("Namespace of the pods, one of namespaces: its policies and quota apply to them.")
    .meta({ examples: ["payments"] }),
  image: imageSchema,
  controller: z
    .enum(["deployment", "stateful-set", "rollout"])
    .default("deployment")
    .describe(
      "What keeps the replicas running. Changing it recreates all pods. deployment: pods that are all alike; stateful-set: pods with names and volumes of their own; rollout: Argo Rollouts, needs gitops.rollouts.",
    ),
  app: shortName(40)
    .optional()
    .describe(
      "Another service, of which this is a version: that one has the address. Default: a service of its own.",
    ),
  version: z
    .string()
    .regex(/^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/, "is not a label value; write for example v1")
    .optional()
    .describe("Value of the pods' label version, by which traffic is split. Default: none."),
  ports: portsSchema,
  replicas: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe(`Number of pods that run the service. Default: ${DEFAULT_REPLICAS}, or by scaling.`),
  resources: resourcesSchema,
  command: z
    .array(z.string())
    .min(1)
    .optional()
    .describe("Command in place of the image's entry point, without a shell. Default: the image's."),
  args: z
    .array(z.string())
    .min(1)
    .optional()
    .describe("Arguments in place of the image's. Default: the image's."),
  environment: z
    .record(
      z
        .string()
        .regex(
          /^[A-Za-z_][A-Za-z0-9_]*$/,
          "is not the name of a variable; write letters, digits and underscores, for example LOG_LEVEL",
        ),
      z.string("is not text; put it in quotes"),
    )
    .default({})
    .describe(
      "Environment variables of the container. They can be read in Git and in the cluster: write secrets in secrets.",
    ),
  scaling: scalingSchema,
  dependencies: dependenciesSchema,
  callers: callersSchema,
  peers: z
    .array(portName)
    .optional()
    .describe(
      "Names of the ports on which the service's own pods call each other. Default: all of a stateful-set, none of others.",
    )
    .meta({ examples: [["cql"]] }),
  service: serviceSchema,
  traffic: trafficSchema.optional(),
  secrets: workloadSecretsSchema,
  identity: identitySchema,
  securityGroups: securityGroupsSchema,
  storage: storageSchema,
  metrics: metricsSchema,
  tracing: tracingSchema,
  probes: probesSchema,
  shutdown: shutdownSchema,
  placement: placementSchema,
});

export const workloadsSchema = z
  .record(shortName(40), workloadSchema)
  .optional()
  .describe(
    "Services of teams by name, here or each in a file workloads/<service>.yaml beside environment.yaml or platform.yaml. Default: none.",
  );

export type WorkloadConfig = z.output<typeof workloadSchema>;
