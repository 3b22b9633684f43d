import { refusesService, SERVICE, SHOP } from "../../support/workload-problems";

/** A target with another service, of which the one of the test is a version. */
const apiIn = (namespace: string, ports: string) =>
  `namespaces: { shop: {}, pay: {} }\nworkloads: { api: { namespace: ${namespace}, image: "{account}.dkr.ecr.{region}.amazonaws.com/api:1", ports: { ${ports} }, resources: { cpus: 0.1, memoryMiB: 64 } } }\n`;

describe("what a service is and where", () => {
  refusesService([
    {
      what: "a namespace that is not declared",
      service: 'namespace: shopp\nimage: "{account}.dkr.ecr.{region}.amazonaws.com/web:1"\n',
      problem:
        "envs/dev/workloads/web.yaml:1:12  workloads.web.namespace: shopp  is not in namespaces; declare it there, or write one of shop",
    },
    {
      what: "a port above 65535",
      service:
        'namespace: shop\nimage: "{account}.dkr.ecr.{region}.amazonaws.com/web:1"\nports: { http: { port: 65536, targetPort: 8080, protocol: http } }\n',
      problem:
        "envs/dev/workloads/web.yaml:3:24  workloads.web.ports.http.port: 65536  is out of range; write at most 65535",
    },
    {
      what: "a tag that moves",
      service: 'namespace: shop\nimage: "{account}.dkr.ecr.{region}.amazonaws.com/web:latest"\n',
      problem:
        "envs/dev/workloads/web.yaml:2:8  workloads.web.image: {account}.dkr.ecr.{region}.amazonaws.com/web:latest  has the tag latest, which moves; write a version, or the digest",
    },
    {
      what: "no tag",
      service: 'namespace: shop\nimage: "{account}.dkr.ecr.{region}.amazonaws.com/web"\n',
      problem:
        "envs/dev/workloads/web.yaml:2:8  workloads.web.image: {account}.dkr.ecr.{region}.amazonaws.com/web  has neither a tag nor a digest; write for example registry.example.com/team/orders:1.4.2",
    },
    {
      what: "an image of no registry",
      service: "namespace: shop\nimage: nginx:1.29\n",
      problem:
        "envs/dev/workloads/web.yaml:2:8  workloads.web.image: nginx:1.29  names no registry; write for example registry.example.com/team/orders:1.4.2",
    },
    {
      what: "a broken digest",
      service: 'namespace: shop\nimage: "{account}.dkr.ecr.{region}.amazonaws.com/web@sha256:abc"\n',
      problem:
        "envs/dev/workloads/web.yaml:2:8  workloads.web.image: {account}.dkr.ecr.{region}.amazonaws.com/web@sha256:abc  has a broken digest; write @sha256: and 64 hexadecimal digits",
    },
    {
      what: "an image from elsewhere",
      service: "namespace: shop\nimage: docker.io/library/nginx:1.29\n",
      problem:
        "envs/dev/workloads/web.yaml:2:8  workloads.web.image: docker.io/library/nginx:1.29  is not from an allowed registry (111122223333.dkr.ecr.us-east-1.amazonaws.com); push it there, or add to policies.allowedRegistries",
    },
    {
      what: "an image that the mirror hides from the rule",
      target: "images: { mirror: registry.corp/all }\npolicies: { allowedRegistries: [quay.io] }\n" + SHOP,
      service: "namespace: shop\nimage: quay.io/acme/web:1\n",
      problem:
        "envs/dev/workloads/web.yaml:2:8  workloads.web.image: registry.corp/all/quay.io/acme/web:1  is not from an allowed registry (quay.io); push it there, or add to policies.allowedRegistries",
    },
    {
      what: "a port that takes root",
      service: SERVICE + "ports: { http: { port: 80, protocol: http } }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:10  workloads.web.ports.http  would need root in the container; add targetPort: 8080, or another of 1024 or above",
    },
    {
      what: "a request above the limit",
      service: SERVICE + "resources: { cpus: 0.1, memoryMiB: 512, memoryLimitMiB: 256 }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:36  workloads.web.resources.memoryMiB: 512  is more than memoryLimitMiB: 256; write at most 256",
    },
    {
      what: "more than a container of the namespace may have",
      target: "namespaces: { shop: { limits: { max: { memoryMiB: 64 } } } }\n",
      service: SERVICE,
      problem:
        "envs/dev/workloads/web.yaml:4:36  workloads.web.resources.memoryMiB: 128  is more than limits.max.memoryMiB of namespace shop: 64; write at most 64",
    },
    {
      what: "a name with which its role's is too long",
      target:
        'cluster: { name: a-cluster-with-quite-a-long-name }\nnamespaces: { shop: {} }\nsecrets: { delivery: csi }\nworkloads: { a-service-with-a-long-name: { namespace: shop, image: "{account}.dkr.ecr.{region}.amazonaws.com/a:1", ports: { http: { port: 8080, protocol: http } }, resources: { cpus: 1, memoryMiB: 64 }, secrets: { db: { kind: mounted, keys: { DB: { name: dev/db } } } } } }\n',
      service: SERVICE,
      problem:
        "envs/dev/us-east-1.yaml:7:14  workloads.a-service-with-a-long-name: a-service-with-a-long-name  makes the IAM role a-cluster-with-quite-a-long-name-service-a-service-with-a-long-name; AWS rejects this: at most 64 characters, this is 67; shorten it or cluster.name",
    },
    {
      what: "labels of no node",
      service: SERVICE + "placement: { nodeLabels: { workload: gpu } }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:14  workloads.web.placement.nodeLabels: workload=gpu  are not the labels of any node group or pool; add them to one, or remove them",
    },
    {
      what: "a version of nothing",
      service: SERVICE + "app: api\n",
      problem:
        "envs/dev/workloads/web.yaml:3:6  workloads.web.app: api  is not a service that has versions; write the name of another of workloads",
    },
    {
      what: "a version in another namespace than its service",
      target: apiIn("pay", "http: { port: 8080, protocol: http }"),
      service: SERVICE + "app: api\n",
      problem:
        "envs/dev/workloads/web.yaml:3:6  workloads.web.app: api  is in namespace pay, and so must be its versions; write namespace: pay",
    },
    {
      what: "a version without a port of its service",
      target: apiIn("shop", "http: { port: 8080, protocol: http }, grpc: { port: 50051, protocol: grpc }"),
      service: SERVICE + "app: api\n",
      problem:
        "envs/dev/workloads/web.yaml:3:6  workloads.web.app: api  has ports that this version lacks: grpc; add them to ports",
    },
    {
      what: "a version whose pods answer at other ports, which nobody is let through to",
      target: apiIn("shop", "http: { port: 80, targetPort: 9090, protocol: http }"),
      service: SERVICE + "app: api\n",
      problem:
        "envs/dev/workloads/web.yaml:3:6  workloads.web.app: api  has its pods at other ports than this version: http 9090; write the same targetPort, for policies let callers through to those",
    },
    {
      what: "callers of a version",
      target: apiIn("shop", "http: { port: 8080, protocol: http }"),
      service: SERVICE + "app: api\ncallers: [{ cidr: 10.9.0.0/16 }]\n",
      problem:
        "envs/dev/workloads/web.yaml:4:1  workloads.web.callers  is the service's, and this is a version of it; write it at workloads.api.callers",
    },
    {
      what: "more than the namespace's quota",
      target: "namespaces: { shop: { quota: { cpus: 1 } } }\nmetricsServer: {}\n",
      service: SERVICE + "scaling: { horizontal: { max: 12, cpuPercent: 70 } }\n",
      problem:
        "envs/dev/us-east-1.yaml:4:38  namespaces.shop.quota.cpus: 1  is less than its services can ask for, 1.2 (web 1.2); raise it, or lower their replicas",
    },
    {
      what: "more than the namespace's quota with what Istio adds to each pod",
      target:
        "namespaces: { shop: { labels: { istio-injection: enabled }, quota: { cpus: 2 } } }\nmetricsServer: {}\nmesh: { kind: istio, id: acme, trustDomain: acme.internal, mtls: { mode: permissive, reason: while teams move } }\ningress: {}\n",
      service: SERVICE + "scaling: { horizontal: { max: 12, cpuPercent: 70 } }\n",
      problem:
        "envs/dev/us-east-1.yaml:4:76  namespaces.shop.quota.cpus: 2  is less than its services can ask for, 2.4 (web 1.2, their sidecars 1.2); raise it, or lower their replicas",
    },
  ]);
});
