import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { policyJson, type PolicyStatement } from "../policy-document";

/** CI whose jobs prove who they are by a token that an OIDC issuer signs. */
export interface OidcIssuer {
  /** Host, and path if there is one, without scheme: `token.actions.githubusercontent.com`. */
  readonly host: string;
  /** The `aud` claim of its tokens. */
  readonly audience: string;
}

export interface CiRoleProps {
  readonly name: string;
  readonly accountId: string;
  readonly partition: string;
  readonly issuer: OidcIssuer;
  /** The `sub` claims that get in, letter by letter. */
  readonly subjects: readonly string[];
  /** `existing` where the account trusts the issuer already: it can do so only once. */
  readonly provider: "create" | "existing";
  readonly deployRoleArn: string;
}

/** The role of CI jobs. All it may do is become the deploy role. */
export class CiRole extends Construct {
  readonly arn: string;
  /** What must exist before another policy can name the role. */
  readonly role: IamRole;

  constructor(scope: Construct, id: string, props: CiRoleProps) {
    super(scope, id);
    const { name, partition, accountId, issuer, subjects, deployRoleArn } = props;
    const providerArn = `arn:${partition}:iam::${accountId}:oidc-provider/${issuer.host}`;
    const provider =
      props.provider === "create"
        ? [
            new IamOpenidConnectProvider(this, "provider", {
              url: `https://${issuer.host}`,
              clientIdList: [issuer.audience],
            }),
          ]
        : [];
    this.role = new IamRole(this, "role", {
      name,
      description: "CI jobs, which go on to the deploy role",
      maxSessionDuration: 3600,
      assumeRolePolicy: policyJson([oidcTrust(providerArn, issuer, subjects)]),
      dependsOn: provider,
    });
    this.arn = this.role.arn;
    new IamRolePolicy(this, "policy", {
      role: this.role.id,
      name: "assume-deploy-role",
      policy: policyJson([
        { Effect: "Allow", Action: ["sts:AssumeRole", "sts:TagSession"], Resource: deployRoleArn },
      ]),
    });
  }
}

/**
 * Jobs with exactly these claims. Compared by StringEquals: with a pattern, a branch or fork that somebody names well
 * would get in.
 */
export function oidcTrust(
  providerArn: string,
  { host, audience }: OidcIssuer,
  subjects: readonly string[],
): PolicyStatement {
  return {
    Effect: "Allow",
    Principal: { Federated: providerArn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringEquals: { [`${host}:aud`]: audience, [`${host}:sub`]: subjects } },
  };
}
