import { z } from "zod";
import { Any, condition, conditionsOf, EndpointSlice } from "../../live/objects";
import { always, type LiveCheck } from "../live-check";
import { Notes } from "../notes";

const issues = z.array(z.object({ code: z.string(), message: z.string() })).catch([]);

/** Of `aws eks describe-cluster` (API Reference, Cluster). */
const described = z.object({
  cluster: z.object({
    status: z.string(),
    version: z.string(),
    health: z.object({ issues }).optional(),
    resourcesVpcConfig: z
      .object({ endpointPublicAccess: z.boolean().optional(), endpointPrivateAccess: z.boolean().optional() })
      .optional(),
  }),
});

const clusterActive: LiveCheck = {
  id: "CLUSTER-ACTIVE",
  group: "cluster",
  proves:
    "EKS says that the cluster is ACTIVE and healthy, at the release's version, its endpoint as configured",
  asks: ["aws eks describe-cluster"],
  offline: "EKS-VERSION-PIN, EKS-ENDPOINT-PUBLIC, EKS-ENDPOINT-PRIVATE",
  applies: always,
  judge: ({ target }, told) => {
    const notes = new Notes(told);
    const { clusterName, release, config } = target;
    const found = notes.aws(described, "eks", "describe-cluster", "--name", clusterName);
    if (found === undefined) return notes.outcome();
    const { status, version, health, resourcesVpcConfig: network } = found.cluster;
    if (status !== "ACTIVE") notes.fault(`its status is ${status}`);
    if (version !== release.kubernetes.version)
      notes.fault(`it runs Kubernetes ${version}, the configuration says ${release.kubernetes.version}`);
    for (const { code, message } of health?.issues ?? []) notes.fault(`${code}: ${message}`);
    const isPublic = config.cluster.endpoint.kind !== "private";
    if (network?.endpointPublicAccess === !isPublic)
      notes.fault(
        `its endpoint is ${network.endpointPublicAccess ? "public" : "private"}, the configuration says ${config.cluster.endpoint.kind}`,
      );
    if (network?.endpointPrivateAccess === false) notes.fault("its endpoint can't be reached from the VPC");
    notes.seen(`${status}, Kubernetes ${version}, no health issue`);
    return notes.outcome();
  },
};

const addonList = z.object({ addons: z.array(z.string()) });
const addon = z.object({
  addon: z.object({ status: z.string(), addonVersion: z.string(), health: z.object({ issues }).optional() }),
});

const addonsActive: LiveCheck = {
  id: "ADDONS-ACTIVE",
  group: "cluster",
  proves: "every EKS add-on is ACTIVE, without health issue, at the release's version",
  asks: ["aws eks list-addons", "aws eks describe-addon"],
  offline: "EKS-ADDON-PIN",
  applies: always,
  judge: ({ target }, told) => {
    const notes = new Notes(told);
    const { clusterName, components } = target;
    const list = notes.aws(addonList, "eks", "list-addons", "--cluster-name", clusterName);
    if (list === undefined) return notes.outcome();
    const wanted = [...components.values()].flatMap(({ record, pin }) =>
      record.kind === "add-on" ? [{ name: record.name, version: pin.version }] : [],
    );
    for (const { name } of wanted) if (!list.addons.includes(name)) notes.fault(`${name} is not installed`);
    for (const name of list.addons) {
      const found = notes.aws(
        addon,
        ...["eks", "describe-addon", "--cluster-name", clusterName, "--addon-name", name],
      );
      if (found === undefined) continue;
      const { status, addonVersion, health } = found.addon;
      if (status !== "ACTIVE") notes.fault(`${name} is ${status}`);
      for (const { code, message } of health?.issues ?? []) notes.fault(`${name}: ${code}: ${message}`);
      const version = wanted.find((each) => each.name === name)?.version;
      if (version !== undefined && version !== addonVersion)
        notes.fault(`${name} is at ${addonVersion}, the release says ${version}`);
    }
    notes.seen(
      list.addons.length === 0 ? "there are none, and none is wanted" : `ACTIVE: ${list.addons.join(", ")}`,
    );
    return notes.outcome();
  },
};

