import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { policyJson, type PolicyStatement } from "../policy-document";
import { namedStatements } from "./named-statements";
import {
  clusterIdentityStatements,
  type DeployScope,
  iamReadStatement,
  serviceStatements,
} from "./service-statements";
import { guardStatements, type StateAccess, stateStatements } from "./state-statements";

/** Names for which one policy has room: a managed policy holds 6,144 characters (IAM User Guide, "IAM and STS quotas"). */
const NAMES_PER_POLICY = 7;

export interface DeployRoleProps {
  /** ARN that the role will have; it gives path and name. */
  readonly arn: string;
  /** Roles that may assume it. They must exist. */
  readonly trustedArns: readonly string[];
  readonly scope: DeployScope;
  readonly state: StateAccess;
  /** Principals of the services whose service-linked roles it may create. */
  readonly serviceLinkedRoleServices: readonly string[];
  /** What it may do, by the names of its policies; left out: whole services, and what is named like the platform's. */
  readonly generated?: Readonly<Record<string, readonly PolicyStatement[]>>;
  /** What else of the bootstrap's identities it must leave alone. */
  readonly protectedArns: readonly string[];
  readonly dependsOn: ITerraformDependable[];
}

/** The role that every provider and the state backend assume. */
export class DeployRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: DeployRoleProps) {
    super(scope, id);
    const { path, name } = roleName(props.arn);
    const role = new IamRole(this, "role", {
      path,
      name,
      description: "Terraform, when it deploys the platform",
      // CI gets here by another role, and STS gives such a chain no longer sessions.
      maxSessionDuration: 3600,
      assumeRolePolicy: policyJson([deployTrust(props.trustedArns)]),
      dependsOn: props.dependsOn,
    });
    this.arn = role.arn;
    for (const [purpose, statements] of Object.entries(deployPolicies(props))) {
      const policy = new IamPolicy(this, purpose, {
        path,
        name: `${name}-${purpose}`,
        policy: policyJson(statements),
      });
      new IamRolePolicyAttachment(this, `${purpose}-attachment`, { role: role.name, policyArn: policy.arn });
    }
  }
}

/** CI and people, by their roles. TagSession, because CI's tokens and single sign-on carry tags along. */
export function deployTrust(trustedArns: readonly string[]): PolicyStatement {
  return { Effect: "Allow", Principal: { AWS: trustedArns }, Action: ["sts:AssumeRole", "sts:TagSession"] };
}

type Permissions = Pick<
  DeployRoleProps,
  "arn" | "scope" | "state" | "serviceLinkedRoleServices" | "protectedArns" | "generated"
>;

/** The role's policies by what they are for. */
export function deployPolicies(props: Permissions): Record<string, readonly PolicyStatement[]> {
  const { arn, state, protectedArns, generated = widePolicies(props) } = props;
  const purposes = ["state", ...Object.keys(generated), "guards"];
  const ownPolicies = purposes.map((purpose) => `${arn.replace(":role/", ":policy/")}-${purpose}`);
  return {
    state: stateStatements(state),
    ...generated,
    guards: guardStatements({ ...state, identityArns: [arn, ...ownPolicies, ...protectedArns] }),
  };
}

/** Whole services, and what is named like the platform's. */
function widePolicies({ scope, serviceLinkedRoleServices }: Permissions): Record<string, PolicyStatement[]> {
  const named = batchesOf(scope.namePrefixes, NAMES_PER_POLICY).map(
    (namePrefixes, index): [string, PolicyStatement[]] => [
      `named-${index + 1}`,
      namedStatements({ ...scope, namePrefixes }),
    ],
  );
  return {
    services: serviceStatements(scope),
    identity: [iamReadStatement(), ...clusterIdentityStatements(scope, serviceLinkedRoleServices)],
    ...Object.fromEntries(named),
  };
}

function roleName(arn: string): { path: string; name: string } {
  const full = arn.slice(arn.indexOf(":role/") + ":role".length);
  const cut = full.lastIndexOf("/") + 1;
  return { path: full.slice(0, cut), name: full.slice(cut) };
}

function batchesOf<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, i) => items.slice(i * size, (i + 1) * size));
}
