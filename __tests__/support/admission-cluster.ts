import { admissionWorld, type AdmissionWorld } from "../../src/admission/admission-world";
import { isAdmitted, objections, podObject } from "../../src/admission/decide";
import type { AdmittedPod } from "../../src/admission/pods/pod";
import type { Resource } from "../../src/guardrails/resource";
import type { Manifest } from "../../src/modules/manifest";
import { at, isList, isMap, isUnknown, text, type Value } from "../../src/values/value";
import { defaultAccount, type OfflineCluster } from "./offline-cluster";

/** Minor of the Kubernetes that the tests' API server is. */
export const SERVER_MINOR = 33;

export interface Compared {
  readonly pod: string;
  /** undefined: undecided. */
  readonly ours: boolean | undefined;
  readonly server: boolean;
  readonly says: string;
}

/** As the API server gets it: what only Terraform knows is some text. */
export function plain(value: Value): unknown {
  if (isUnknown(value)) return "not-known-yet";
  if (isList(value)) return value.map(plain);
  if (!isMap(value)) return value;
  const known = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(known.map(([key, each]) => [key, plain(each)]));
}

const IN_FORCE = "in-force";

/** One set of rules of a target before a real API server, its namespaces under names of their own. */
export class AdmissionCluster {
  private rounds = 0;
  /** Bindings that refuse, by name. */
  private readonly bound = new Map<string, Manifest>();

  constructor(private readonly cluster: OfflineCluster) {}

  /** Puts policies into force, and waits until they are: one that is made last refuses then. */
  async enforce(resources: readonly Resource[]): Promise<void> {
    const policies = resources.filter(({ type }) => /^k8s:ValidatingAdmissionPolicy(Binding)?$/.test(type));
    for (const { attributes } of policies) {
      const manifest = plain(attributes) as Manifest;
      const { name } = manifest.metadata;
      // What acts on other kinds needs kinds that are not in every cluster.
      if (at(attributes, "spec", "paramKind") ?? at(attributes, "spec", "paramRef")) continue;
      await this.cluster.must({ ...manifest, metadata: { name } });
      if (manifest.kind === "ValidatingAdmissionPolicyBinding") this.bound.set(name, manifest);
    }
    await this.release(policies);
    const name = `${IN_FORCE}-${++this.rounds}`;
    // Where the platform's own policies look at nothing: of several that refuse, the server names one.
    const namespace = "kube-system";
    await this.cluster.must(defaultAccount(namespace));
    await this.refuseAll(name, `object.metadata.name != '${name}'`);
    const probe = {
      metadata: { name, namespace },
      spec: { containers: [{ name: "a", image: "a" }] },
    };
    await until(async () => {
      const answer = await this.cluster.apply({ apiVersion: "v1", kind: "Pod", ...probe }, { dryRun: true });
      return answer.message.includes(`'${name}' with`);
    });
  }

  /** Takes the policies of other targets and faults out of force, which the server still has. */
  private async release(kept: readonly Resource[]): Promise<void> {
    const names = kept.map(({ attributes }) => text(at(attributes, "metadata", "name")));
    for (const [name, { spec, ...binding }] of this.bound) {
      if (names.includes(name)) continue;
      this.bound.delete(name);
      const audited = { ...(spec as Readonly<Record<string, unknown>>), validationActions: ["Audit"] };
      await this.cluster.must({ ...binding, metadata: { name }, spec: audited });
    }
  }

