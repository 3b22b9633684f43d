import { type TerraformMetaArguments, TerraformResource } from "cdktf";
import type { Construct } from "constructs";

export interface GenericResourceProps extends TerraformMetaArguments {
  /** As Terraform calls it: `aws_sns_topic`. */
  readonly type: string;
  /** As the provider's documentation names them: `kms_master_key_id`. Tokens are allowed anywhere. */
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/**
 * A resource of any type, by the names of its provider's documentation: for the few that a stack of one's own needs of a provider
 * whose bindings are hundreds of megabytes. Its attributes are read by `getStringAttribute("arn")` and the like.
 */
export class GenericResource extends TerraformResource {
  private readonly given: Readonly<Record<string, unknown>>;

  constructor(scope: Construct, id: string, { type, attributes = {}, ...meta }: GenericResourceProps) {
    super(scope, id, { terraformResourceType: type, ...meta });
    this.given = attributes;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.given;
  }

  /** cdktf's own JSON asks for this one too, for its synthesis to HCL. */
  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this.given;
  }
}
