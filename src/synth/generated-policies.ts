import { ConfigError } from "../config/read/problem";
import { problemAt } from "../config/read/problem-at";
import { type Environment, namePrefixesOf } from "../model/environment";
import type { DeployPolicy } from "../model/deploy-policy";
import { deployPolicies, MOST_POLICIES, sizeOf } from "../permissions/deploy-policies";
import { proofOfTarget } from "./guard-targets";

/**
 * The policies of an environment's deploy role, made of what the deploys of all its targets call.
 *
 * @param kept policies that stay, with what is needed besides
 * @throws ConfigError where they are more than IAM attaches to a role
 */
export function generatedPolicies(environment: Environment, kept: readonly DeployPolicy[]): DeployPolicy[] {
  const { account, partition, stateBucket, targets } = environment;
  const { deployPolicy } = account;
  const policies = deployPolicies(
    targets.flatMap((each) => proofOfTarget(each)),
    {
      accountId: account.id,
      partition,
      namePrefixes: namePrefixesOf(environment),
      stateBucket,
      whole: deployPolicy.kind === "generated" ? deployPolicy.whole : [],
      kept,
    },
  );
  if (policies.length > MOST_POLICIES) throw tooMany(environment, policies);
  return policies;
}

function tooMany({ name, targets: [target] }: Environment, policies: readonly DeployPolicy[]): ConfigError {
  const sizes = new Map<string, number>();
  for (const each of policies.flatMap(({ statements }) => statements)) {
    const service = (each.Action[0] ?? "").replace(/:.*/, "");
    sizes.set(service, (sizes.get(service) ?? 0) + sizeOf([each]));
  }
  const [largest = ["ec2", 0]] = [...sizes].sort(([, a], [, b]) => b - a);
  const message =
    `needs ${policies.length + 2} policies for what the deploys of ${name} call, and IAM attaches at most 10 to a role` +
    ` (most is of ${largest[0]}, ${largest[1]} characters); write whole: [ec2, eks, elasticloadbalancing] here, or move` +
    " targets to an environment with a deployRole of its own";
  return new ConfigError([problemAt(target, ["account", "deployPolicy"], message)]);
}
