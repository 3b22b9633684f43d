import { z } from "zod";
import { accountSchema, imagesSchema, runnerSchema, stateSchema, tagsSchema } from "./account";
import { capacitySchema } from "./capacity";
import { backupSchema } from "../../components/velero/settings";
import { clusterSchema } from "./cluster";
import { kedaSchema } from "../../components/keda/settings";
import { metricsServerSchema } from "../../components/metrics-server/settings";
import { verticalPodAutoscalerSchema } from "../../components/vpa/settings";
import { cniSchema } from "./cni";
import { costSchema } from "./cost";
import { karpenterSchema } from "../../components/karpenter/settings";
import { decisionsSchema } from "./decisions";
import { ingressSchema } from "./ingress";
import { namespacesSchema } from "./namespaces";
import { meshSchema } from "./mesh";
import { networkSchema } from "./network/network";
import { nodesSchema } from "./nodes";
import { podIdentitiesSchema } from "./pod-identities";
import { policiesSchema } from "./policies";
import { waiversSchema } from "./waivers";
import { gitopsSchema } from "../../components/argo-cd/settings";
import { identitySchema } from "./identity";
import { observabilitySchema } from "./observability";
import { secretsSchema } from "./secrets";
import { trafficApiSchema } from "./traffic";
import { workloadsSchema } from "./workloads/workloads";

/** Everything a target says but its versions: what records of components ask, of which versions ask in turn. */
export const sectionsSchema = z.strictObject({
  production: z
    .boolean()
    .optional()
    .describe(
      "Production rules: three zones, NAT per zone, deletion protection, --allow-prod. Default: in environment prod.",
    ),
  account: accountSchema,
  state: stateSchema,
  runner: runnerSchema.optional(),
  tags: tagsSchema,
  images: imagesSchema,
  network: networkSchema,
  cluster: clusterSchema,
  cni: cniSchema,
  nodes: nodesSchema,
  policies: policiesSchema,
  namespaces: namespacesSchema,
  podIdentities: podIdentitiesSchema,
  karpenter: karpenterSchema.optional(),
  metricsServer: metricsServerSchema.optional(),
  keda: kedaSchema.optional(),
  verticalPodAutoscaler: verticalPodAutoscalerSchema.optional(),
  capacity: capacitySchema,
  cost: costSchema,
  waivers: waiversSchema,
  decisions: decisionsSchema,
  secrets: secretsSchema,
  ingress: ingressSchema,
  observability: observabilitySchema,
  gitops: gitopsSchema,
  identity: identitySchema,
  backup: backupSchema,
  mesh: meshSchema,
  traffic: trafficApiSchema,
  workloads: workloadsSchema,
});

export type TargetSections = z.output<typeof sectionsSchema>;
