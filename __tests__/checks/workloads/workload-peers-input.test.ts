import { refusesService, SERVICE, SHOP } from "../../support/workload-problems";

describe("whom a service talks to", () => {
  refusesService([
    {
      what: "a dependency of two kinds",
      service: SERVICE + "dependencies: [{ workload: a, cidr: 10.9.0.0/16 }]\n",
      problem:
        "envs/dev/workloads/web.yaml:3:16  workloads.web.dependencies[0]  has workload and cidr, which exclude each other; keep one",
    },
    {
      what: "a service of this target in another",
      service: SERVICE + "dependencies: [{ workload: api, target: dev/eu-west-1 }]\n",
      problem:
        "envs/dev/workloads/web.yaml:3:28  workloads.web.dependencies[0].workload: api  is not a service of this target; add it under workloads, or write namespace, cidr or fqdn",
      more: [
        "envs/dev/workloads/web.yaml:3:41  workloads.web.dependencies[0].target: dev/eu-west-1  has no effect with workload, which is one of this target; remove it, or write namespace",
      ],
    },
    {
      what: "UDP to a service",
      service: SERVICE + "dependencies: [{ workload: api, protocol: UDP }]\n",
      problem:
        "envs/dev/workloads/web.yaml:3:28  workloads.web.dependencies[0].workload: api  is not a service of this target; add it under workloads, or write namespace, cidr or fqdn",
      more: [
        "envs/dev/workloads/web.yaml:3:43  workloads.web.dependencies[0].protocol: UDP  is UDP, and ports of a workload are TCP; remove it",
      ],
    },
    {
      what: "a dependency on pods of a target that is not a peer",
      service: SERVICE + "dependencies: [{ namespace: stock, target: dev/eu-west-1, port: 8443 }]\n",
      problem:
        "envs/dev/workloads/web.yaml:3:44  workloads.web.dependencies[0].target: dev/eu-west-1  is not a peer of this target in Cilium's mesh; write cidr, or mesh: { kind: cilium, peers } with it",
    },
    {
      what: "callers of a target that is not a peer",
      service: SERVICE + "callers: [{ namespace: edge, target: dev/eu-west-1 }]\n",
      problem:
        "envs/dev/workloads/web.yaml:3:38  workloads.web.callers[0].target: dev/eu-west-1  is not a peer of this target in Cilium's mesh; write cidr, or mesh: { kind: cilium, peers } with it",
    },
    {
      what: "a dependency on a service that is not there",
      service: SERVICE + "dependencies: [{ workload: api }]\n",
      problem:
        "envs/dev/workloads/web.yaml:3:28  workloads.web.dependencies[0].workload: api  is not a service of this target; add it under workloads, or write namespace, cidr or fqdn",
    },
    {
      what: "a dependency on itself",
      service: SERVICE + "dependencies: [{ workload: web }]\n",
      problem:
        "envs/dev/workloads/web.yaml:3:28  workloads.web.dependencies[0].workload: web  is the service itself; for calls among its own pods write peers: [http]",
    },
    {
      what: "a dependency on everything",
      service: SERVICE + "dependencies: [{ cidr: 0.0.0.0/0, port: 443 }]\n",
      problem:
        "envs/dev/workloads/web.yaml:3:24  workloads.web.dependencies[0].cidr: 0.0.0.0/0  opens the pods to every address; write narrower ranges, or add a reason",
    },
    {
      what: "a dependency by name without Cilium",
      target: "cni: { kind: vpc-cni }\n" + SHOP,
      service: SERVICE + "dependencies: [{ fqdn: api.stripe.com, port: 443 }]\n",
      problem:
        "envs/dev/workloads/web.yaml:3:24  workloads.web.dependencies[0].fqdn: api.stripe.com  needs Cilium: Kubernetes policies don't know names; write cidr, or choose a cilium kind of cni",
    },
    {
      what: "a namespace that does not let the call in",
      target: "namespaces: { shop: {}, pay: {} }\n",
      service: SERVICE + "dependencies: [{ namespace: pay, port: 8443 }]\n",
      problem:
        "envs/dev/workloads/web.yaml:3:29  workloads.web.dependencies[0].namespace: pay  does not allow it from its side; add to namespaces.pay.allow: { from: { namespace: shop, port: 8443 } }",
    },
    {
      what: "a caller that its namespace does not let out",
      target: "namespaces: { shop: {}, edge: {} }\n",
      service: SERVICE + "callers: [{ namespace: edge }]\n",
      problem:
        "envs/dev/workloads/web.yaml:3:24  workloads.web.callers[0].namespace: edge  does not allow it from its side; add to namespaces.edge.allow: { to: { namespace: shop, port: 8080 } }",
    },
    {
      what: "a caller of no port",
      service: SERVICE + "callers: [{ loadBalancer: internal, ports: [admin] }]\n",
      problem:
        "envs/dev/workloads/web.yaml:3:45  workloads.web.callers[0].ports[0]: admin  is not one of the service's ports; write one of http",
    },
    {
      what: "peers on a port that it has not",
      service: SERVICE + "peers: [cql]\n",
      problem:
        "envs/dev/workloads/web.yaml:3:9  workloads.web.peers[0]: cql  is not one of the service's ports; write one of http",
    },
    {
      what: "a caller that its namespace lets out to another port",
      target: "namespaces: { shop: {}, edge: { allow: [{ to: { namespace: shop, port: 8443 } }] } }\n",
      service: SERVICE + "callers: [{ namespace: edge }]\n",
      problem:
        "envs/dev/us-east-1.yaml:4:60  namespaces.edge.allow[0].to.namespace: shop  does not allow it from its side; add to namespaces.shop.allow: { from: { namespace: edge, port: 8443 } }, or for a service there to its callers: { namespace: edge }",
      more: [
        "envs/dev/workloads/web.yaml:3:24  workloads.web.callers[0].namespace: edge  does not allow it from its side; add to namespaces.edge.allow: { to: { namespace: shop, port: 8080 } }",
      ],
    },
    {
      what: "what an open namespace allows anyway",
      target: "namespaces: { shop: { defaultDeny: { enabled: false, reason: for a short test } } }\n",
      service: SERVICE + "dependencies: [{ cidr: 10.9.0.0/16, port: 443 }]\n",
      problem:
        "envs/dev/workloads/web.yaml:3:1  workloads.web.dependencies[0]  allows what nothing denies: defaultDeny of namespace shop is off; remove it, or turn defaultDeny on",
    },
    {
      what: "what the admission policy would refuse of its load balancer",
      target: "ingress: {}\ntraffic: { api: alb-ingress }\nnamespaces: { shop: {} }\n",
      service: SERVICE + "traffic: { hosts: [a.example.com], ingress: { idleTimeoutSeconds: 30 } }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:67  workloads.web.traffic.ingress.idleTimeoutSeconds: 30  takes the annotation alb.ingress.kubernetes.io/load-balancer-attributes, which the admission policy refuses; add it to policies.loadBalancerAnnotations",
    },
    {
      what: "a route whose action the admission policy would refuse",
      target: "ingress: {}\ntraffic: { api: alb-ingress }\nnamespaces: { shop: {} }\n",
      service:
        SERVICE +
        "traffic: { hosts: [a.example.com], routes: [{ prefix: /, redirect: { host: b.example.com } }] }\n",
      problem:
        "envs/dev/workloads/web.yaml:3:36  workloads.web.traffic.routes[0]  takes the annotation alb.ingress.kubernetes.io/actions.*, which the admission policy refuses; add it to policies.loadBalancerAnnotations",
    },
  ]);
});
