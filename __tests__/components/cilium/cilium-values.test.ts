import {
  type CiliumMode,
  type CiliumProps,
  ciliumValues,
  cniConfigurationFor,
} from "../../../src/components/cilium/cilium-values";
import { isAtLeast } from "../../../src/text/versions";
import { NameTooLongError } from "../../../src/modules/physical-names";

const vpcCidr = "10.0.0.0/16";
const podSubnetTag = { key: "octarine/pods", value: "dev" };
const eni = { kind: "eni", vpcCidr, prefixDelegation: true, podSubnetTag, ownPodSubnets: true } as const;
const overlay: CiliumMode = { kind: "overlay", podCidr: "100.64.0.0/11", nodeMask: 24, tunnel: "vxlan" };
const chaining: CiliumMode = { kind: "chaining", vpcCidr };

function values(props: Partial<CiliumProps> = {}) {
  return ciliumValues({
    version: "1.19.6",
    clusterName: "dev",
    apiServerHost: "abc.eks.amazonaws.com",
    mode: eni,
    encryption: "none",
    hubble: { relay: true, ui: true, metrics: ["dns"] },
    ...props,
  });
}

test.each([
  ["1.19.0", "1.19", true],
  ["1.19.6", "1.19", true],
  ["1.20.0", "1.19", true],
  ["2.0.0", "1.19", true],
  ["1.18.12", "1.19", false],
  ["1.9.9", "1.19", false],
  ["0.99.0", "1.19", false],
])("%s is at least %s: %s", (version, minor, answer) => {
  expect(isAtLeast(version, minor)).toBe(answer);
});

describe("in every mode", () => {
  const modes: [string, CiliumMode][] = [
    ["eni", eni],
    ["overlay", overlay],
    ["chaining", chaining],
  ];

  // Who may talk to whom can't be reviewed without seeing who does.
  test.each(modes)("%s: Hubble with relay, UI and metrics", (_name, mode) => {
    expect(values({ mode })).toMatchObject({
      hubble: {
        enabled: true,
        relay: { enabled: true },
        ui: { enabled: true },
        metrics: { enabled: ["dns"] },
      },
    });
  });

  test.each(modes)("%s: two operators", (_name, mode) => {
    expect(values({ mode })).toMatchObject({ operator: { replicas: 2 } });
  });

  // Where every group is a system pool, or every node waits for Istio's agent, no pod gets an address before its operator runs.
  test.each(modes)(
    "%s: no taint of the platform keeps operator, certificates or Hubble off a node",
    (_name, mode) => {
      const { operator, certgen, hubble } = values({ mode }) as Record<string, Record<string, unknown>>;
      const { relay, ui } = (hubble ?? {}) as Record<string, Record<string, unknown>>;

      for (const pod of [operator, certgen, relay, ui])
        expect(pod?.tolerations).toEqual(
          expect.arrayContaining([
            { key: "CriticalAddonsOnly", operator: "Exists" },
            { key: "cni.istio.io/not-ready", operator: "Exists" },
          ]),
        );
      expect(operator?.tolerations).toContainEqual({
        key: "node.kubernetes.io/not-ready",
        operator: "Exists",
      });
    },
  );

  // cilium/charts, cilium-1.18.12: the cronJob method's Jobs are hooks, which Helm waits for although there is no node
  // (helm/helm-www, docs/topics/charts_hooks.md). In cilium-1.19.6 they are plain Jobs.
  test.each(modes)("%s: certificates without a hook, by version", (_name, mode) => {
    const method = (version: string) => values({ mode, version });

    expect(method("1.18.12")).toMatchObject({ hubble: { tls: { auto: { method: "helm" } } } });
    expect(method("1.19.6")).toMatchObject({ hubble: { tls: { auto: { method: "cronJob" } } } });
  });

  test.each(modes)("%s: images from a mirror leave the other values as they are", (_name, mode) => {
    const mirrored = values({ mode, imageMirror: "registry.corp" });

    expect(mirrored).toMatchObject(values({ mode }));
    expect(mirrored).toMatchObject({ image: { repository: "registry.corp/quay.io/cilium/cilium" } });
    expect(values({ mode })).not.toHaveProperty("image");
  });

  test.each(modes)("%s: the cluster's name, of at most 32 characters", (_name, mode) => {
    expect(values({ mode })).toMatchObject({ cluster: { name: "dev" } });
    expect(() => values({ mode, clusterName: "x".repeat(33) })).toThrow(NameTooLongError);
  });

  test.each(modes)("%s: encryption between nodes only when asked for", (_name, mode) => {
    expect(values({ mode })).toMatchObject({ encryption: { enabled: false } });
    expect(values({ mode, encryption: "wireguard" })).toMatchObject({
      encryption: { enabled: true, type: "wireguard" },
    });
  });
});

test("Hubble's parts can be left out", () => {
  const { hubble } = values({ hubble: { relay: false, ui: false, metrics: [] } });

  expect(hubble).toMatchObject({
    relay: { enabled: false },
    ui: { enabled: false },
    metrics: { enabled: [] },
  });
});

