import { Sleep } from "@cdktf/provider-time/lib/sleep";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ManifestRelease } from "../../modules/manifest-release";
import type { Manifest } from "../../modules/manifest";

export interface GatewayApiDefinitionsProps {
  /** Objects of a Gateway API release. */
  readonly objects: readonly Manifest[];
}

const DEFINITION = "CustomResourceDefinition";

/**
 * The Gateway API's custom resource definitions, and the admission policy that newer releases bring. One Helm release
 * for each definition: all in one can outgrow the Secret that Helm keeps a release in (envoyproxy/gateway 6105), and
 * one that moved between releases would be deleted with every object of its kind.
 */
export class GatewayApiDefinitions extends Construct {
  /** The API server serves the kinds. */
  readonly release: ITerraformDependable;

  constructor(scope: Construct, id: string, { objects }: GatewayApiDefinitionsProps) {
    super(scope, id);
    const definitions = objects.filter(({ kind }) => kind === DEFINITION);
    const others = objects.filter(({ kind }) => kind !== DEFINITION);
    const releases = definitions.map((definition) => this.addRelease(pluralOf(definition), [definition]));
    this.release = new Sleep(this, "established", {
      // Helm returns as soon as they are stored; served they are a moment later, and before a node there is no waiting.
      createDuration: "10s",
      dependsOn: releases,
    });
    if (others.length > 0) this.addRelease("others", others);
  }

  private addRelease(name: string, objects: readonly Manifest[]): ITerraformDependable {
    const manifests = objects.map((object): [string, Manifest] => [
      `${object.kind}/${object.metadata.name}`,
      kept(object),
    ]);
    return new ManifestRelease(this, `gateway-api-${name}`, {
      namespace: "kube-system",
      manifests: Object.fromEntries(manifests),
      wait: false,
    }).release;
  }
}

/** Deleting a definition deletes every object of its kind, so Helm leaves it. */
function kept(object: Manifest): Manifest {
  if (object.kind !== DEFINITION) return object;
  const { metadata } = object;
  return {
    ...object,
    metadata: { ...metadata, annotations: { ...metadata.annotations, "helm.sh/resource-policy": "keep" } },
  };
}

/** `gateways` of `gateways.gateway.networking.k8s.io`. */
function pluralOf({ metadata: { name } }: Manifest): string {
  return name.split(".")[0] ?? name;
}
