/** A name would be longer than AWS takes. Our own names are checked here, once. */
export class NameTooLongError extends Error {}

const limits = {
  /** IAM API reference, CreateRole. */
  iamRole: 64,
  /** EKS API reference, CreateCluster. */
  eksCluster: 100,
  /** EKS API reference, CreateNodegroup. */
  nodeGroup: 63,
  /** S3 User Guide, "General purpose bucket naming rules". */
  bucket: 63,
  /** Helm: release names become label values and Secret names. */
  helmRelease: 53,
  /** SQS API reference, CreateQueue. */
  sqsQueue: 80,
  /** Cilium: cluster.name. */
  ciliumCluster: 32,
} as const;

/** Joins the parts with dashes. IAM is global, so a role's parts have to tell the region (the cluster's name does). */
export function physicalName(kind: keyof typeof limits, ...parts: readonly string[]): string {
  const name = parts.join("-");
  if (name.length > limits[kind]) {
    throw new NameTooLongError(
      `${kind} name ${name} has ${name.length} characters, more than ${limits[kind]}`,
    );
  }
  return name;
}