describe("ENI mode", () => {
  // Cilium's page "AWS ENI": pods have VPC addresses, so nothing is tunnelled or masqueraded within the VPC.
  test("is ENI addresses with prefixes and native routing, in place of kube-proxy", () => {
    expect(values()).toMatchObject({
      ipam: { mode: "eni" },
      routingMode: "native",
      ipv4NativeRoutingCIDR: vpcCidr,
      eni: { enabled: true, awsEnablePrefixDelegation: true },
      kubeProxyReplacement: "true",
      k8sServiceHost: "abc.eks.amazonaws.com",
      k8sServicePort: "443",
    });
  });

  test("takes single addresses when prefixes are off", () => {
    const { eni: values_ } = values({ mode: { ...eni, prefixDelegation: false } });

    expect(values_).toMatchObject({ awsEnablePrefixDelegation: false });
  });

  // cilium/cilium#26649: the filter filters instances, too, and loses nodes of other subnets.
  test.each(["1.18.12", "1.19.6"])("%s never filters subnets for all instances", (version) => {
    const text = JSON.stringify(values({ version, mode: eni }));

    expect(text).not.toMatch(/subnetTagsFilter|subnetIDsFilter|instanceTagsFilter/);
  });

  test("1.19 finds the pods' subnets by the node's spec, from the second interface on", () => {
    const found = values({ mode: eni });

    expect(found).toMatchObject({
      eni: { nodeSpec: { subnetTags: ["octarine/pods=dev"], firstInterfaceIndex: 1 } },
    });
    expect(found).not.toHaveProperty("cni");
  });

  test("1.18 reads the pods' subnets from a CNI configuration of its own", () => {
    const found = values({
      version: "1.18.12",
      mode: eni,
    });

    expect(found).toMatchObject({
      cni: { customConf: true, configMap: "cilium-cni-configuration", configMapKey: "cni-config" },
    });
    expect(found.eni).not.toHaveProperty("nodeSpec");
  });

  // cilium/cilium v1.19.6 pkg/aws/eni/node.go, findSuitableSubnet: without tags any subnet of the zone comes next.
  test("pods that share the nodes' subnets stay in them when they run low", () => {
    const shared = {
      ...eni,
      podSubnetTag: { key: "karpenter.sh/discovery", value: "dev" },
      ownPodSubnets: false,
    };

    expect(values({ mode: shared }).eni).toMatchObject({
      nodeSpec: { subnetTags: ["karpenter.sh/discovery=dev"] },
    });
    expect(JSON.stringify(values({ mode: shared }))).not.toContain("firstInterfaceIndex");
    expect(JSON.parse(cniConfigurationFor(shared, "1.18.12") ?? "")).toMatchObject({
      plugins: [{ eni: { "subnet-tags": { "karpenter.sh/discovery": "dev" } } }],
    });
    expect(cniConfigurationFor(shared, "1.18.12")).not.toContain("first-interface-index");
  });

  // Pods leave under their own addresses, so their subnets have the NAT route (cilium/charts, cilium-1.18.12,
  // templates/cilium-configmap.yaml: `enable-ipv4-masquerade` is off in ENI mode).
  test("does not masquerade", () => {
    expect(values()).toMatchObject({ enableIPv4Masquerade: false });
  });

  test("cleans up the interfaces of its own cluster only", () => {
    expect(values().eni).toMatchObject({
      eniTags: { "octarine/cluster": "dev" },
      gcTags: { "octarine/cluster": "dev" },
    });
  });

  test("1.18's CNI configuration names tag and first interface", () => {
    const configuration = cniConfigurationFor(eni, "1.18.12") ?? "";

    expect(JSON.parse(configuration)).toEqual({
      cniVersion: "0.3.1",
      name: "cilium",
      plugins: [
        {
          cniVersion: "0.3.1",
          type: "cilium-cni",
          eni: { "subnet-tags": { "octarine/pods": "dev" }, "first-interface-index": 1 },
        },
      ],
    });
  });
});

describe("overlay", () => {
  test.each(["geneve", "vxlan"] as const)(
    "%s is a tunnel over the range given, in place of kube-proxy",
    (tunnel) => {
      const found = values({ mode: { kind: "overlay", podCidr: "10.32.0.0/13", nodeMask: 25, tunnel } });

      expect(found).toMatchObject({
        ipam: {
          mode: "cluster-pool",
          operator: { clusterPoolIPv4PodCIDRList: ["10.32.0.0/13"], clusterPoolIPv4MaskSize: 25 },
        },
        routingMode: "tunnel",
        tunnelProtocol: tunnel,
        kubeProxyReplacement: "true",
        k8sServiceHost: "abc.eks.amazonaws.com",
      });
    },
  );

  // Cilium, "Routing", native: the network must know the way to pods, and a VPC knows none to addresses of their own.
  test("is never native routing or direct routes between nodes", () => {
    const text = JSON.stringify(values({ mode: overlay }));

    expect(text).not.toMatch(/autoDirectNodeRoutes|ipv4NativeRoutingCIDR|"native"/);
  });

  test("masquerades: the VPC knows no pod address", () => {
    expect(values({ mode: overlay })).toMatchObject({
      enableIPv4Masquerade: true,
      bpf: { masquerade: true },
    });
  });

  test("only Geneve can answer clients directly", () => {
    expect(values({ mode: { ...overlay, tunnel: "geneve" } })).toMatchObject({
      loadBalancer: { mode: "dsr" },
    });
    expect(values({ mode: overlay })).not.toHaveProperty("loadBalancer");
  });
});

describe("chaining", () => {
  test("leaves addresses and services to the VPC CNI and kube-proxy", () => {
    const found = values({ mode: chaining });

    expect(found).toMatchObject({
      cni: { chainingMode: "aws-cni", exclusive: false },
      kubeProxyReplacement: "false",
      routingMode: "native",
      enableIPv4Masquerade: false,
      endpointRoutes: { enabled: true },
    });
    expect(found).not.toHaveProperty("k8sServiceHost");
    expect(found).not.toHaveProperty("ipam");
  });

  test("restarts pods that started before Cilium, beside its two operators", () => {
    expect(values({ mode: chaining }).operator).toMatchObject({
      replicas: 2,
      unmanagedPodWatcher: { restart: true },
    });
  });
});
