import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { DataResource, DataTerraformRemoteStateS3, S3Backend, TerraformElement, TerraformStack } from "cdktf";
import type { Construct, Node } from "constructs";
import { roleArn, type Target } from "../config/target";
import type { OutputContract, Outputs } from "./published-outputs";
import { readOutputs } from "./published-outputs";
import { stackId, type StackName, stateLocation } from "./state-location";

/** Providers that registry modules bring along. Their own ranges are open, so two inits could differ. */
const MODULE_PROVIDERS = {
  cloudinit: { source: "hashicorp/cloudinit", version: "2.3.7" },
  null: { source: "hashicorp/null", version: "3.2.4" },
  time: { source: "hashicorp/time", version: "0.13.1" },
  tls: { source: "hashicorp/tls", version: "4.1.0" },
} as const;

export interface PlatformStackProps {
  readonly target: Target;
}

/** One Terraform state of a target: backend, workspace locks, AWS provider and tags, the same for every stack. */
export abstract class PlatformStack extends TerraformStack {
  protected readonly target: Target;

  constructor(
    scope: Construct,
    readonly stackName: StackName,
    { target }: PlatformStackProps,
  ) {
    super(scope, stackId(target, stackName));
    this.target = target;

    // 1.11 is the first with native S3 locking.
    this.addOverride("terraform.required_version", ">= 1.11");
    this.addBackend();
    this.addWorkspaceLock();
    this.addAwsProvider();
  }

  /** Providers of the EKS module, its submodules included, at exact versions. */
  protected pinModuleProviders(): void {
    for (const [name, provider] of Object.entries(MODULE_PROVIDERS)) {
      this.addOverride(`terraform.required_providers.${name}`, provider);
    }
  }

  /** What `upstream` publishes, read from its state. */
  protected read<Contract extends OutputContract>(
    upstream: PlatformStack,
    contract: Contract,
  ): Outputs<Contract> {
    const {
      bucket,
      region,
      key,
      workspaceKeyPrefix,
      roleArn: role,
    } = stateLocation(this.target, upstream.stackName);
    this.addDependency(upstream);
    const state = new DataTerraformRemoteStateS3(this, upstream.stackName, {
      bucket,
      region,
      key,
      workspaceKeyPrefix,
      workspace: "${terraform.workspace}",
      assumeRole: { roleArn: role, sessionName: "octarine" },
    });
    return readOutputs(state, contract, this.target.config.network.zones.toSorted());
  }

  /** Addresses are construct paths, readable in a plan: `aws_subnet.network_nodes-us-east-1a`. */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    return node.scopes
      .slice(node.scopes.indexOf(this) + 1)
      .map(({ node: { id } }) => id)
      .join("_");
  }

  private addBackend(): void {
    const {
      bucket,
      region,
      key,
      workspaceKeyPrefix,
      kmsKeyArn,
      roleArn: role,
    } = stateLocation(this.target, this.stackName);
    const backend = new S3Backend(this, {
      bucket,
      region,
      key,
      workspaceKeyPrefix,
      encrypt: true,
      kmsKeyId: kmsKeyArn,
      assumeRole: { roleArn: role, sessionName: "octarine" },
    });
    // cdktf 0.21 has no property for it.
    backend.addOverride("use_lockfile", true);
  }

  private addWorkspaceLock(): void {
    const { workspace, name } = this.target;
    new DataResource(this, "workspace", {
      input: {},
      lifecycle: {
        precondition: [
          {
            condition: `\${terraform.workspace == "${workspace}"}`,
            errorMessage: `This is ${name}: it belongs in workspace ${workspace}. Run: terraform workspace select -or-create ${workspace}`,
          },
        ],
      },
    });
  }

  private addAwsProvider(): void {
    const { config, region, workspace, name, environment } = this.target;
    // Destroy and -target evaluate no precondition, but always the provider: a wrong workspace gets no account.
    const accountHere = `\${terraform.workspace == "${workspace}" ? "${config.account.id}" : "000000000000"}`;
    new AwsProvider(this, "aws", {
      region,
      allowedAccountIds: [accountHere],
      assumeRole: [{ roleArn: roleArn(config.account.deployRole, this.target), sessionName: "octarine" }],
      defaultTags: [{ tags: { ...config.tags, ...platformTags(name, environment) } }],
    });
  }
}

/** Tags that tell whose a resource is. */
export function platformTags(target: string, environment: string): Record<string, string> {
  return { "octarine:target": target, "octarine:environment": environment };
}
