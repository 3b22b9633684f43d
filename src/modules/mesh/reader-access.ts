import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { actionsOf, PUSHED_TAG, secretsManagerCalls } from "../../facts/external-secrets-calls";
import { EncryptionKey, type KeyOwner } from "../encryption-key";
import { ManifestRelease } from "../manifest-release";
import type { Manifest } from "../manifest";
import { physicalName } from "../physical-names";
import { type PolicyStatement, policyJson } from "../policy-document";
import { ISTIO_NAMESPACE } from "../../components/istio/istio-values";
import { READER_TOKEN, readerTokenName, type TokenGeneration, tokenSecrets } from "./reader-token";
import { awsSecretStore } from "./remote-clusters";

/** Who may read what a cluster tells: another cluster of the mesh. */
export interface Reader {
  readonly clusterName: string;
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
}

export interface ReaderAccessProps {
  readonly meshId: string;
  readonly own: Reader;
  readonly peers: readonly Reader[];
  /** Who administers the key of the secret. */
  readonly keyOwner: KeyOwner;
  /** Role of this cluster's External Secrets. */
  readonly externalSecretsRoleArn: string;
  readonly token: TokenGeneration;
  readonly dependsOn: ITerraformDependable[];
}

const STORE = "mesh-reader-token";

/** Name of the secret that holds the token for reading a cluster, in every region where it is read. */
export function readerSecretName(meshId: string, clusterName: string): string {
  return `octarine/mesh/${meshId}/${clusterName}`;
}

/** Role by which peers read that secret, in the account of the cluster that it is for. */
export function readerRoleArn({ partition, accountId, clusterName }: Reader): string {
  return `arn:${partition}:iam::${accountId}:role/${physicalName("iamRole", clusterName, "mesh-reader")}`;
}

/** Role of a cluster's External Secrets, as the secrets stack names it. */
function externalSecretsRole({ clusterName }: Reader): string {
  return physicalName("iamRole", clusterName, "external-secrets");
}

/**
 * Lets peers read this cluster's services: the token of Istio's reader goes by External Secrets to Secrets Manager, and
 * from there to the peers' regions. Terraform makes the empty secret and never sees the token.
 */
export class ReaderAccess extends Construct {
  constructor(scope: Construct, id: string, props: ReaderAccessProps) {
    super(scope, id);
    const { meshId, own, peers, dependsOn } = props;
    const name = readerSecretName(meshId, own.clusterName);
    const regions = regionsOf(peers)
      .filter((region) => region !== own.region)
      .sort();
    const key = new EncryptionKey(this, "key", {
      owner: props.keyOwner,
      description: `Token by which clusters of mesh ${meshId} read ${own.clusterName}`,
      alias: `${own.clusterName}/mesh-reader`,
      replicaRegions: regions,
    });
    const secret = new SecretsmanagerSecret(this, "token", {
      name,
      description: `Token by which clusters of mesh ${meshId} read ${own.clusterName}`,
      kmsKeyId: key.arn,
      replica: regions.map((region) => ({ region, kmsKeyId: key.replicaArn(region) })),
      forceOverwriteReplicaSecret: true,
      // It is filled anew within the hour, and its name is needed again at once.
      recoveryWindowInDays: 0,
      // External Secrets writes to no secret without it.
      tags: { [PUSHED_TAG.key]: PUSHED_TAG.value },
    });
    this.peersRole(name, key, props);
    const writer = this.writerRole(name, key, props);
    const assume = this.mayAssume([writer.arn, ...peers.map(readerRoleArn)], own);

    new ManifestRelease(this, "mesh-reader", {
      namespace: ISTIO_NAMESPACE,
      manifests: {
        ...tokenSecrets(props.token),
        store: awsSecretStore(STORE, own.region, writer.arn),
        push: pushToken(name, readerTokenName(props.token.generation)),
      },
      dependsOn: [...dependsOn, secret, assume],
    });
  }

