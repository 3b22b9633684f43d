import {
  TerraformDataSource,
  type TerraformElement,
  TerraformModule,
  TerraformResource,
  type TerraformStack,
} from "cdktf";
import { ExpectedError } from "../../text/errors";
import { unknownName } from "../../text/nearest";

/**
 * A resource, data source or module call of a stack by its address, as a plan shows it: `aws_s3_bucket.flow-logs`, `module.eks`.
 * For what `addOverride` changes.
 *
 * @throws ExpectedError where the stack has no such address
 */
export function elementAt(stack: TerraformStack, address: string): TerraformElement {
  const found = new Map<string, TerraformElement>();
  for (const each of stack.node.findAll()) {
    if (TerraformResource.isTerraformResource(each))
      found.set(`${each.terraformResourceType}.${each.friendlyUniqueId}`, each);
    else if (each instanceof TerraformDataSource)
      found.set(`data.${each.terraformResourceType}.${each.friendlyUniqueId}`, each);
    else if (each instanceof TerraformModule) found.set(`module.${each.friendlyUniqueId}`, each);
  }
  const element = found.get(address);
  if (element === undefined)
    throw new ExpectedError(unknownName(address, `an address of ${stack.node.id}`, [...found.keys()].sort()));
  return element;
}
