import { refusesService, SERVICE, SHOP } from "../../support/workload-problems";

describe("what a service needs of the platform", () => {
  refusesService([
    {
      what: "a rollout without Argo Rollouts",
      service: SERVICE + "controller: rollout\n",
      problem:
        "envs/dev/workloads/web.yaml:3:13  workloads.web.controller: rollout  needs Argo Rollouts; write gitops.rollouts: true, or controller: deployment",
    },
    {
      what: "storage of a deployment",
      service: SERVICE + "storage: { data: { gib: 1, mountPath: /data } }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:1  workloads.web.storage  is for stateful-sets only, and this is a deployment; write controller: stateful-set, or remove it",
    },
    {
      what: "security groups that the CNI has not",
      service: SERVICE + "securityGroups: [sg-0a1b2c3d]\n",
      problem:
        "envs/dev/workloads/web.yaml:3:1  workloads.web.securityGroups  need security groups for pods; write cni.securityGroupsForPods: {} with cni.kind vpc-cni or cilium-chaining, or remove them",
    },
    {
      what: "probes of no port",
      service: SERVICE + "probes: { port: admin }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:17  workloads.web.probes.port: admin  is not in ports; write one of http",
    },
    {
      what: "metrics of no http port",
      target: "observability: { prometheus: {} }\n" + SHOP,
      service: SERVICE + "metrics: { port: admin }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:18  workloads.web.metrics.port: admin  is not a port of http; write one of http",
    },
    {
      what: "metrics without Prometheus",
      service: SERVICE + "metrics: { port: http }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:1  workloads.web.metrics  needs Prometheus; write observability.prometheus: {}, or remove it",
    },
    {
      what: "metrics behind mutual TLS, without a sidecar that answers",
      target:
        "observability: { prometheus: {} }\ningress: {}\nmesh: { kind: istio-ambient, id: a, trustDomain: a.internal }\nnamespaces: { shop: { labels: { istio.io/dataplane-mode: ambient } } }\n",
      service: SERVICE + "metrics: { port: http }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:1  workloads.web.metrics  can't be read: pods of an ambient mesh take only calls of the mesh, and Prometheus has no identity in it; remove it, or take the namespace out of the mesh",
    },
    {
      what: "traces without a collector",
      service: SERVICE + "tracing: { sampleRatio: 0.1 }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:1  workloads.web.tracing  needs the collector; write observability.openTelemetry: { traces: { kind: xray } }, or remove it",
    },
    {
      what: "a node port of no port",
      service: SERVICE + "service: { kind: node-port, nodePorts: { admin: 30080 } }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:49  workloads.web.service.nodePorts.admin: 30080  is not in ports; write one of http",
    },
    {
      what: "a node port out of range",
      service: SERVICE + "service: { kind: node-port, nodePorts: { http: 8080 } }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:48  workloads.web.service.nodePorts.http: 8080  is out of range; write at least 30000",
    },
    {
      what: "a load balancer without its controller",
      service: SERVICE + "service: { kind: nlb }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:18  workloads.web.service.kind: nlb  needs the AWS Load Balancer Controller; write ingress: {}, or another kind",
    },
    {
      what: "a load balancer in front of mutual TLS",
      target:
        "ingress: {}\nmesh: { kind: istio, id: a, trustDomain: a.internal }\nnamespaces: { shop: { labels: { istio-injection: enabled } } }\n",
      service: SERVICE + "service: { kind: nlb }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:18  workloads.web.service.kind: nlb  leads to pods that are in the mesh, which takes only mutual TLS, and the load balancer has no identity in it; write another kind, or take namespace shop out of the mesh",
    },
    {
      what: "a public load balancer where none may be",
      target: "ingress: {}\n" + SHOP,
      service:
        SERVICE + "service: { kind: nlb, internetFacing: { reason: partners call it from anywhere } }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:23  workloads.web.service.internetFacing  is not for namespace shop; add it to ingress.loadBalancers.publicNamespaces, or remove it",
    },
    {
      what: "a secret of no store",
      service:
        SERVICE +
        "secrets: { db: { kind: external-secret, store: app, keys: { DB: { name: dev/shop/db } } } }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:48  workloads.web.secrets.db.store: app  is not a store of External Secrets; add secrets.stores.app with namespaces: [shop]",
    },
    {
      what: "a secret that the store may not read",
      target: "secrets: { stores: { app: { paths: [dev/pay/], namespaces: [shop] } } }\n" + SHOP,
      service:
        SERVICE +
        "secrets: { db: { kind: external-secret, store: app, keys: { DB: { name: dev/shop/db } } } }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:73  workloads.web.secrets.db.keys.DB.name: dev/shop/db  is not below a path of the store (dev/pay/); add one to secrets.stores.app.paths",
    },
    {
      what: "mounted secrets without the driver",
      service: SERVICE + "secrets: { db: { kind: mounted, keys: { DB: { name: dev/shop/db } } } }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:24  workloads.web.secrets.db.kind: mounted  needs the Secrets Store CSI driver; write secrets: { delivery: both }",
    },
    {
      what: "a role that the namespace keeps out",
      target: "namespaces: { shop: { identity: none } }\n",
      service:
        SERVICE +
        'identity: { statements: [{ name: Read, actions: ["sqs:ReceiveMessage"], resources: ["arn:aws:sqs:{region}:{account}:orders"] }] }\n',
      problem:
        "envs/dev/workloads/web.yaml:3:1  workloads.web.identity  needs Pod Identity, and namespaces.shop.identity is none; write pod-identity there",
    },
    {
      what: "an action with a wildcard",
      service:
        SERVICE +
        'identity: { statements: [{ name: Read, actions: ["sqs:*"], resources: ["arn:aws:sqs:{region}:{account}:orders"] }] }\n',
      problem:
        "envs/dev/workloads/web.yaml:3:50  workloads.web.identity.statements[0].actions[0]: sqs:*  is not a single action; write <service>:<Action> without *, for example sqs:ReceiveMessage",
    },
    {
      what: "all resources",
      service:
        SERVICE +
        'identity: { statements: [{ name: Read, actions: ["sqs:ReceiveMessage"], resources: ["*"] }] }\n',
      problem:
        "envs/dev/workloads/web.yaml:3:85  workloads.web.identity.statements[0].resources[0]: *  is not the ARN of something named; write it in full, with * only for what is below a path: arn:aws:s3:::orders/*",
    },
    {
      what: "resources by a pattern",
      service:
        SERVICE +
        'identity: { statements: [{ name: Read, actions: ["sqs:ReceiveMessage"], resources: ["arn:aws:sqs:{region}:{account}:ord*"] }] }\n',
      problem:
        "envs/dev/workloads/web.yaml:3:85  workloads.web.identity.statements[0].resources[0]: arn:aws:sqs:{region}:{account}:ord*  is not the ARN of something named; write it in full, with * only for what is below a path: arn:aws:s3:::orders/*",
    },
  ]);
});
