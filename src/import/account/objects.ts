import { parse } from "yaml";
import type { FoundAccess } from "../found/cluster";
import { fact } from "../found/fact";
import type { FoundIdentity, FoundRelease } from "../found/software";
import type { Part } from "../part";
import type { Answers } from "./answers";
import { rightsOf } from "./roles";

/** What kubectl says of a cluster: what runs there, who is whom. */
export interface FoundObjects {
  readonly releases: readonly FoundRelease[];
  readonly identities: readonly FoundIdentity[];
  readonly access: readonly FoundAccess[];
}

export async function objectsIn(answers: Answers): Promise<FoundObjects> {
  const [workloads, accounts, settings, mapped] = await Promise.all([
    answers.objects("get", "deployments,daemonsets,statefulsets", "-A"),
    answers.objects("get", "serviceaccounts", "-A"),
    answers.objects("get", "configmap", "cilium-config", "-n", "kube-system", "--ignore-not-found"),
    answers.objects("get", "configmap", "aws-auth", "-n", "kube-system", "--ignore-not-found"),
  ]);
  return {
    releases: releasesOf(workloads, settings[0]),
    identities: await identitiesOf(answers, accounts),
    access: mapped.flatMap(accessOf),
  };
}

/** Charts by the label that Helm's template writes; each once. */
function releasesOf(workloads: readonly Part[], cilium: Part | undefined): readonly FoundRelease[] {
  const seen = new Map<string, FoundRelease>();
  for (const at of workloads) {
    const labels = at.at("metadata", "labels");
    const chart = labels.at("helm.sh/chart").text() ?? "";
    const [, name = "", version = ""] = /^(.*?)-v?(\d[\w.+-]*)$/.exec(chart) ?? [];
    const own = at.at("metadata", "name").text() ?? "";
    const bare = own === "cilium" ? "cilium" : name;
    if (bare === "" || seen.has(bare)) continue;
    const namespace = at.at("metadata", "namespace").text();
    seen.set(bare, {
      at,
      chart: bare,
      version,
      ...(namespace !== undefined && { namespace }),
      ...(bare === "cilium" && cilium !== undefined && { values: { values: [valuesOf(cilium)] } }),
    });
  }
  return [...seen.values()];
}

/** Cilium's ConfigMap in the words of its chart (cilium/cilium v1.18, install/kubernetes/cilium/templates/cilium-configmap.yaml). */
function valuesOf(config: Part): unknown {
  const data = config.at("data");
  return {
    cni: { chainingMode: data.at("cni-chaining-mode").text() ?? "none" },
    ipam: {
      mode: data.at("ipam").text() ?? "",
      operator: { clusterPoolIPv4PodCIDRList: data.at("cluster-pool-ipv4-cidr").text()?.split(/[ ,]/)[0] },
    },
  };
}

const ROLE_ARN = "eks.amazonaws.com/role-arn";

async function identitiesOf(answers: Answers, accounts: readonly Part[]): Promise<readonly FoundIdentity[]> {
  const all = await Promise.all(
    accounts.map(async (at): Promise<FoundIdentity | undefined> => {
      const metadata = at.at("metadata");
      const arn = metadata.at("annotations").at(ROLE_ARN).text();
      if (arn === undefined) return undefined;
      return {
        at,
        by: "irsa",
        namespace: metadata.at("namespace").text() ?? "default",
        serviceAccount: fact(metadata.at("name").text() ?? "", metadata.at("name")),
        roleArn: arn,
        ...(await rightsOf(answers, arn)),
      };
    }),
  );
  return all.flatMap((each) => each ?? []);
}

/** The ConfigMap aws-auth: roles with their groups; those of nodes are EKS's own. */
function accessOf(config: Part): readonly FoundAccess[] {
  const at = config.at("data", "mapRoles");
  if (
    config.at("data", "mapUsers").there &&
    !/^\s*(\[\])?\s*$/.test(config.at("data", "mapUsers").text() ?? "")
  )
    config
      .at("data", "mapUsers")
      .lost("only IAM roles get access: users have keys that never expire; give a role that they assume");
  return readRoles(at.text() ?? "").flatMap(({ rolearn, groups }): FoundAccess[] => {
    if (groups.includes("system:nodes")) return [];
    const isAdmin = groups.includes("system:masters");
    return [
      {
        at,
        principal: rolearn,
        type: "STANDARD",
        groups: groups.filter((group) => group !== "system:masters").map((group) => fact(group, at)),
        policies: isAdmin ? [{ at, name: "AmazonEKSClusterAdminPolicy", namespaces: [] }] : [],
      },
    ];
  });
}

function readRoles(
  text: string,
): readonly { readonly rolearn: string; readonly groups: readonly string[] }[] {
  let read: unknown;
  try {
    read = parse(text);
  } catch {
    return [];
  }
  return (Array.isArray(read) ? (read as unknown[]) : []).flatMap((each) => {
    const { rolearn, groups } = (each ?? {}) as { readonly rolearn?: unknown; readonly groups?: unknown };
    const own = Array.isArray(groups) ? groups.filter((group) => typeof group === "string") : [];
    return typeof rolearn === "string" ? [{ rolearn, groups: own }] : [];
  });
}
