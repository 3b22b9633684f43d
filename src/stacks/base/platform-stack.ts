import { Fault } from "../../text/errors";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { DataTerraformRemoteStateS3, S3Backend } from "cdktf";
import type { Construct } from "constructs";
import { roleArn } from "../../model/role-arn";
import type { Target } from "../../model/target";
import { callOutBy } from "../../modules/chart-proxy";
import { proxyOf } from "../proxy-of";
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

/** One Terraform state of a target: backend, workspace locks, AWS provider and tags, the same for every stack. */
export abstract class PlatformStack extends WorkspaceStack {
  protected readonly target: Target;
  private readonly earlier: EarlierStacks;
  private readonly states = new Map<StackName, DataTerraformRemoteStateS3>();

  constructor(
    scope: Construct,
    readonly stackName: StackName,
    { target, earlier }: PlatformStackProps,
  ) {
    super(scope, stackId(target, stackName), { workspace: target.workspace, owner: target.name });
    this.target = target;
    this.earlier = earlier;
    callOutBy(this, proxyOf(target));
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
    const { config, region, name, environment } = peer;
    return new AwsProvider(this, `aws-${peer.workspace}`, {
      alias: peer.workspace,
      region,
      allowedAccountIds: [this.accountInWorkspace(config.account.id)],
      assumeRole: [{ roleArn: roleArn(config.account.deployRole, peer), sessionName: "octarine" }],
      defaultTags: [{ tags: { ...config.tags, ...platformTags(name, environment) } }],
    });
  }

  private addBackend(): void {
    const { useLockfile, ...backend } = stateBackend(stateLocation(this.target, this.stackName));
    // cdktf 0.21 has no property for it.
    new S3Backend(this, backend).addOverride("use_lockfile", useLockfile);
  }

  private addAwsProvider(): void {
    const { config, region, name, environment } = this.target;
    new AwsProvider(this, "aws", {
      region,
      allowedAccountIds: [this.accountInWorkspace(config.account.id)],
      assumeRole: [{ roleArn: roleArn(config.account.deployRole, this.target), sessionName: "octarine" }],
      defaultTags: [{ tags: { ...config.tags, ...platformTags(name, environment) } }],
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

/** Tags that tell whose a resource is. */
export function platformTags(target: string, environment: string): Record<string, string> {
  return { "octarine:target": target, "octarine:environment": environment };
}
