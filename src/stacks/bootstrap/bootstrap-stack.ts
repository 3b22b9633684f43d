import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LocalBackend, S3Backend } from "cdktf";
import type { Construct } from "constructs";
import { ciHost } from "../../model/ci-host";
import {
  type Environment,
  environmentRoleArn,
  namedPoliciesOf,
  namePrefixesOf,
} from "../../model/environment";
import { serviceLinkedRoleNames, serviceLinkedRoles } from "../../facts/service-linked-roles";
import { CiRole, type OidcIssuer } from "../../modules/bootstrap/ci-role";
import { DeployRole } from "../../modules/bootstrap/deploy-role";
import { ServiceLinkedRoles } from "../../modules/bootstrap/service-linked-roles";
import { StateBucket } from "../../modules/bootstrap/state-bucket";
import type { OutputContract } from "../base/output-contract";
import { publish } from "../base/published-outputs";
import { stateKeyAlias } from "../../model/stacks/state-location";
import { markTemplates } from "../base/template-text";
import { WorkspaceStack } from "../base/workspace-stack";

/** Outputs of the bootstrap stack. */
export const bootstrapContract = {
  state_bucket: { kind: "text", description: "Bucket of all Terraform states of the environment" },
  state_key_arn: { kind: "text", description: "KMS key of those states" },
  deploy_role_arn: { kind: "text", description: "Role that Terraform assumes" },
  ci_role_arn: { kind: "text", description: "Role that CI jobs get; empty without account.ci" },
} as const satisfies OutputContract;

/** Not below `env:/`, so that the deploy role can't write it. */
const BOOTSTRAP_STATE_KEY = "octarine/bootstrap.tfstate";

/** Id of an environment's bootstrap stack: `prod-bootstrap`. */
export function bootstrapStackId(environment: string): string {
  return `${environment}-bootstrap`;
}

export interface BootstrapStackProps {
  readonly environment: Environment;
  /** `bucket`: in the bucket that the stack makes. `local`: in a file, as long as that bucket is not there. */
  readonly state:
    | { readonly kind: "bucket" }
    | { readonly kind: "local"; /** Relative to the stack's folder. */ readonly path: string };
}

/**
 * What an account needs once, before any target: state bucket, deploy role, CI role, service-linked roles. Applied with
 * an administrator's own credentials, because the roles that everything else uses are made here.
 */
export class BootstrapStack extends WorkspaceStack {
  private readonly environment: Environment;

  constructor(scope: Construct, { environment, state }: BootstrapStackProps) {
    super(scope, bootstrapStackId(environment.name), {
      workspace: "default",
      owner: `the bootstrap of ${environment.name}`,
    });
    this.environment = markTemplates(environment);
    if (state.kind === "local") new LocalBackend(this, { path: state.path });
    else this.addBucketBackend();
    this.addAwsProvider();

    const bucket = this.stateBucket();
    const ci = this.ciRole();
    const deploy = this.deployRole(bucket, ci);
    new ServiceLinkedRoles(this, "service-linked-roles", {
      ...this.owner(),
      roles: Object.fromEntries(
        environment.account.serviceLinkedRoles.map((name) => [name, serviceLinkedRoles[name]]),
      ),
    });

    publish(this, bootstrapContract, {
      state_bucket: bucket.name,
      state_key_arn: bucket.keyArn,
      deploy_role_arn: deploy.arn,
      ci_role_arn: ci?.arn,
    });
  }

  private addBucketBackend(): void {
    const { name, stateBucket, stateRegion, partition, account } = this.environment;
    const backend = new S3Backend(this, {
      bucket: stateBucket,
      region: stateRegion,
      key: BOOTSTRAP_STATE_KEY,
      encrypt: true,
      kmsKeyId: `arn:${partition}:kms:${stateRegion}:${account.id}:alias/${stateKeyAlias(name)}`,
    });
    // cdktf 0.21 has no property for it.
    backend.addOverride("use_lockfile", true);
  }

  private addAwsProvider(): void {
    const { name, stateRegion, account, tags } = this.environment;
    new AwsProvider(this, "aws", {
      region: stateRegion,
      allowedAccountIds: [this.accountInWorkspace(account.id)],
      defaultTags: [{ tags: { ...tags, "octarine:environment": name } }],
    });
  }

  private stateBucket(): StateBucket {
    const { name, stateBucket, account } = this.environment;
    return new StateBucket(this, "state", {
      ...this.owner(),
      name: stateBucket,
      keyAlias: stateKeyAlias(name),
      keyAdministratorArns: account.keyAdministrators
        .map((role) => environmentRoleArn(role, this.environment))
        // KMS takes only roles that exist, and this stack makes CI's; it administers nothing either way.
        .filter((arn) => arn !== this.ciRoleArn()),
    });
  }

  private ciRoleArn(): string | undefined {
    const { ci } = this.environment.account;
    const { accountId, partition } = this.owner();
    return ci && `arn:${partition}:iam::${accountId}:role/${ci.role}`;
  }

  private ciRole(): CiRole | undefined {
    const { ci, deployRole } = this.environment.account;
    if (ci === undefined) return undefined;
    return new CiRole(this, "ci", {
      ...this.owner(),
      name: ci.role,
      issuer: this.issuer(ci),
      subjects: ci.subjects,
      provider: ci.provider,
      deployRoleArn: environmentRoleArn(deployRole, this.environment),
    });
  }

  private issuer(ci: NonNullable<Environment["account"]["ci"]>): OidcIssuer {
    const host = ciHost(ci);
    // What aws-actions/configure-aws-credentials asks GitHub for, and what GitLab's documentation has jobs ask for.
    return { host, audience: ci.kind === "github" ? "sts.amazonaws.com" : `https://${host}` };
  }

  private deployRole(bucket: StateBucket, ci: CiRole | undefined): DeployRole {
    const { account, deployPolicies, targets, stateRegion } = this.environment;
    const { accountId, partition } = this.owner();
    const inAccount = (resource: string) => `arn:${partition}:iam::${accountId}:${resource}`;
    const ciRoleArn = this.ciRoleArn();
    const ciProviderArn = account.ci && inAccount(`oidc-provider/${ciHost(account.ci)}`);
    const deployers = account.deployers.map((role) => environmentRoleArn(role, this.environment));
    return new DeployRole(this, "deploy", {
      arn: environmentRoleArn(account.deployRole, this.environment),
      trustedArns: [...(ciRoleArn ? [ciRoleArn] : []), ...deployers],
      scope: {
        accountId,
        partition,
        regions: targets.map(({ region }) => region).sort(),
        namePrefixes: namePrefixesOf(this.environment),
        namedPolicies: namedPoliciesOf(this.environment),
      },
      ...(deployPolicies && {
        generated: Object.fromEntries(deployPolicies.map(({ name, statements }) => [name, statements])),
      }),
      state: { bucketArn: bucket.arn, bucketRegion: stateRegion, keyArn: bucket.keyArn },
      serviceLinkedRoleServices: serviceLinkedRoleNames.map((name) => serviceLinkedRoles[name].service),
      protectedArns: [ciRoleArn, ciProviderArn].filter((arn) => arn !== undefined),
      dependsOn: ci ? [ci.role] : [],
    });
  }

  private owner() {
    return { accountId: this.environment.account.id, partition: this.environment.partition };
  }
}
