import {
  type Precondition as TerraformPrecondition,
  TerraformElement,
  TerraformResource,
  TerraformStack,
} from "cdktf";
import type { Construct, Node } from "constructs";
import { escapeMarked } from "./template-text";

export interface WorkspaceStackProps {
  /** The one Terraform workspace that the stack's state belongs in. */
  readonly workspace: string;
  /** Whose stack it is, for a person who is in another workspace: `prod/us-east-1`. */
  readonly owner: string;
}

/** A stack that belongs in one workspace, with addresses that a person can read in a plan. */
export abstract class WorkspaceStack extends TerraformStack {
  private readonly workspace: string;
  private readonly refusals: TerraformPrecondition[];

  constructor(scope: Construct, id: string, { workspace, owner }: WorkspaceStackProps) {
    super(scope, id);
    this.workspace = workspace;
    // 1.11 is the first with native S3 locking.
    this.addOverride("terraform.required_version", ">= 1.11");
    this.refusals = [
      {
        condition: `\${terraform.workspace == "${workspace}"}`,
        errorMessage: `This is ${owner}: it belongs in workspace ${workspace}. Run: terraform workspace select -or-create ${workspace}`,
      },
    ];
    // Not cdktf's DataResource, which runs `terraform version` for every stack of every synthesis.
    new TerraformResource(this, "workspace", {
      terraformResourceType: "terraform_data",
      lifecycle: { precondition: this.refusals },
    });
  }

  /** Plans that do not meet these conditions fail with their messages; a destroy asks for none of them. */
  protected refuse(...refusals: readonly TerraformPrecondition[]): void {
    this.refusals.push(...refusals);
  }

  /**
   * The account, for a provider's `allowed_account_ids`. Destroy and -target evaluate no precondition, but always the
   * provider: a wrong workspace gets no account.
   */
  protected accountInWorkspace(accountId: string): string {
    return `\${terraform.workspace == "${this.workspace}" ? "${accountId}" : "000000000000"}`;
  }

  /** As cdktf makes it, with text of the config kept text (template-text.ts). */
  override toTerraform(): unknown {
    return escapeMarked(super.toTerraform() as unknown);
  }

  /** Addresses are construct paths, readable in a plan: `aws_subnet.network_nodes-us-east-1a`. */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    return node.scopes
      .slice(node.scopes.indexOf(this) + 1)
      .map(({ node: { id } }) => id)
      .join("_");
  }
}
