import type { Answer, Live } from "../../src/live/question";
import { BALANCER_STAGE, countsThere, drain, KARPENTER_STAGE } from "../../src/teardown/drain";

interface Thing {
  readonly resource: string;
  readonly name: string;
  readonly namespace?: string;
  readonly type?: string;
  /** Rounds of looking after which its controller has let go of it; never without it. */
  letsGo?: number;
  /** Rounds after its time has come (an annotation of Karpenter's). */
  forced?: number;
}

/** A cluster whose controllers take their time. */
class Cluster {
  readonly asked: string[] = [];
  private readonly deleting = new Set<Thing>();

  constructor(private things: Thing[]) {}

  readonly live = (): Live => ({ ask: ({ args }) => Promise.resolve(this.answer(args)) });

  readonly pause = (): Promise<void> => {
    for (const each of this.deleting) if (each.letsGo !== undefined) each.letsGo--;
    this.things = this.things.filter((each) => !this.deleting.has(each) || (each.letsGo ?? 1) > 0);
    return Promise.resolve();
  };

  private answer(args: readonly string[]): Answer {
    const [verb = "", resource = "", ...rest] = args;
    const of = this.things.filter((each) => each.resource === resource);
    if (verb !== "get") this.asked.push(args.join(" "));
    if (verb === "annotate") of.forEach((each) => (each.letsGo = each.forced));
    if (verb === "delete")
      of.filter(({ name }) => rest.includes(name)).forEach((each) => {
        this.deleting.add(each);
        if (each.letsGo === 0) this.things = this.things.filter((other) => other !== each);
      });
    if (verb === "get" && resource.includes("targetgroupbindings"))
      return {
        is: "failed",
        code: 1,
        text: "",
        stderr: `error: the server doesn't have a resource type "${resource}"`,
      };
    const items = of.map(({ name, namespace, type }) => ({ metadata: { name, namespace }, spec: { type } }));
    return { is: "said", text: JSON.stringify({ items }) };
  }

  options(said: string[] = []) {
    const { live, pause } = this;
    return {
      live,
      pause,
      tries: 4,
      now: () => new Date("2026-11-29T10:00:00.5Z"),
      say: (line: string) => said.push(line),
    };
  }
}

const service = (name: string, namespace: string, type: string): Thing => ({
  resource: "services",
  name,
  namespace,
  type,
  letsGo: 2,
});

test("Services with a load balancer are deleted and waited for; others stay", async () => {
  const cluster = new Cluster([
    service("web", "shop", "LoadBalancer"),
    service("api", "shop", "LoadBalancer"),
    service("edge", "bank", "LoadBalancer"),
    service("db", "shop", "ClusterIP"),
  ]);

  expect(await countsThere(BALANCER_STAGE, cluster.live())).toEqual(["3 services"]);
  expect(await drain(BALANCER_STAGE, cluster.options())).toEqual({ left: [] });
  expect(cluster.asked).toEqual([
    "delete services web api --wait=false --ignore-not-found -n shop",
    "delete services edge --wait=false --ignore-not-found -n bank",
  ]);
  expect(await countsThere(BALANCER_STAGE, cluster.live())).toEqual([]);
});

test("what its controller does not let go is named", async () => {
  const cluster = new Cluster([{ resource: "ingresses.networking.k8s.io", name: "web", namespace: "shop" }]);

  expect(await drain(BALANCER_STAGE, cluster.options())).toEqual({
    left: ["ingresses.networking.k8s.io shop/web"],
  });
});

const karpenter = (claim: Partial<Thing>): Thing[] => [
  { resource: "nodepools.karpenter.sh", name: "general", letsGo: 0 },
  { resource: "nodeclaims.karpenter.sh", name: "general-x7k2p", ...claim },
  { resource: "ec2nodeclasses.karpenter.k8s.aws", name: "general", letsGo: 1 },
];

test("pools go before the nodes that they made, and classes after them", async () => {
  const cluster = new Cluster(karpenter({ letsGo: 3 }));
  const said: string[] = [];

  expect(await drain(KARPENTER_STAGE, cluster.options(said))).toEqual({ left: [] });
  expect(cluster.asked.map((each) => each.split(" ").slice(0, 3).join(" "))).toEqual([
    "delete nodepools.karpenter.sh general",
    "delete nodeclaims.karpenter.sh general-x7k2p",
    "delete ec2nodeclasses.karpenter.k8s.aws general",
  ]);
  expect(said).toEqual(["deleting 1 nodepool", "deleting 1 nodeclaim", "deleting 1 ec2nodeclass"]);
});

test("a node whose pods may not be evicted is waited for first, and then no longer", async () => {
  const cluster = new Cluster(karpenter({ forced: 1 }));
  const said: string[] = [];

  expect(await drain(KARPENTER_STAGE, cluster.options(said))).toEqual({ left: [] });
  expect(cluster.asked).toContain(
    "annotate nodeclaims.karpenter.sh general-x7k2p karpenter.sh/nodeclaim-termination-timestamp=2026-11-29T10:00:00Z --overwrite",
  );
  expect(said[2]).toContain("1 node can't be drained");
});

test("a node class stays as long as a node does", async () => {
  const cluster = new Cluster(karpenter({}));

  expect(await drain(KARPENTER_STAGE, cluster.options())).toEqual({
    left: ["nodeclaims.karpenter.sh general-x7k2p"],
  });
  expect(cluster.asked.join("\n")).not.toContain("delete ec2nodeclasses");
});

test("a cluster that answers nothing is left alone, and why is said", async () => {
  const live = (): Live => ({
    ask: () =>
      Promise.resolve({ is: "failed", code: 1, text: "", stderr: "Unable to connect to the server: EOF" }),
  });

  expect(await drain(KARPENTER_STAGE, { ...new Cluster([]).options(), live })).toEqual({
    why: "Unable to connect to the server: EOF",
  });
  expect(await countsThere(KARPENTER_STAGE, live())).toBeUndefined();
});
