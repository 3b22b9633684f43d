/** Kubernetes labels by key. */
export type Labels = Readonly<Record<string, string>>;

/** Pods by labels; `{}` selects all of a namespace. */
export interface PodSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: "In" | "NotIn";
    readonly values: readonly string[];
  }[];
}

/** The label that Kubernetes puts on every namespace. */
export const NAMESPACE_NAME = "kubernetes.io/metadata.name";