  /** A policy by an expression that has to hold for every pod. */
  async refuseAll(name: string, expression: string, message?: string): Promise<void> {
    const api = { apiVersion: "admissionregistration.k8s.io/v1", metadata: { name } };
    await this.cluster.must({
      ...api,
      kind: "ValidatingAdmissionPolicy",
      spec: {
        matchConstraints: {
          resourceRules: [
            { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] },
          ],
        },
        validations: [{ expression, ...(message !== undefined && { messageExpression: message }) }],
      },
    });
    await this.cluster.must({
      ...api,
      kind: "ValidatingAdmissionPolicyBinding",
      spec: { policyName: name, validationActions: ["Deny"] },
    });
  }

  /**
   * Namespaces with their limits, and what of pods the server takes beside what we say of it.
   *
   * @param sent what the server is asked in a pod's place; undefined: it is not asked
   */
  async compare(
    resources: readonly Resource[],
    sent: (pod: AdmittedPod, world: AdmissionWorld) => AdmittedPod | undefined = (pod) => pod,
  ): Promise<Compared[]> {
    const suffix = `r${++this.rounds}`;
    const own = resources.map((each) => renamed(each, suffix));
    const world = admissionWorld(own, SERVER_MINOR);
    const accounts = new Set(
      world.pods.map(({ namespace, spec }) => `${namespace}/${text(spec.serviceAccountName) || "default"}`),
    );
    const used = new Set(world.pods.map(({ namespace }) => namespace));
    for (const name of used) {
      const { "kubernetes.io/metadata.name": _, ...labels } = world.namespaces.get(name)?.labels ?? {};
      await this.cluster.must({
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name, labels: plain(labels) },
      } as Manifest);
    }
    for (const account of accounts) {
      const [namespace = "", name = ""] = account.split("/");
      await this.cluster.must({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace } });
    }
    await this.limit(
      own.filter(
        ({ type, attributes }) =>
          type === "k8s:LimitRange" && used.has(text(at(attributes, "metadata", "namespace"))),
      ),
    );
    const quotas = own.filter(
      ({ type, attributes }) =>
        type === "k8s:ResourceQuota" && used.has(text(at(attributes, "metadata", "namespace"))),
    );
    for (const { attributes } of quotas) await this.count(plain(attributes) as Manifest);
    const rows: Compared[] = [];
    for (const pod of world.pods) {
      const asked = pod.unread === undefined ? sent(pod, world) : undefined;
      if (asked !== undefined) rows.push(await this.judge(world, pod, asked));
    }
    return rows;
  }

  private async limit(ranges: readonly Resource[]): Promise<void> {
    for (const { attributes } of ranges) await this.cluster.must(plain(attributes) as Manifest);
  }

  /** A quota refuses everything until its controller has counted. */
  private async count(quota: Manifest): Promise<void> {
    await this.cluster.must(quota);
    await until(async () => {
      const { status } = (await this.cluster.get(quota)) as { status?: { used?: unknown } };
      return status?.used !== undefined;
    });
  }

  async judge(world: AdmissionWorld, pod: AdmittedPod, asked = pod): Promise<Compared> {
    const alone = { ...world, pods: [{ ...pod, count: 1, surge: 0 }] };
    const found = objections(alone).filter((each) => pod.maker === undefined || each.gate !== "policy");
    // Of its maker's templates policies say the same; the server is asked for the pod here.
    const ofPod = objections({ ...alone, pods: alone.pods.map(({ maker: _, ...rest }) => rest) });
    const ours = isAdmitted([...found, ...ofPod]);
    const object = plain(podObject(asked)) as Manifest;
    const name = object.metadata.name.replace(/[^a-z0-9-]+/g, "-");
    const answer = await this.cluster.apply(
      { ...object, metadata: { ...object.metadata, name } },
      { dryRun: true },
    );
    if (answer.status >= 300 && answer.status !== 403)
      throw new Error(`${pod.name} is no pod: ${answer.message}`);
    return { pod: pod.name, ours, server: answer.status < 300, says: answer.message };
  }
}

/** Charts name them, whatever the release is in. */
const NAMED_BY_CHARTS = ["cilium-spire", "spire-server", "spire-system"];

/** A resource in namespaces of other names. */
function renamed(resource: Resource, suffix: string): Resource {
  const { attributes, type } = resource;
  // Pods of charts are in the namespace of their release.
  if (type === "helm_release" && text(attributes.namespace) !== "")
    return {
      ...resource,
      attributes: { ...attributes, namespace: `${text(attributes.namespace)}-${suffix}` },
    };
  const metadata = at(attributes, "metadata");
  if (!type.startsWith("k8s:") || !isMap(metadata)) return resource;
  const namespace = text(metadata.namespace);
  const isNamespace = type === "k8s:Namespace";
  if (isNamespace && NAMED_BY_CHARTS.includes(text(metadata.name))) return resource;
  return {
    ...resource,
    attributes: {
      ...attributes,
      metadata: {
        ...metadata,
        ...(isNamespace
          ? { name: `${text(metadata.name)}-${suffix}` }
          : namespace !== "" && { namespace: `${namespace}-${suffix}` }),
      },
    },
  };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("it never came to hold");
}
