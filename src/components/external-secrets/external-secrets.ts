import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type ChartRef, HelmRelease } from "../../modules/helm-release";
import { ManifestRelease } from "../../modules/manifest-release";
import { physicalName } from "../../modules/physical-names";
import { PodIdentity } from "../../modules/pod-identity";
import { policyJson } from "../../modules/policy-document";
import { type ExternalSecretsSettings, externalSecretsValues } from "./external-secrets-values";
import { type AwsPlace, clusterSecretStore, type StoreSpec, storeStatements } from "./secret-store";
import { EXTERNAL_SECRETS_NAMESPACE } from "./record";

export interface ExternalSecretsProps extends ExternalSecretsSettings {
  readonly chart: ChartRef;
  readonly clusterName: string;
  readonly account: AwsPlace;
  readonly stores: Readonly<Record<string, StoreSpec>>;
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * External Secrets Operator and its stores: a role for each. The operator's own role may become every one of them, and
 * nothing else; so nobody may make it read by a store that names no identity (modules/policies/admission).
 */
export class ExternalSecrets extends Construct {
  readonly roleArn: string;
  readonly release: HelmRelease["release"];
  /** Roles of the stores, by store. */
  readonly storeRoleArns: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: ExternalSecretsProps) {
    super(scope, id);
    const { chart, clusterName, account, stores, dependsOn = [] } = props;
    const names = Object.keys(stores).sort();
    const roleNameOf = (store: string) => physicalName("iamRole", clusterName, `secrets-${store}`);
    const storeRoleArns = names.map(
      (store) => `arn:${account.partition}:iam::${account.accountId}:role/${roleNameOf(store)}`,
    );

    const identity = new PodIdentity(this, "operator", {
      clusterName,
      purpose: "external-secrets",
      serviceAccount: { namespace: EXTERNAL_SECRETS_NAMESPACE, name: "external-secrets" },
      policies: {
        attachCustomPolicy: names.length > 0,
        // Pod Identity's session tags go along with every role that is assumed from it.
        policyStatements:
          names.length === 0
            ? []
            : [{ sid: "Stores", actions: ["sts:AssumeRole", "sts:TagSession"], resources: storeRoleArns }],
      },
    });
    this.roleArn = identity.roleArn;
    const roles = names.map((store) => ({ store, role: this.storeRole(store, roleNameOf(store), props) }));
    this.storeRoleArns = Object.fromEntries(roles.map(({ store, role }) => [store, role.arn]));

    this.release = new HelmRelease(this, "helm", {
      name: "external-secrets",
      chart,
      namespace: EXTERNAL_SECRETS_NAMESPACE,
      values: externalSecretsValues(props),
      dependsOn: [...dependsOn, identity.effective],
    }).release;
    if (names.length === 0) return;
    new ManifestRelease(this, "secret-stores", {
      namespace: EXTERNAL_SECRETS_NAMESPACE,
      manifests: Object.fromEntries(
        names.flatMap((name) => {
          const store = stores[name];
          const roleArn = this.storeRoleArns[name];
          if (store === undefined || roleArn === undefined) return [];
          return [[name, clusterSecretStore(name, store, account.region, roleArn)]];
        }),
      ),
      dependsOn: [this.release],
    });
  }

  private storeRole(store: string, name: string, { stores, account }: ExternalSecretsProps): IamRole {
    const role = new IamRole(this, `store-${store}`, {
      name,
      description: `Secrets of store ${store}, for External Secrets`,
      assumeRolePolicy: policyJson([
        { Effect: "Allow", Principal: { AWS: this.roleArn }, Action: ["sts:AssumeRole", "sts:TagSession"] },
      ]),
    });
    const spec = stores[store];
    if (spec) {
      new IamRolePolicy(this, `store-${store}-policy`, {
        role: role.id,
        name: "read",
        policy: policyJson(storeStatements(spec, account)),
      });
    }
    return role;
  }
}
