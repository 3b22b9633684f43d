import { Fault } from "../../text/errors";
import { Fn, type ITerraformDependable, Token } from "cdktf";
import type { Construct } from "constructs";
import { isCalledOnNodes } from "../../model/pod-network";
import { MONITORING_NAMESPACE } from "../../components/kube-prometheus-stack/record";
import { type Component, installed } from "../../components/components";
import { installerOf } from "../../components/installers";
import type { Installation, Installing } from "../../components/installing";
import { closedPorts } from "../../components/namespaces";
import type { PlatformPorts } from "../../components/component";
import { type PlatformCallers, PlatformNamespace } from "../../modules/policies/platform-namespace";
import type { Ipv6Ranges } from "../call-flows";
import { addHelmProvider, addKubernetesProvider } from "./cluster-access";
import { clusterContract } from "../cluster/cluster-contract";
import { networkContract } from "../network/network-contract";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import type { Outputs } from "./output-contract";
import { stacksBefore } from "../../model/stacks/stack-order";
import type { StackName } from "../../model/stacks/stack-names";

interface ClosedNamespace {
  /** Who else may call, by the name of the policy. */
  readonly callers?: Readonly<Record<string, PlatformCallers>>;
  readonly ports?: PlatformPorts;
}

/** A stack of what runs in the cluster, after nodes are there: charts, manifests and what they need of AWS. */
export abstract class InClusterStack extends PlatformStack {
  protected readonly cluster: Outputs<typeof clusterContract>;
  private readonly done = new Map<Component, Installation>();

  constructor(scope: Construct, name: StackName, props: PlatformStackProps) {
    super(scope, name, props);
    // Also where nothing of it is used: reading a state is what refuses this stack before that one is there.
    for (const each of stacksBefore(name, this.target)) this.readStack(each, {});
    this.cluster = this.readStack("cluster", clusterContract);
    addHelmProvider(this, this.cluster, this.target);
    addKubernetesProvider(this, this.cluster, this.target);
  }

  /**
   * Installs the components of this stack that have an installer and are not there yet, in order of their list. A stack that needs
   * what becomes of them, or has to be first, calls it with that; whoever makes the stack does for the others.
   */
  installComponents(dependsOn: ITerraformDependable[] = []): ReadonlyMap<Component, Installation> {
    const { config } = this.target;
    for (const { name, stack, isUsed } of installed) {
      const install = installerOf(name);
      if (install === undefined || stack !== this.stackName || !isUsed(config) || this.done.has(name))
        continue;
      this.done.set(name, install({ ...this.installing(dependsOn), earlier: this.done }));
    }
    return this.done;
  }

  private installing(dependsOn: ITerraformDependable[]): Omit<Installing, "earlier"> {
    return {
      scope: this,
      target: this.target,
      placement: this.placement(),
      dependsOn,
      closeNamespace: (namespace, after) => this.closeNamespace(namespace, after),
    };
  }

  /** For what the control plane calls. */
  protected placement(): { hostNetwork: boolean; imageMirror?: string } {
    return { hostNetwork: isCalledOnNodes(this.target.config), ...this.mirror() };
  }

  /** Reads the network's state only if it is asked: most targets need nothing of it. */
  protected ipv6Ranges(): () => Ipv6Ranges {
    let ranges: Ipv6Ranges | undefined;
    return () => {
      ranges ??= {
        vpc: Token.asString(Fn.element(this.readStack("network", networkContract).vpc_ipv6_cidr_blocks, 0)),
        services: this.cluster.service_cidr,
      };
      return ranges;
    };
  }

  /**
   * Closes a namespace of the platform to callers that it does not know, where anybody enforces policies. Its ports are those of its
   * component's record, unless a target says more.
   */
  protected closeNamespace(
    namespace: string,
    dependsOn: ITerraformDependable[],
    { callers = {}, ports = closedPorts(namespace) }: ClosedNamespace = {},
  ): void {
    const enforcer = this.target.policyEnforcer;
    if (enforcer === undefined) return;
    if (ports === undefined) throw new Fault(`no record says which ports of ${namespace} are open`);
    new PlatformNamespace(this, `policies-${namespace}`, {
      namespace,
      enforcer,
      ...ports,
      monitoringNamespace: MONITORING_NAMESPACE,
      callers,
      dependsOn,
    });
  }
}
