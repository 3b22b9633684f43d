import type { Given, RuleCase } from "../support";

const release = (values: object, more: object = {}): Given => [
  "helm_release",
  {
    chart: "some",
    repository: "https://charts.example.com",
    version: "1.2.3",
    namespace: "apps",
    values: [JSON.stringify(values)],
    ...more,
  },
];
const chart = (name: string, values: object) => release(values, { chart: name });
const object = (kind: string, body: object, metadata: object = {}): Given => [
  "helm_release",
  {
    chart: "./assets/manifests",
    namespace: "apps",
    values: [JSON.stringify({ manifests: { it: { kind, metadata: { name: "it", ...metadata }, ...body } } })],
  },
];
const context = {
  runAsNonRoot: true,
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  seccompProfile: { type: "RuntimeDefault" },
  capabilities: { drop: ["ALL"] },
};
const resources = { requests: { cpu: "1", memory: "1Gi" }, limits: { memory: "1Gi" } };
const good = {
  name: "app",
  image: "registry.example.com/app:1.2.3",
  resources,
  securityContext: context,
  readinessProbe: { a: 1 },
  livenessProbe: { a: 1 },
};
const deployment = (container: object, pod: object = {}, spec: object = {}): Given =>
  object("Deployment", {
    spec: {
      replicas: 2,
      ...spec,
      template: {
        spec: { automountServiceAccountToken: false, ...pod, containers: [{ ...good, ...container }] },
      },
    },
  });
const fine = deployment({});
const insecure = (more: object) => deployment({ securityContext: { ...context, ...more } });
const namespace = (labels: object): Given => object("Namespace", {}, { name: "shop", labels });
const restricted = namespace({ "pod-security.kubernetes.io/enforce": "restricted" });
/** One of the platform's: its components can't do with either. */
const ofPlatform = object("Namespace", {}, { name: "monitoring" });
const denyAll = object(
  "NetworkPolicy",
  { spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } },
  { namespace: "shop" },
);
const role = (rule: object): Given =>
  object("ClusterRole", { rules: [{ verbs: ["get"], resources: ["pods"], ...rule }] });
const binding = (subject: object, roleName = "view"): Given =>
  object("ClusterRoleBinding", { roleRef: { name: roleName }, subjects: [subject] });
