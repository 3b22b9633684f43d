import { given, imageAt, when, container, RESTRICTED, type ChartWork } from "../chart-work";

/** argoproj/argo-helm argo-cd-10.1.1, with redis-ha 4.38.0, rendered with the values of every sample. */
export const argoCdWork = {
  "argocd-redis-ha-haproxy": {
    kind: "Deployment",
    replicas: given("redis-ha.haproxy.replicas", 3),
    priorityClassName: "system-cluster-critical",
    securityContext: { runAsNonRoot: true, runAsUser: 99 },
    init: [
      container({
        name: "config-init",
        image: imageAt("redis-ha.haproxy.image.repository", "ecr-public.aws.com/docker/library/haproxy"),
        resources: "redis-ha.haproxy.init.resources",
        securityContext: RESTRICTED,
      }),
    ],
    containers: [
      container({
        name: "haproxy",
        image: imageAt("redis-ha.haproxy.image.repository", "ecr-public.aws.com/docker/library/haproxy"),
        resources: "redis-ha.haproxy.resources",
        securityContext: RESTRICTED,
        isProbed: true,
      }),
    ],
  },
  "argocd-applicationset-controller": {
    kind: "Deployment",
    replicas: given("applicationSet.replicas"),
    priorityClassName: "system-cluster-critical",
    containers: [
      container({
        name: "applicationset-controller",
        image: imageAt("global.image.repository", "quay.io/argoproj/argocd"),
        resources: "applicationSet.resources",
        securityContext: RESTRICTED,
      }),
    ],
  },
  "argocd-notifications-controller": {
    kind: "Deployment",
    surge: 0,
    priorityClassName: "system-cluster-critical",
    containers: [
      container({
        name: "notifications-controller",
        image: imageAt("global.image.repository", "quay.io/argoproj/argocd"),
        resources: "notifications.resources",
        securityContext: RESTRICTED,
      }),
    ],
  },
  "argocd-repo-server": {
    kind: "Deployment",
    replicas: when(
      "repoServer.autoscaling.enabled",
      given("repoServer.autoscaling.maxReplicas"),
      given("repoServer.replicas"),
    ),
    priorityClassName: "system-cluster-critical",
    init: [
      container({
        name: "copyutil",
        image: imageAt("global.image.repository", "quay.io/argoproj/argocd"),
        resources: "repoServer.copyutil.resources",
        securityContext: RESTRICTED,
      }),
    ],
    containers: [
      container({
        name: "repo-server",
        image: imageAt("global.image.repository", "quay.io/argoproj/argocd"),
        resources: "repoServer.resources",
        securityContext: RESTRICTED,
        isProbed: true,
      }),
    ],
  },
  "argocd-server": {
    kind: "Deployment",
    replicas: when(
      "server.autoscaling.enabled",
      given("server.autoscaling.maxReplicas"),
      given("server.replicas"),
    ),
    priorityClassName: "system-cluster-critical",
    containers: [
      container({
        name: "server",
        image: imageAt("global.image.repository", "quay.io/argoproj/argocd"),
        resources: "server.resources",
        securityContext: RESTRICTED,
        isProbed: true,
      }),
    ],
  },
  "argocd-redis-ha-server": {
    kind: "StatefulSet",
    replicas: given("redis-ha.replicas", 3),
    priorityClassName: "system-cluster-critical",
    securityContext: { runAsNonRoot: true, runAsUser: 1000 },
    init: [
      container({
        name: "config-init",
        image: imageAt("redis-ha.image.repository", "ecr-public.aws.com/docker/library/redis"),
        resources: "redis-ha.init.resources",
        securityContext: { ...RESTRICTED, runAsUser: 1000 },
      }),
    ],
    containers: [
      container({
        name: "redis",
        image: imageAt("redis-ha.image.repository", "ecr-public.aws.com/docker/library/redis"),
        resources: "redis-ha.redis.resources",
        securityContext: { ...RESTRICTED, runAsUser: 1000 },
        isProbed: true,
      }),
      container({
        name: "sentinel",
        image: imageAt("redis-ha.image.repository", "ecr-public.aws.com/docker/library/redis"),
        resources: "redis-ha.sentinel.resources",
        securityContext: { ...RESTRICTED, runAsUser: 1000 },
        isProbed: true,
      }),
      container({
        name: "split-brain-fix",
        image: imageAt("redis-ha.image.repository", "ecr-public.aws.com/docker/library/redis"),
        resources: "redis-ha.splitBrainDetection.resources",
        securityContext: { ...RESTRICTED, runAsUser: 1000 },
        isProbed: true,
      }),
    ],
  },
  "argocd-application-controller": {
    kind: "StatefulSet",
    replicas: given("controller.replicas"),
    priorityClassName: "system-cluster-critical",
    containers: [
      container({
        name: "application-controller",
        image: imageAt("global.image.repository", "quay.io/argoproj/argocd"),
        resources: "controller.resources",
        securityContext: RESTRICTED,
        isProbed: true,
      }),
    ],
  },
  "argocd-redis-secret-init": {
    kind: "Job",
    priorityClassName: "system-cluster-critical",
    containers: [
      container({
        name: "secret-init",
        image: imageAt("global.image.repository", "quay.io/argoproj/argocd"),
        resources: "redisSecretInit.resources",
        securityContext: RESTRICTED,
      }),
    ],
  },
} satisfies Readonly<Record<string, ChartWork>>;