/** InsightSummary of the API: PASSING, WARNING, ERROR or UNKNOWN (EKS API Reference, InsightStatus). */
const insightList = z.object({
  insights: z.array(
    z.object({
      id: z.string().optional(),
      name: z.string(),
      category: z.string().optional(),
      kubernetesVersion: z.string().optional(),
      insightStatus: z.object({ status: z.string(), reason: z.string().optional() }),
    }),
  ),
});

const upgradeInsights: LiveCheck = {
  id: "UPGRADE-INSIGHTS",
  group: "cluster",
  proves: "EKS sees nothing that stands against the next upgrade of Kubernetes",
  asks: ["aws eks list-insights"],
  offline: "upgrade notes of components",
  applies: always,
  judge: ({ target }, told) => {
    const notes = new Notes(told);
    const found = notes.aws(insightList, "eks", "list-insights", "--cluster-name", target.clusterName);
    if (found === undefined) return notes.outcome();
    for (const { name, kubernetesVersion, insightStatus } of found.insights) {
      const { status, reason } = insightStatus;
      const line = `${name}${kubernetesVersion === undefined ? "" : ` (for ${kubernetesVersion})`}: ${status}${reason === undefined ? "" : `, ${reason}`}`;
      if (status === "ERROR" || status === "WARNING") notes.fault(line);
      else if (status === "UNKNOWN") notes.open(line);
    }
    notes.seen(`${found.insights.length} insights, all passing`);
    return notes.outcome();
  },
};

const Hooks = Any.pick({ metadata: true, kind: true }).extend({
  webhooks: z
    .array(
      z.object({
        name: z.string(),
        failurePolicy: z.string().optional(),
        clientConfig: z.object({
          caBundle: z.string().optional(),
          service: z
            .object({ namespace: z.string(), name: z.string(), port: z.number().optional() })
            .optional(),
        }),
      }),
    )
    .catch([]),
});

export type Hook = z.infer<typeof Hooks>["webhooks"][number];

/** Every webhook of the cluster with a Service behind it. */
export function webhooksOf(notes: Notes): Hook[] | undefined {
  const found = notes.objects(Hooks, "validatingwebhookconfigurations,mutatingwebhookconfigurations");
  return found?.flatMap(({ webhooks }) => webhooks);
}

const webhooksAnswered: LiveCheck = {
  id: "WEBHOOKS-ANSWERED",
  group: "cluster",
  proves: "behind each webhook's Service are ready endpoints, and every aggregated API is available",
  asks: [
    "kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations",
    "kubectl get endpointslices -A",
    "kubectl get apiservices",
  ],
  offline: "reachability (webhook)",
  applies: always,
  judge: (_, told) => {
    const notes = new Notes(told);
    const hooks = webhooksOf(notes);
    const slices = notes.objects(EndpointSlice, "endpointslices", "-A");
    const apis = notes.objects(Any, "apiservices");
    if (hooks !== undefined && slices !== undefined) {
      for (const { name, failurePolicy, clientConfig } of hooks) {
        const { service } = clientConfig;
        if (service === undefined) continue;
        const isReady = slices.some(
          ({ metadata, endpoints }) =>
            metadata.namespace === service.namespace &&
            metadata.labels["kubernetes.io/service-name"] === service.name &&
            endpoints.some(({ conditions }) => conditions.ready !== false),
        );
        if (!isReady)
          notes.fault(
            `${name} (failurePolicy ${failurePolicy ?? "Fail"}): nobody is ready behind Service ${service.namespace}/${service.name}`,
          );
      }
      notes.seen(`${hooks.length} webhooks have somebody who answers`);
    }
    for (const api of apis ?? []) {
      const available = condition(conditionsOf(api), "Available");
      if (available !== undefined && available.status !== "True")
        notes.fault(`APIService ${api.metadata.name}: ${available.reason}: ${available.message}`);
    }
    return notes.outcome();
  },
};

export const clusterChecks = [clusterActive, addonsActive, upgradeInsights, webhooksAnswered];
