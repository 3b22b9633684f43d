import { spawnSync } from "node:child_process";
import { tools } from "../../src/live/tools";
import type { Manifest } from "../../src/modules/manifest";
import {
  BALANCER_STAGE,
  countsThere,
  drain,
  type DrainOptions,
  KARPENTER_STAGE,
} from "../../src/teardown/drain";
import { describeOnCluster, type OfflineCluster } from "../support/offline-cluster";

/** An object that its controller has to let go of. */
type Held = Manifest & { readonly metadata: { readonly finalizers?: readonly string[] } };

const NODE_CLASS = { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "general" };
const REQUIREMENTS = [{ key: "kubernetes.io/arch", operator: "In", values: ["arm64"] }];
const KARPENTER: readonly Held[] = [
  {
    apiVersion: "karpenter.sh/v1",
    kind: "NodePool",
    metadata: { name: "general" },
    spec: { template: { spec: { nodeClassRef: NODE_CLASS, requirements: REQUIREMENTS } } },
  },
  {
    apiVersion: "karpenter.sh/v1",
    kind: "NodeClaim",
    metadata: { name: "general-x7k2p", finalizers: ["karpenter.sh/termination"] },
    spec: { nodeClassRef: NODE_CLASS, requirements: REQUIREMENTS },
  },
  {
    apiVersion: "karpenter.k8s.aws/v1",
    kind: "EC2NodeClass",
    metadata: { name: "general", finalizers: ["karpenter.k8s.aws/termination"] },
    spec: {
      amiSelectorTerms: [{ alias: "al2023@latest" }],
      role: "nodes",
      subnetSelectorTerms: [{ tags: { a: "b" } }],
      securityGroupSelectorTerms: [{ tags: { a: "b" } }],
    },
  },
];

const service = (name: string, type: string, finalizers: readonly string[] = []): Held => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, namespace: "shop", finalizers: [...finalizers] },
  spec: { type, selector: { app: name }, ports: [{ port: 80 }] },
});

/** A controller as far as finalizers go: takes those of what is being deleted off, if it may. */
function letGo(
  kubeconfig: string,
  resource: string,
  may: (annotations: object) => boolean = () => true,
): string[] {
  const kubectl = (...args: string[]) =>
    spawnSync("kubectl", ["--kubeconfig", kubeconfig, ...args], { encoding: "utf8" }).stdout;
  const { items } = JSON.parse(kubectl("get", resource, "-A", "-o", "json")) as {
    items: {
      metadata: { name: string; namespace?: string; deletionTimestamp?: string; annotations?: object };
    }[];
  };
  return items.flatMap(({ metadata: { name, namespace, deletionTimestamp, annotations = {} } }) => {
    if (deletionTimestamp === undefined || !may(annotations)) return [];
    const place = namespace === undefined ? [] : ["-n", namespace];
    kubectl("patch", resource, name, ...place, "--type=merge", "-p", '{"metadata":{"finalizers":null}}');
    return [`${resource} ${name}`];
  });
}

describeOnCluster("a cluster that is to go", (cluster) => {
  const options = (pause: () => void): DrainOptions => ({
    live: () => tools({ kubeconfig: cluster().kubeconfig }),
    pause: () => Promise.resolve(pause()),
    tries: 3,
    now: () => new Date(),
    say: () => undefined,
  });

  test("lets its controllers take load balancers back: what asks for one is deleted and waited for, and nothing else", async () => {
    await prepare(cluster());
    const { kubeconfig } = cluster();
    const gone: string[] = [];
    const pause = () =>
      ["services", "ingresses.networking.k8s.io"].forEach((each) => gone.push(...letGo(kubeconfig, each)));

    expect(await countsThere(BALANCER_STAGE, tools({ kubeconfig }))).toEqual(["1 ingress", "1 service"]);
    expect(await drain(BALANCER_STAGE, options(pause))).toEqual({ left: [] });
    expect(gone.sort()).toEqual(["ingresses.networking.k8s.io web", "services web"]);
    const { items } = JSON.parse(
      spawnSync("kubectl", ["--kubeconfig", kubeconfig, "get", "services", "-n", "shop", "-o", "json"], {
        encoding: "utf8",
      }).stdout,
    ) as { items: { metadata: { name: string } }[] };
    expect(items.map(({ metadata }) => metadata.name)).toEqual(["db"]);
  }, 400_000);

  test("lets Karpenter end its nodes, also one that nobody may drain, and its classes after them", async () => {
    const { kubeconfig } = cluster();
    const gone: string[] = [];
    const isOver = (annotations: object) => {
      const until = (annotations as Record<string, string>)["karpenter.sh/nodeclaim-termination-timestamp"];
      return until !== undefined && Date.parse(until) <= Date.now();
    };
    const pause = () => {
      gone.push(...letGo(kubeconfig, "nodeclaims.karpenter.sh", isOver));
      gone.push(...letGo(kubeconfig, "ec2nodeclasses.karpenter.k8s.aws"));
    };

    expect(await drain(KARPENTER_STAGE, options(pause))).toEqual({ left: [] });
    expect(gone).toEqual([
      "nodeclaims.karpenter.sh general-x7k2p",
      "ec2nodeclasses.karpenter.k8s.aws general",
    ]);
    expect(await countsThere(KARPENTER_STAGE, tools({ kubeconfig }))).toEqual([]);
  }, 400_000);
});

async function prepare(cluster: OfflineCluster): Promise<void> {
  await cluster.makeNamespaces(["shop"], {});
  await cluster.must(service("web", "LoadBalancer", ["service.k8s.aws/resources"]));
  await cluster.must(service("db", "ClusterIP"));
  const ingress: Held = {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "web", namespace: "shop", finalizers: ["ingress.k8s.aws/resources"] },
    spec: { defaultBackend: { service: { name: "web", port: { number: 80 } } } },
  };
  await cluster.must(ingress);
  for (const each of KARPENTER) await patiently(() => cluster.must(each));
}

/** The first object of a kind of somebody's own waits for the API server to describe all such kinds, which takes long on a busy machine. */
async function patiently(make: () => Promise<void>, tries = 5): Promise<void> {
  try {
    await make();
  } catch (error) {
    if (tries <= 1) throw error;
    await patiently(make, tries - 1);
  }
}
