/** Namespaces of platform components that a config has to name in places, such as a secret store's list. */
export const MONITORING_NAMESPACE = "monitoring";
export const GITOPS_NAMESPACE = "argocd";
