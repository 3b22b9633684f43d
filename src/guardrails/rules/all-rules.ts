import type { Rule } from "../rule";
import { admissionRules } from "./admission";
import { clusterObjectRules } from "./cluster-objects";
import { controlPlaneRules } from "./control-plane";
import { encryptionRules } from "./encryption";
import { helmRules } from "./helm";
import { helmRequestRules } from "./helm-requests";
import { iamRules } from "./iam";
import { karpenterRules } from "./karpenter";
import { nameRules } from "./names";
import { networkRules } from "./network";
import { nodeOrderRules } from "./node-order";
import { nodeRules } from "./nodes";
import { permissionRules } from "./permissions";
import { podRules } from "./pods";
import { policyRules } from "./policies";
import { reachabilityRules } from "./reachability";
import { rbacRules } from "./rbac";
import { secretRules } from "./secrets";
import { stateRules } from "./state";
import { valueRules } from "./values";

/** Every guardrail, in the order in which they are shown. */
export const allRules: readonly Rule[] = [
  ...networkRules,
  ...reachabilityRules,
  ...controlPlaneRules,
  ...nodeOrderRules,
  ...nodeRules,
  ...karpenterRules,
  ...iamRules,
  ...policyRules,
  ...permissionRules,
  ...encryptionRules,
  ...secretRules,
  ...helmRules,
  ...helmRequestRules,
  ...podRules,
  ...admissionRules,
  ...clusterObjectRules,
  ...rbacRules,
  ...stateRules,
  ...nameRules,
  ...valueRules,
];

/** Those that compare targets with each other. */
export const fleetRules: readonly Rule[] = allRules.filter(({ id }) => id === "NAME-TWICE");

/** Those that a target is judged by alone. */
export const targetRules: readonly Rule[] = allRules.filter((each) => !fleetRules.includes(each));

export const ruleIds: ReadonlySet<string> = new Set(allRules.map(({ id }) => id));
