import type { Manifest } from "./manifest";

/** Volumes of gp3, encrypted with the key given, in the zone of the pod that claims one. */
export function encryptedStorageClass(name: string, keyArn: string): Manifest {
  return {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name },
    provisioner: "ebs.csi.aws.com",
    parameters: { type: "gp3", encrypted: "true", kmsKeyId: keyArn },
    reclaimPolicy: "Delete",
    allowVolumeExpansion: true,
    volumeBindingMode: "WaitForFirstConsumer",
  };
}
