import { layerBuckets } from "../../facts/image-registries";
import { at, items, text } from "../../values/value";
import type { ReachWorld } from "../path/reach-world";
import type { Need, NeedEnd } from "./need";

/** What a target pulls, with the domains that it takes. */
export interface Pull {
  readonly registry: string;
  readonly users: readonly string[];
  readonly domains: readonly string[];
}

/** Registries that nodes pull from, and the buckets that layers come from. */
export function imageNeeds(pulls: readonly Pull[], region: string): Need[] {
  const need = (name: string, why: string): Need => ({
    kind: "images",
    from: { kind: "nodes" },
    to: { kind: "name", name },
    port: 443,
    protocol: "TCP",
    why,
    source: "registries of components' images, and those of services",
  });
  const ofPulls = pulls.flatMap(({ registry, users, domains }) => {
    const [host = ""] = registry.split("/");
    // A domain with a dot in front stands for all below it: quay.io's layers come from cdn01.quay.io and others.
    const names = domains.map((each) => (each.startsWith(".") ? `any${each}` : each));
    return [...new Set([host, ...names])].map((name) =>
      need(name, `nodes pull images of ${users.join(", ")}`),
    );
  });
  const layers = `prod-${region}-starport-layer-bucket.s3.${region}.amazonaws.com`;
  const isPublic = pulls.some(({ registry }) => registry === "quay.io" || registry === "registry.k8s.io");
  const buckets = isPublic ? layerBuckets(region).map((each) => `${each}.s3.${region}.amazonaws.com`) : [];
  return unique([
    ...ofPulls,
    need(layers, "layers of images in ECR: those of EKS itself, at least"),
    need(`dkr.ecr.${region}.amazonaws.com`, "images of EKS itself"),
    ...buckets.map((each) => need(each, "layers of images in public registries")),
  ]);
}

function unique(needs: readonly Need[]): Need[] {
  const seen = new Set<string>();
  return needs.filter(({ to }) => to.kind === "name" && seen.size < seen.add(to.name).size);
}

/** Servers outside that controllers call: repositories of GitOps, and those that sign certificates. */
export function outsideNeeds(world: ReachWorld): Need[] {
  const { manifests } = world;
  const acme = manifests
    .filter((each) => /^(Cluster)?Issuer$/.test(text(at(each, "kind"))))
    .map((each) => text(at(each, "spec", "acme", "server")));
  const repositories = manifests
    .filter((each) => text(at(each, "kind")) === "ApplicationSet")
    .flatMap((each) => [
      ...items(at(each, "spec", "generators")).map((one) => at(one, "git", "repoURL")),
      at(each, "spec", "template", "spec", "source", "repoURL"),
    ]);
  return [
    ...acme.flatMap((url) => calls(world, "cert-manager/cert-manager", url, "orders certificates (ACME)")),
    ...["argocd-repo-server", "argocd-applicationset-controller"].flatMap((name) =>
      repositories.flatMap((url) => calls(world, `argocd/${name}`, text(url), "reads the repository")),
    ),
  ].filter(isFirst);
}

function calls({ cluster }: ReachWorld, name: string, url: string, why: string): Need[] {
  const pods = cluster.pods.find((each) => each.name === name);
  const server = serverOf(url);
  if (pods === undefined || server === undefined) return [];
  const from: NeedEnd = { kind: "pods", pods };
  return [
    {
      kind: "outside",
      from,
      to: { kind: "name", name: server.host },
      port: server.port,
      protocol: "TCP",
      why: `${name} ${why}`,
      source: "the objects that name the server",
    },
  ];
}

const PORTS: Readonly<Record<string, number>> = { https: 443, http: 80, ssh: 22 };

/** `https://host:8443/path`, `ssh://git@host/path`, `git@host:path` */
function serverOf(url: string): { readonly host: string; readonly port: number } | undefined {
  const [, scheme = "", host, port] = /^(\w+):\/\/(?:[^@/]+@)?([\w.-]+)(?::(\d+))?/.exec(url) ?? [];
  if (host !== undefined) return { host, port: Number(port ?? PORTS[scheme] ?? 443) };
  const [, short] = /^[\w.-]+@([\w.-]+):/.exec(url) ?? [];
  return short === undefined ? undefined : { host: short, port: 22 };
}

function isFirst(need: Need, index: number, all: readonly Need[]): boolean {
  const same = (each: Need) =>
    each.from.kind === "pods" &&
    need.from.kind === "pods" &&
    each.from.pods === need.from.pods &&
    each.to.kind === "name" &&
    need.to.kind === "name" &&
    each.to.name === need.to.name &&
    each.port === need.port;
  return all.findIndex(same) === index;
}
