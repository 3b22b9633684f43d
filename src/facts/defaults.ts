/** What the platform takes where a config says nothing: the schema says it, and what is made applies it. */

/** Of a NodePool. */
export const poolDefaults = { categories: ["m", "c", "r"], minGeneration: 6, minVcpus: 2 } as const;

/** Replicas of a service that says nothing of them: one may be lost. */
export const DEFAULT_REPLICAS = 2;

/** Addresses left in a subnet, below which an alert is told. Also for targets that send alerts nowhere: Prometheus shows them. */
export const DEFAULT_ADDRESSES_LEFT = 256;

/** Days that access logs of load balancers stay in a bucket of the target's own. */
export const BALANCER_LOG_DAYS = 90;

/** Replicas of ingress-nginx; CPU in use, in percent, above which there are more. */
export const NGINX_REPLICAS = 2;
export const NGINX_CPU_PERCENT = 70;

/** Days that flow logs stay in a bucket of the target's own. */
export const S3_RETENTION_DAYS = 365;

/** Part of a managed group's nodes that an update replaces at once, in percent. */
export const DEFAULT_MAX_UNAVAILABLE_PERCENT = 33;
