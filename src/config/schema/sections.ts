import { z } from "zod";
import { sectionsOf } from "../../components/settings";
import { accountSchema, imagesSchema, runnerSchema, stateSchema, tagsSchema } from "./account";
import { capacitySchema } from "./capacity";
import { clusterSchema } from "./cluster";
import { cniSchema } from "./cni";
import { costSchema } from "./cost";
import { decisionsSchema } from "./decisions";
import { ingressSchema } from "./ingress";
import { namespacesSchema } from "./namespaces";
import { meshSchema } from "./mesh";
import { networkSchema } from "./network/network";
import { nodesSchema } from "./nodes";
import { podIdentitiesSchema } from "./pod-identities";
import { policiesSchema } from "./policies";
import { waiversSchema } from "./waivers";
import { identitySchema } from "./identity";
import { observabilitySchema } from "./observability";
import { secretsSchema } from "./secrets";
import { trafficApiSchema } from "./traffic";
import { workloadsSchema } from "./workloads/workloads";

/**
 * Everything a target says but its versions: what records of components ask, of which versions ask in turn. Where people decide on a
 * component that is a thing of its own, its section comes from its folder and stands where its stack's are.
 */
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
  ...sectionsOf.network,
  cluster: clusterSchema,
  ...sectionsOf.cluster,
  cni: cniSchema,
  ...sectionsOf.cni,
  nodes: nodesSchema,
  ...sectionsOf.nodes,
  policies: policiesSchema,
  ...sectionsOf.policies,
  namespaces: namespacesSchema,
  podIdentities: podIdentitiesSchema,
  ...sectionsOf.autoscaling,
  capacity: capacitySchema,
  cost: costSchema,
  waivers: waiversSchema,
  decisions: decisionsSchema,
  secrets: secretsSchema,
  ...sectionsOf.secrets,
  ingress: ingressSchema,
  ...sectionsOf.ingress,
  observability: observabilitySchema,
  ...sectionsOf.observability,
  ...sectionsOf.gitops,
  identity: identitySchema,
  ...sectionsOf.identity,
  ...sectionsOf.backup,
  mesh: meshSchema,
  ...sectionsOf.mesh,
  ...sectionsOf.federation,
  traffic: trafficApiSchema,
  workloads: workloadsSchema,
  ...sectionsOf.workloads,
});

export type TargetSections = z.output<typeof sectionsSchema>;
