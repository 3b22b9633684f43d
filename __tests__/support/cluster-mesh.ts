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
