import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { PlatformPorts } from "../components/component";
import { MONITORING_NAMESPACE } from "../components/kube-prometheus-stack/record";
import { closedPorts } from "../components/namespaces";
import type { Target } from "../model/target";
import { type PlatformCallers, PlatformNamespace } from "../modules/policies/platform-namespace";
import { Fault } from "../text/errors";

interface ClosedNamespace {
  /** Who else may call, by the name of the policy. */
  readonly callers?: Readonly<Record<string, PlatformCallers>>;
  readonly ports?: PlatformPorts;
}

/**
 * Closes a namespace of the platform to callers that it does not know, where anybody enforces policies. Its ports are those of its
 * component's record, unless a target says more.
 */
export function closeNamespace(
  { scope, target }: { readonly scope: Construct; readonly target: Target },
  namespace: string,
  dependsOn: ITerraformDependable[],
  { callers = {}, ports = closedPorts(namespace) }: ClosedNamespace = {},
): void {
  const enforcer = target.policyEnforcer;
  if (enforcer === undefined) return;
  if (ports === undefined) throw new Fault(`no record says which ports of ${namespace} are open`);
  new PlatformNamespace(scope, `policies-${namespace}`, {
    namespace,
    enforcer,
    ...ports,
    monitoringNamespace: MONITORING_NAMESPACE,
    callers,
    dependsOn,
  });
}
