/** A version of an API of Kubernetes itself that a minor no longer serves. */
export interface RemovedApi {
  /** `admissionregistration.k8s.io/v1beta1` */
  readonly apiVersion: string;
  /** As kubectl calls its kinds. */
  readonly resources: readonly string[];
}

/**
 * By the minor that no longer serves them, those of alpha too. Read in k8s.io/api v0.33.0 to v0.35.0: `APILifecycleRemoved` of
 * each kind in zz_generated.prerelease-lifecycle.go of its group and version.
 */
export const removedApis: Readonly<Record<string, readonly RemovedApi[]>> = {
  "1.33": [{ apiVersion: "networking.k8s.io/v1alpha1", resources: ["ipaddresses", "servicecidrs"] }],
  "1.34": [
    {
      apiVersion: "admissionregistration.k8s.io/v1beta1",
      resources: ["validatingadmissionpolicies", "validatingadmissionpolicybindings"],
    },
  ],
  "1.35": [{ apiVersion: "storage.k8s.io/v1alpha1", resources: ["volumeattributesclasses"] }],
};
