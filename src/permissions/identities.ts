import type { AwsPlace, Resource } from "../guardrails/resource";
import { deployCalls } from "./deploy/deploy-calls";
import type { Identity } from "./identity";

/** Where the deploy role is made. */
interface DeployRolePlace {
  readonly stack: string;
  readonly address: string;
}

/** All identities of a target that its stacks and its bootstrap make, with what they call. */
export function identitiesOf(
  resources: readonly Resource[],
  place: AwsPlace,
  deploy: DeployRolePlace | undefined,
): Identity[] {
  return deploy === undefined
    ? []
    : [
        {
          name: "deploy",
          kind: "deploy",
          where: { stack: deploy.stack, address: deploy.address },
          calls: deployCalls(resources, place),
        },
      ];
}
