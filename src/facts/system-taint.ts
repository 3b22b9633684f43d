/**
 * Taint of a pool that only the platform's own pods use. CoreDNS tolerates it by itself (EKS add-on coredns), and so does
 * all that we install.
 */
export const SYSTEM_TAINT = "CriticalAddonsOnly";
