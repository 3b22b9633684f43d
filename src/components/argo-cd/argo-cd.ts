import type { Release } from "@cdktf/provider-helm/lib/release";
import { Construct } from "constructs";
import { type ChartRef, HelmRelease } from "../../modules/helm-release";
import { ManifestRelease } from "../../modules/manifest-release";
import type { Manifest } from "../../modules/manifest";
import { externalSecret, type RemoteKey } from "../../modules/secrets/external-secret";
import { type ArgoCdSettings, argoCdValues } from "./argo-cd-values";
import { type FleetSettings, fleetManifests } from "./fleet-applications";

interface StoredSecretRef {
  readonly store: string;
  readonly name: string;
}

export interface ArgoCdProps extends Omit<ArgoCdSettings, "sso">, FleetSettings {
  readonly chart: ChartRef;
  readonly sso?: {
    readonly issuer: string;
    readonly secret: StoredSecretRef;
    readonly adminGroups: readonly string[];
  };
  /** Of the repository; left out for a public one. */
  readonly credentials?: StoredSecretRef;
}

const SSO_SECRET = "argocd-sso";

/** Argo CD, and for each team of the fleet, or for the cluster, a project and the applications of its folders. */
export class ArgoCd extends Construct {
  readonly release: Release;

  constructor(scope: Construct, id: string, props: ArgoCdProps) {
    super(scope, id);
    const { chart, namespace, sso } = props;
    const secrets = storedSecrets(props);
    const before =
      Object.keys(secrets).length === 0
        ? []
        : [new ManifestRelease(this, "argocd-secrets", { namespace, manifests: secrets }).release];
    this.release = new HelmRelease(this, "helm", {
      name: "argocd",
      chart,
      namespace,
      values: argoCdValues({
        ...props,
        sso: sso && { ...sso, secret: SSO_SECRET },
      }),
      dependsOn: before,
    }).release;
    const manifests = fleetManifests(props);
    if (Object.keys(manifests).length === 0) return;
    new ManifestRelease(this, "argocd-fleet", { namespace, manifests, dependsOn: [this.release] });
  }
}

function storedSecrets({ namespace, sso, credentials, repo }: ArgoCdProps): Record<string, Manifest> {
  const fetched = (
    name: string,
    { store, name: remote }: StoredSecretRef,
    fields: Readonly<Record<string, string>>,
    type: string,
    literals: Readonly<Record<string, string>> = {},
  ): Manifest => {
    const keys = Object.fromEntries(
      Object.entries(fields).map(([key, property]): [string, RemoteKey] => [key, { name: remote, property }]),
    );
    return externalSecret({
      name,
      namespace,
      store,
      keys,
      // Argo CD reads only secrets that carry one of its labels.
      labels:
        type === "" ? { "app.kubernetes.io/part-of": "argocd" } : { "argocd.argoproj.io/secret-type": type },
      literals,
    });
  };
  const ssh = !repo.url.startsWith("https://");
  return {
    ...(sso && {
      sso: fetched(SSO_SECRET, sso.secret, { clientID: "clientID", clientSecret: "clientSecret" }, ""),
    }),
    ...(credentials && {
      repository: fetched(
        "fleet-repository",
        credentials,
        ssh ? { sshPrivateKey: "sshPrivateKey" } : { username: "username", password: "password" },
        "repository",
        { type: "git", url: repo.url },
      ),
    }),
  };
}
