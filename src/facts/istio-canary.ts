/** Revision tag of a mesh's second istiod: namespaces ask for it by `istio.io/rev`, and it stays as versions come and go. */
export const CANARY_TAG = "canary";
