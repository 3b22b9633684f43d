/** Beside a stack's cdk.tf.json; Terraform merges files of this ending over the others. */
export const OVERRIDE_FILE = "octarine_offline_override.tf.json";