const scheme = { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" };

export const clusterCases: readonly RuleCase[] = [
  [
    "SEC-HELM-LITERAL",
    [release({ db: { password: "hunter22" } })],
    [release({ db: { passwordSecretName: "db", existingSecret: "db-admin" } })],
  ],
  [
    "SEC-HELM-LITERAL",
    [release({ admin: { passwordKey: "admin-password" } })],
    [release({ admin: { existingSecret: "grafana", passwordKey: "admin-password" } })],
  ],
  [
    "SEC-HELM-LITERAL",
    [release({}, { set: [{ name: "adminPassword", value: "hunter22" }] })],
    [release({}, { set: [{ name: "replicas", value: "2" }] })],
  ],
  [
    "SEC-MANIFEST-LITERAL",
    [
      object("Secret", { stringData: { password: "hunter22" } }),
      ["kubernetes_secret_v1", { metadata: { name: "s" }, data: { key: "x" } }],
    ],
    [object("Secret", {}), object("ExternalSecret", { spec: {} })],
  ],
  [
    "SEC-MANIFEST-LITERAL",
    [object("Secret", { stringData: { west: "endpoints:\n- https://a.example:2379\npassword: x\n" } })],
    [
      // Where Cilium's peers are: no secret, though in a Secret.
      object("Secret", {
        stringData: { west: "endpoints:\n- https://a.example:2379\nkey-file: /var/lib/cilium/x.key\n" },
      }),
    ],
  ],
  [
    "SEC-CONFIG-MAP",
    [object("ConfigMap", { data: { "app.env": "API_TOKEN=abcdef" } })],
    [object("ConfigMap", { data: { "app.env": "LOG_LEVEL=debug" } })],
  ],
  [
    "SEC-ENVIRONMENT",
    [
      deployment({ env: [{ name: "DB", valueFrom: { secretKeyRef: { name: "db" } } }] }),
      deployment({ env: [{ name: "DB_PASSWORD", value: "x" }] }),
    ],
    [fine],
  ],
  ["SEC-TOKEN-MOUNT", [deployment({}, { automountServiceAccountToken: true })], [fine]],
  ["HELM-UNREAD", [], [release({})]],
  [
    "HELM-PROTECTION-OFF",
    [chart("cilium", { policyEnforcementMode: "never" })],
    [chart("cilium", { policyEnforcementMode: "default" })],
  ],
  [
    "HELM-PROTECTION-OFF",
    [chart("metrics-server", { args: ["--kubelet-insecure-tls"] })],
    [chart("metrics-server", { args: ["--metric-resolution=15s"] })],
  ],
  [
    "HELM-PROTECTION-OFF",
    [
      chart("argo-cd", { configs: { params: { "server.insecure": true } } }),
      release({ webhook: { failurePolicy: "Ignore" } }),
    ],
    [chart("argo-cd", { configs: { params: {} } })],
  ],
  [
    "HELM-PRIVILEGED",
    [release({ securityContext: { privileged: true } })],
    [release({ securityContext: { runAsNonRoot: true } })],
  ],
  [
    "HELM-REQUESTS",
    [
      chart("external-dns", {}),
      chart("external-dns", { resources: { requests: { cpu: "10m" }, limits: { memory: "64Mi" } } }),
    ],
    [
      chart("external-dns", {
        resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { memory: "64Mi" } },
      }),
      chart("a-teams-own", {}),
    ],
  ],
  ["HELM-IMAGE-TAG", [release({ image: { tag: "latest" } })], [release({ image: { tag: "1.2.3" } })]],
  [
    "HELM-LB-SCHEME",
    [release({ gateway: { service: { type: "LoadBalancer" } } })],
    [release({ gateway: { service: { type: "LoadBalancer", annotations: scheme } } })],
  ],
  [
    "HELM-VERSION-PIN",
    [release({}, { version: "~> 1.2" }), release({}, { version: null })],
    [release({}), release({}, { chart: "./assets/x", version: null })],
  ],
  ["HELM-REPOSITORY", [release({}, { repository: "http://charts.example.com" })], [release({})]],
  [
    "ENC-NODE-TRAFFIC",
    [chart("cilium", { encryption: { enabled: false, type: "wireguard" } })],
    [
      chart("cilium", { encryption: { enabled: true, type: "wireguard" } }),
      chart("cilium", { encryption: { enabled: false } }),
    ],
  ],
  [
    "ENC-STORAGE-CLASS",
    [object("StorageClass", { provisioner: "ebs.csi.aws.com", parameters: {} })],
    [object("StorageClass", { provisioner: "ebs.csi.aws.com", parameters: { encrypted: "true" } })],
  ],
  ["K8S-PRIVILEGED", [insecure({ privileged: true })], [fine]],
  ["K8S-HOST-NAMESPACES", [deployment({}, { hostNetwork: true })], [fine]],
  ["K8S-HOST-PATH", [deployment({}, { volumes: [{ name: "h", hostPath: { path: "/var/run" } }] })], [fine]],
  [
    "K8S-HOST-PORT",
    [deployment({ ports: [{ hostPort: 80 }] })],
    [deployment({ ports: [{ containerPort: 80 }] })],
  ],
  ["K8S-RUN-AS-ROOT", [insecure({ runAsNonRoot: false })], [fine]],
  ["K8S-ROOT-USER", [insecure({ runAsUser: 0 })], [insecure({ runAsUser: 10001 })]],
  ["K8S-ESCALATION", [insecure({ allowPrivilegeEscalation: true })], [fine]],
  ["K8S-CAPABILITIES", [insecure({ capabilities: { drop: ["ALL"], add: ["NET_ADMIN"] } })], [fine]],
  ["K8S-ROOT-FILESYSTEM", [insecure({ readOnlyRootFilesystem: false })], [fine]],
  ["K8S-SECCOMP", [insecure({ seccompProfile: { type: "Unconfined" } })], [fine]],
  [
    "K8S-IMAGE-TAG",
    [deployment({ image: "registry:5000/app" }), deployment({ image: "app:latest" })],
    [fine, deployment({ image: "app@sha256:0" })],
  ],
  ["K8S-RESOURCES", [deployment({ resources: { requests: { cpu: "1" } } })], [fine]],
  ["K8S-PROBES", [deployment({ livenessProbe: null })], [fine]],
  ["K8S-REPLICAS", [deployment({}, {}, { replicas: 1 })], [fine]],
  ["K8S-DEFAULT-NAMESPACE", [object("CronJob", { spec: {} }, { namespace: "default" })], [fine]],
  [
    "K8S-LB-SCHEME",
    [object("Service", { spec: { type: "LoadBalancer" } })],
    [
      object("Service", { spec: { type: "LoadBalancer" } }, { annotations: scheme }),
      object("Service", { spec: {} }),
    ],
  ],
  [
    "K8S-INGRESS-SCHEME",
    [object("Ingress", { spec: { ingressClassName: "alb" } })],
    [
      object(
        "Ingress",
        { spec: { ingressClassName: "alb" } },
        { annotations: { "alb.ingress.kubernetes.io/scheme": "internal" } },
      ),
    ],
  ],
  [
    "K8S-INGRESS-TLS",
    [object("Ingress", { spec: {} })],
    [object("Ingress", { spec: { tls: [{ hosts: ["a.example.com"] }] } })],
  ],
  [
    "K8S-INGRESS-SNIPPET",
    [object("Ingress", { spec: {} }, { annotations: { "nginx.ingress.kubernetes.io/server-snippet": "x" } })],
    [object("Ingress", { spec: {} })],
  ],
  [
    "K8S-EXTERNAL-IP",
    [object("Service", { spec: { externalIPs: ["198.51.100.7"] } })],
    [object("Service", { spec: {} })],
  ],
  [
    "K8S-POD-SECURITY",
    [namespace({ "pod-security.kubernetes.io/enforce": "privileged" }), namespace({})],
    [restricted, ofPlatform],
  ],
  ["K8S-DEFAULT-DENY", [restricted], [restricted, denyAll, ofPlatform]],
  [
    "K8S-POLICY-WORLD",
    [object("NetworkPolicy", { spec: { egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }] } })],
    [
      object("NetworkPolicy", {
        spec: { egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: [{ port: 443 }] }] },
      }),
    ],
  ],
  ["K8S-RBAC-WILDCARD", [role({ verbs: ["*"] })], [role({})]],
  ["K8S-RBAC-ESCALATION", [role({ verbs: ["escalate"] })], [role({})]],
  [
    "K8S-RBAC-SECRETS",
    [role({ resources: ["secrets"] })],
    [role({ resources: ["secrets"], resourceNames: ["one"] })],
  ],
  ["K8S-RBAC-ADMIN", [binding({ name: "ops" }, "cluster-admin")], [binding({ name: "ops" })]],
  ["K8S-RBAC-ANONYMOUS", [binding({ name: "system:anonymous" })], [binding({ name: "ops" })]],
  [
    "K8S-DEFAULT-ACCOUNT",
    [binding({ kind: "ServiceAccount", name: "default" })],
    [binding({ kind: "ServiceAccount", name: "app" })],
  ],
  [
    "K8S-MESH-MTLS",
    [object("PeerAuthentication", { spec: { mtls: { mode: "PERMISSIVE" } } })],
    [object("PeerAuthentication", { spec: { mtls: { mode: "STRICT" } } })],
  ],
  [
    "K8S-GATEWAY-TLS",
    [object("Gateway", { spec: { servers: [{ port: { number: 80, protocol: "HTTP" } }] } })],
    [
      object("Gateway", {
        spec: { servers: [{ port: { number: 80, protocol: "HTTP" }, tls: { httpsRedirect: true } }] },
      }),
    ],
  ],
];
