import { stringify } from "yaml";
import type { Manifest } from "../manifest";
import type { RemoteKey } from "./external-secret";
import type { StoreSpec } from "../../components/external-secrets/secret-store";

export interface SecretProviderClassSpec {
  readonly name: string;
  readonly namespace: string;
  readonly kind: StoreSpec["kind"];
  readonly region: string;
  /** File names below the mount, and where their content is in AWS. */
  readonly files: Readonly<Record<string, RemoteKey>>;
}

/** AWS values as files of a pod, read with the pod's own identity; nothing is stored in the cluster. */
export function secretProviderClass(spec: SecretProviderClassSpec): Manifest {
  const { name, namespace, kind, region, files } = spec;
  const objectType = kind === "secrets-manager" ? "secretsmanager" : "ssmparameter";
  const objects = Object.entries(files).map(([file, { name: objectName, property }]) => ({
    objectName: kind === "parameter-store" ? parameterName(objectName) : objectName,
    objectType,
    ...(property === undefined
      ? { objectAlias: file }
      : // The whole secret gets a file, too; only a field's alias may be the name that was asked for.
        { objectAlias: `${file}.json`, jmesPath: [{ path: property, objectAlias: file }] }),
  }));
  return {
    apiVersion: "secrets-store.csi.x-k8s.io/v1",
    kind: "SecretProviderClass",
    metadata: { name, namespace },
    spec: {
      provider: "aws",
      // All parameters are text.
      parameters: { region, usePodIdentity: "true", objects: stringify(objects) },
    },
  };
}

/** Names of a hierarchy need a slash in front (Systems Manager User Guide, constraints for parameter names). */
function parameterName(name: string): string {
  return name.includes("/") ? `/${name}` : name;
}
