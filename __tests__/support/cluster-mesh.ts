import { connectTargets, type Target } from "../../src/model/target";
import { aTarget } from "./fixtures";
import { type Block, releaseValues, synthTarget } from "./synth";

/** What every target of Cilium's mesh has besides its own network and number. */
export const CLUSTER_MESH_YAML = `ingress:
  dns: { zones: { example.com: Z0123456789ABC } }
  certificates: { email: a@b.io }
secrets: { stores: { mesh: { paths: [mesh/], namespaces: [kube-system] } } }
`;

/** A CA of Secrets Manager that those targets may read. */
export const STORED_CA = "{ kind: secrets-manager, secret: { store: mesh, name: mesh/ca } }";

export const PRIVATE_CA =
  "arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/12345678-1234-1234-1234-123456789012";

const RANGES: Readonly<Record<string, string>> = {
  "us-east-1": "10.0.0.0/16",
  "us-west-2": "10.1.0.0/16",
  "eu-west-1": "10.2.0.0/16",
};

export type Options = Partial<Record<"cni" | "ca" | "more", string>>;

/** Targets that Cilium joins: each names all others. */
function aMesh(regions: readonly string[], { cni = "", ca = STORED_CA, more = "" }: Options = {}): Target[] {
  return connectTargets(
    regions.map((region, index) => {
      const peers = regions.filter((each) => each !== region).map((each) => `dev/${each}`);
      const yaml = `
network:
  vpcCidr: ${RANGES[region]}
  zones: [${region}a, ${region}b, ${region}c]
  connections: { peers: [${peers.join(", ")}] }
${cni}
${CLUSTER_MESH_YAML}
mesh:
  kind: cilium
  id: acme
  clusterId: ${index + 1}
  certificateAuthority: ${ca}
  peers: [${peers.join(", ")}]
${more}`;
      return aTarget(yaml, { region });
    }),
  );
}

/** Stacks of the first of those targets. */
export function east(regions: readonly string[] = ["us-east-1", "us-west-2"], options: Options = {}) {
  const [first] = aMesh(regions, options);
  if (first === undefined) throw new Error("no target");
  return synthTarget(first);
}

/** Objects of the mesh stack. */
export const manifests = (json: string) =>
  releaseValues(json, "cilium_cluster-mesh_helm_release").manifests as Record<string, { spec: Block }>;
