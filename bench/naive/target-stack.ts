import { S3Backend, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import * as aws from "@cdktf/provider-aws";

export interface TargetProps {
  readonly name: string;
  readonly region: string;
  readonly cidr: string;
}

export class TargetStack extends TerraformStack {
  constructor(
    scope: Construct,
    layer: string,
    protected readonly target: TargetProps,
  ) {
    super(scope, `${target.name}-${layer}`);
    new aws.provider.AwsProvider(this, "aws", {
      region: target.region,
      defaultTags: [{ tags: { environment: target.name, layer } }],
    });
    new S3Backend(this, {
      bucket: `state-${target.name}`,
      key: `${layer}.tfstate`,
      region: target.region,
      encrypt: true,
    });
  }
}

/** A key with its alias. */
export function keyOf(stack: TerraformStack, id: string, alias: string): aws.kmsKey.KmsKey {
  const key = new aws.kmsKey.KmsKey(stack, `${id}-key`, { description: alias, enableKeyRotation: true });
  new aws.kmsAlias.KmsAlias(stack, `${id}-alias`, { name: `alias/${alias}`, targetKeyId: key.keyId });
  return key;
}
