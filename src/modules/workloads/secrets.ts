import type { Manifest } from "../manifest";
import { externalSecret } from "../secrets/external-secret";
import { secretProviderClass } from "../secrets/secret-provider-class";
import type { Permission, Workload, WorkloadSecret } from "./workload";

type Owner = Pick<Workload, "name" | "namespace" | "place">;

/** Name of the object that holds a secret of the service. */
export function secretName({ name }: Pick<Workload, "name">, secret: Pick<WorkloadSecret, "name">): string {
  return `${name}-${secret.name}`;
}

/** Folder of a secret's files in the container. */
export function secretFolder(secret: string): string {
  return `/etc/secrets/${secret}`;
}

export function secretManifest(owner: Owner, secret: WorkloadSecret): Manifest {
  const { namespace, place } = owner;
  const name = secretName(owner, secret);
  if (secret.kind === "external-secret")
    return externalSecret({ name, namespace, store: secret.store, keys: secret.keys });
  return secretProviderClass({
    name,
    namespace,
    kind: secret.source,
    region: place.region,
    files: secret.keys,
  });
}

/** The volume of a secret whose files are mounted; undefined for one of variables. */
export function secretVolume(owner: Owner, secret: WorkloadSecret) {
  const name = `secret-${secret.name}`;
  const object = secretName(owner, secret);
  if (secret.kind === "mounted") {
    const csi = {
      driver: "secrets-store.csi.k8s.io",
      readOnly: true,
      volumeAttributes: { secretProviderClass: object },
    };
    return { name, csi };
  }
  return secret.as === "files" ? { name, secret: { secretName: object } } : undefined;
}

/** What the service's own role needs for the secrets that are mounted: the very names, and the keys behind them. */
export function mountedSecretStatements({
  place,
  secrets,
}: Pick<Workload, "place" | "secrets">): Permission[] {
  const { partition, region, accountId } = place;
  const mounted = secrets.filter((each) => each.kind === "mounted");
  const arns = (source: "secrets-manager" | "parameter-store") => [
    ...new Set(
      mounted
        .filter((each) => each.source === source)
        .flatMap(({ keys }) => Object.values(keys).map(({ name }) => name))
        .map((name) =>
          source === "secrets-manager"
            ? // Six random characters end a secret's ARN (Secrets Manager User Guide, "What's in a secret").
              `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${name}-??????`
            : `arn:${partition}:ssm:${region}:${accountId}:parameter/${name}`,
        ),
    ),
  ];
  const [managed, parameters] = [arns("secrets-manager"), arns("parameter-store")];
  const keyArns = [...new Set(mounted.flatMap((each) => each.keyArns))];
  const allow = (sid: string, actions: readonly string[], resources: readonly string[]): Permission[] =>
    resources.length === 0 ? [] : [{ sid, actions, resources }];
  return [
    ...allow("ReadSecrets", ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"], managed),
    ...allow("ReadParameters", ["ssm:GetParameter", "ssm:GetParameters"], parameters),
    ...allow("DecryptThem", ["kms:Decrypt"], keyArns),
  ];
}
