/** Kubernetes labels by key. */
export type Labels = Readonly<Record<string, string>>;

/** Pods by labels; `{}` selects all of a namespace. */
export interface PodSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly LabelExpression[];
}

export type LabelExpression =
  | { readonly key: string; readonly operator: "In" | "NotIn"; readonly values: readonly string[] }
  | { readonly key: string; readonly operator: "Exists" | "DoesNotExist" };

/** The label that Kubernetes puts on every namespace. */
export const NAMESPACE_NAME = "kubernetes.io/metadata.name";

/** Label of pods whose peers are all declared; its value is the service's name. */
export const WORKLOAD_LABEL = "octarine/workload";
