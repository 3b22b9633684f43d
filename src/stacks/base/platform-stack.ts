import { Fault, present } from "../../text/errors";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TimeProvider } from "@cdktf/provider-time/lib/provider";
import { DataTerraformRemoteStateS3, Fn, type ITerraformDependable, S3Backend, Token } from "cdktf";
import type { Construct } from "constructs";
import { resourceTags } from "../../model/resource-tags";
import { roleArn } from "../../model/role-arn";
import type { Target } from "../../model/target";
import { type Component, installed } from "../../components/components";
import { type Installations, installerOf } from "../../components/installers";
import type { ClusterOutputs, Installation, Installing, Provider } from "../../components/installing";
import { isCalledOnNodes } from "../../model/pod-network";
import type { Ipv6Ranges } from "../../wiring/call-flows";
import { clusterContract } from "../cluster/cluster-contract";
import { networkContract } from "../network/network-contract";
import { addHelmProvider, addKubernetesProvider } from "./cluster-access";
import { callOutBy } from "../../modules/chart-proxy";
import type { OutputContract, Outputs, ReadZones } from "./output-contract";
import { readOutputs } from "./published-outputs";
import { stackId, stateBackend, stateLocation, stateReader } from "../../model/stacks/state-location";
import type { StackName } from "../../model/stacks/stack-names";
import { WorkspaceStack } from "./workspace-stack";

/** Providers that registry modules bring along. Their own ranges are open, so two inits could differ. */
const MODULE_PROVIDERS = {
  cloudinit: { source: "hashicorp/cloudinit", version: "2.3.7" },
  null: { source: "hashicorp/null", version: "3.2.4" },
  time: { source: "hashicorp/time", version: "0.13.1" },
  tls: { source: "hashicorp/tls", version: "4.1.0" },
} as const;

/** Stacks of the target that come before, by name. */
export type EarlierStacks = ReadonlyMap<StackName, PlatformStack>;

export interface PlatformStackProps {
  readonly target: Target;
  readonly earlier: EarlierStacks;
}

type MadeCluster = ClusterOutputs & { readonly name: string };

/** One Terraform state of a target: backend, workspace locks, AWS provider and tags, the same for every stack. */
export abstract class PlatformStack extends WorkspaceStack {
  protected readonly target: Target;
  private readonly earlier: EarlierStacks;
  private readonly installations = new Map<Component, Installation>();
  private readonly states = new Map<StackName, DataTerraformRemoteStateS3>();

  constructor(
    scope: Construct,
    readonly stackName: StackName,
    { target, earlier }: PlatformStackProps,
  ) {
    super(scope, stackId(target, stackName), { workspace: target.workspace, owner: target.name });
    this.target = target;
    this.earlier = earlier;
    callOutBy(this, target.proxy);
    this.addBackend();
    this.addAwsProvider();
  }

  /** Providers of the EKS module, its submodules included, at exact versions. */
  protected pinModuleProviders(names: readonly string[] = Object.keys(MODULE_PROVIDERS)): void {
    for (const [name, provider] of Object.entries(MODULE_PROVIDERS)) {
      if (names.includes(name)) this.addOverride(`terraform.required_providers.${name}`, provider);
    }
  }

  /** Where images come from, for what takes a mirror. */
  protected mirror(): { imageMirror?: string } {
    const { images } = this.target.config;
    return images ? { imageMirror: images.mirror } : {};
  }

  /** What an earlier stack of the target publishes, read from its state. */
  protected readStack<Contract extends OutputContract>(
    name: StackName,
    contract: Contract,
  ): Outputs<Contract> {
    const upstream = this.earlier.get(name);
    if (upstream === undefined)
      throw new Fault(`${this.stackName} reads ${name}, which the target does not have`);
    this.addDependency(upstream);
    return this.readState(name, contract);
  }

  /** What a stack of the target publishes, without an order between the two. */
  protected readState<Contract extends OutputContract>(
    name: StackName,
    contract: Contract,
  ): Outputs<Contract> {
    const known = this.states.get(name);
    const state =
      known ??
      new DataTerraformRemoteStateS3(this, name, {
        ...stateReader(stateLocation(this.target, name)),
        workspace: "${terraform.workspace}",
      });
    this.states.set(name, state);
    return readOutputs(state, contract, zonesToRead(this.target));
  }