  private peersRole(name: string, key: EncryptionKey, { own, peers }: ReaderAccessProps): void {
    const role = new IamRole(this, "reader", {
      name: physicalName("iamRole", own.clusterName, "mesh-reader"),
      description: `Reads the token for ${own.clusterName}, for its peers in the mesh`,
      assumeRolePolicy: policyJson([
        {
          Effect: "Allow",
          // A principal that is not there yet is refused; a condition may name it.
          Principal: {
            AWS: [...new Set(peers.map((peer) => `arn:${peer.partition}:iam::${peer.accountId}:root`))],
          },
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Condition: {
            ArnEquals: {
              "aws:PrincipalArn": peers.map(
                (peer) => `arn:${peer.partition}:iam::${peer.accountId}:role/${externalSecretsRole(peer)}`,
              ),
            },
          },
        },
      ]),
    });
    this.policy("reader-policy", role, [
      {
        Effect: "Allow",
        Action: actionsOf(secretsManagerCalls, ["read a value", "read tags"]),
        Resource: regionsOf([own, ...peers]).map((region) => secretArn({ ...own, region }, name)),
      },
      {
        Effect: "Allow",
        Action: ["kms:Decrypt"],
        Resource: regionsOf([own, ...peers]).map((region) => keyArn({ ...own, region }, key.id)),
      },
    ]);
  }

  private writerRole(
    name: string,
    key: EncryptionKey,
    { own, peers, externalSecretsRoleArn }: ReaderAccessProps,
  ): IamRole {
    const role = new IamRole(this, "writer", {
      name: physicalName("iamRole", own.clusterName, "mesh-writer"),
      description: `Writes the token for ${own.clusterName}, for External Secrets`,
      assumeRolePolicy: policyJson([
        {
          Effect: "Allow",
          Principal: { AWS: externalSecretsRoleArn },
          Action: ["sts:AssumeRole", "sts:TagSession"],
        },
      ]),
    });
    this.policy("writer-policy", role, [
      {
        Effect: "Allow",
        Action: actionsOf(secretsManagerCalls, ["push to one that exists"]),
        Resource: secretArn(own, name),
      },
      {
        Effect: "Allow",
        // In its replicas' regions the value is encrypted anew (Secrets Manager API, ReplicateSecretToRegions).
        Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
        Resource: regionsOf([own, ...peers]).map((region) => keyArn({ ...own, region }, key.id)),
      },
    ]);
    return role;
  }

  private mayAssume(roleArns: string[], own: Reader): IamRolePolicy {
    return new IamRolePolicy(this, "external-secrets-policy", {
      role: externalSecretsRole(own),
      name: "mesh",
      policy: policyJson([
        { Effect: "Allow", Action: ["sts:AssumeRole", "sts:TagSession"], Resource: roleArns },
      ]),
    });
  }

  private policy(id: string, role: IamRole, statements: PolicyStatement[]): void {
    new IamRolePolicy(this, id, { role: role.id, name: "secret", policy: policyJson(statements) });
  }
}

function regionsOf(clusters: readonly Reader[]): string[] {
  return [...new Set(clusters.map(({ region }) => region))];
}

/** Secrets Manager adds a dash and six characters of its own to a name. */
function secretArn({ partition, region, accountId }: Reader, name: string): string {
  return `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${name}-??????`;
}

/** A key and its replicas have one id. */
function keyArn({ partition, region, accountId }: Reader, id: string): string {
  return `arn:${partition}:kms:${region}:${accountId}:key/${id}`;
}

function pushToken(remoteKey: string, secretName: string): Manifest {
  return {
    apiVersion: "external-secrets.io/v1alpha1",
    kind: "PushSecret",
    metadata: { name: READER_TOKEN, namespace: ISTIO_NAMESPACE },
    spec: {
      refreshInterval: "1h0m0s",
      secretStoreRefs: [{ kind: "SecretStore", name: STORE }],
      selector: { secret: { name: secretName } },
      data: [
        {
          match: { secretKey: "token", remoteRef: { remoteKey } },
          metadata: {
            apiVersion: "kubernetes.external-secrets.io/v1alpha1",
            kind: "PushSecretMetadata",
            // Without tags: those of the secret are Terraform's, and the operator's mark is refused here.
            spec: { secretPushFormat: "string" },
          },
        },
      ],
    },
  };
}
