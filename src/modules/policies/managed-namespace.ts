import { Labels as KubernetesLabels } from "@cdktf/provider-kubernetes/lib/labels";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ManifestRelease } from "../manifest-release";
import type { Labels } from "./labels";
import { namespaceManifests, type NamespaceRules } from "./namespace-manifests";

export interface ManagedNamespaceProps {
  readonly name: string;
  readonly labels: Labels;
  readonly rules?: NamespaceRules;
}

/**
 * A namespace with what holds in it. The namespace is a resource of its own and no part of a release: its labels are
 * changed in place, and removing a policy can't take the namespace along.
 */
export class ManagedNamespace extends Construct {
  /** What to wait for before anything is put into the namespace. */
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, { name, labels, rules }: ManagedNamespaceProps) {
    super(scope, id);
    const namespace = this.namespace(name, { ...labels });
    this.ready = namespace;
    if (rules === undefined) return;
    const manifests = namespaceManifests(name, rules);
    if (Object.keys(manifests).length === 0) return;
    // In kube-system: who may read secrets of the namespace could otherwise change what Helm believes it made.
    const { release } = new ManifestRelease(this, `policies-${name}`, {
      namespace: "kube-system",
      manifests,
      dependsOn: [namespace],
    });
    this.ready = release;
  }

  /** `default` is there in every cluster: only its labels are ours. */
  private namespace(name: string, labels: Record<string, string>): ITerraformDependable {
    if (name !== "default") return new NamespaceV1(this, "namespace", { metadata: { name, labels } });
    return new KubernetesLabels(this, "labels", {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name },
      labels,
      force: true,
    });
  }
}