  /** AWS as a peer has it: its region, its account and its role. */
  protected peerProvider(peer: Target): AwsProvider {
    const { config, region } = peer;
    return new AwsProvider(this, `aws-${peer.workspace}`, {
      alias: peer.workspace,
      region,
      allowedAccountIds: [this.accountInWorkspace(config.account.id)],
      assumeRole: [{ roleArn: roleArn(config.account.deployRole, peer), sessionName: "octarine" }],
      defaultTags: [{ tags: resourceTags(peer) }],
    });
  }

  /** Adds a provider, once. Those of the cluster's API are led there by its state. */
  protected need(...providers: readonly Provider[]): void {
    for (const name of providers.filter((each) => this.node.tryFindChild(each) === undefined)) {
      if (name === "those of modules") this.pinModuleProviders();
      else if (name === "time") new TimeProvider(this, name);
      else {
        const add = name === "helm" ? addHelmProvider : addKubernetesProvider;
        add(this, this.readStack("cluster", clusterContract), this.target);
      }
    }
  }

  /** Reads the network's state only if it is asked: most targets need nothing of it. */
  protected ipv6Ranges(): () => Ipv6Ranges {
    let ranges: Ipv6Ranges | undefined;
    return () => {
      ranges ??= {
        vpc: Token.asString(Fn.element(this.readStack("network", networkContract).vpc_ipv6_cidr_blocks, 0)),
        services: this.readStack("cluster", clusterContract).service_cidr,
      };
      return ranges;
    };
  }

  /**
   * Installs the components of this stack that are not there yet, in order of their list. A stack that needs what becomes of them, or
   * has something that is to be there first, calls it with that; whoever makes the stack does for the others.
   *
   * @param made the cluster, by the stack that makes it
   */
  installComponents(dependsOn: ITerraformDependable[] = [], made?: MadeCluster): Installations {
    for (const { name, stack, isUsed } of installed) {
      const install = installerOf(name);
      if (install === undefined || stack !== this.stackName || this.installations.has(name)) continue;
      if (!isUsed(this.target.config)) continue;
      const installation = install(this.installing(dependsOn, made));
      if (installation !== undefined) this.installations.set(name, installation);
    }
    return Object.fromEntries(this.installations);
  }

  /** What became of a component that the stack always has. */
  protected installation<Name extends keyof Installations>(name: Name): Required<Installations>[Name] {
    const found = this.installations.get(name) as Required<Installations>[Name] | undefined;
    return present(found, `${name} of ${this.target.name}`);
  }

  /** What the stack gives to what it installs. */
  protected installing(dependsOn: ITerraformDependable[] = [], made?: MadeCluster): Installing {
    const { target } = this;
    const room = [...this.installations.values()].filter(({ makesRoom }) => makesRoom);
    return {
      scope: this,
      target,
      clusterName: made?.name ?? target.clusterName,
      cluster: () => made ?? this.readStack("cluster", clusterContract),
      network: () => this.readStack("network", networkContract),
      ipv6: this.ipv6Ranges(),
      placement: { hostNetwork: isCalledOnNodes(target.config), ...this.mirror() },
      mirror: this.mirror(),
      dependsOn: [...dependsOn, ...room.map(({ release }) => release)],
      earlier: this.installations,
      need: (...providers) => this.need(...providers),
    };
  }

  private addBackend(): void {
    const { useLockfile, ...backend } = stateBackend(stateLocation(this.target, this.stackName));
    // cdktf 0.21 has no property for it.
    new S3Backend(this, backend).addOverride("use_lockfile", useLockfile);
  }

  private addAwsProvider(): void {
    const { config, region } = this.target;
    new AwsProvider(this, "aws", {
      region,
      allowedAccountIds: [this.accountInWorkspace(config.account.id)],
      assumeRole: [{ roleArn: roleArn(config.account.deployRole, this.target), sessionName: "octarine" }],
      defaultTags: [{ tags: resourceTags(this.target) }],
    });
  }
}

/** Zones of a target's outputs, for who reads them. */
export function zonesToRead({ zones }: Target): Record<ReadZones, readonly string[]> {
  return {
    "in-use": zones.inUse,
    kept: zones.kept,
    "control-plane": zones.controlPlane,
  };
}
