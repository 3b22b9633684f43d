import { east, manifests } from "../support/cluster-mesh";
import { type Block, parsed, releaseValues } from "../support/synth";

const pair = east();

// No stack reads a state that does not exist yet on the first deploy of a peer.
describe("peers", () => {
  const endpoints = releaseValues(pair.federation, "mesh-peers_helm_release").manifests as Record<
    string,
    { metadata: Block; stringData: Record<string, string> }
  >;
  /** What Cilium reads of the peer; an address of a state makes Terraform put it together. */
  const text = (name: string) =>
    (endpoints[name]?.stringData["dev-us-west-2"] ?? "")
      .replace(/^\$\{jsonencode\("(.*)"\)\}$/s, "$1")
      .replaceAll("\\n", "\n");

  test("are known to Cilium once they are there, by Secrets that hold addresses and no key", () => {
    expect(endpoints.copies?.metadata).toEqual({ name: "cilium-kvstoremesh", namespace: "kube-system" });
    expect(text("copies").split("\n")).toEqual([
      "endpoints:",
      "- https://${data.terraform_remote_state.dev-us-west-2-mesh.outputs.address}:2379",
      "trusted-ca-file: /var/lib/cilium/clustermesh/common-etcd-client-ca.crt",
      "key-file: /var/lib/cilium/clustermesh/common-etcd-client.key",
      "cert-file: /var/lib/cilium/clustermesh/common-etcd-client.crt",
      "",
    ]);
  });

  test("agents read the copy that their own cluster keeps", () => {
    expect(endpoints.agents?.metadata.name).toBe("cilium-clustermesh");
    expect(text("agents")).toContain(
      "- https://clustermesh-apiserver.kube-system.svc:2379\n" +
        "trusted-ca-file: /var/lib/cilium/clustermesh/local-etcd-client-ca.crt",
    );
  });

  test("each is a user of its own here", () => {
    expect(JSON.stringify(manifests(pair.mesh).users)).toContain(
      JSON.stringify("users:\n- name: remote-dev-us-west-2\n  role: remote\n"),
    );
  });

  test("only the federation stack reads them", () => {
    const reads = (Object.keys(pair) as (keyof typeof pair)[]).filter((name) =>
      Object.keys(parsed(pair[name]).data?.terraform_remote_state ?? {}).some((state) =>
        state.startsWith("dev-us-west-2"),
      ),
    );

    expect(reads).toEqual(["federation"]);
  });
});

test("a closed namespace lets pods of a peer in that it names, and of no other cluster", () => {
  const more = `namespaces:
  payments:
    allow: [{ from: { namespace: payments, target: dev/us-west-2, port: 8080 } }]
`;
  const { policies } = east(["us-east-1", "us-west-2"], { more });

  expect(
    JSON.stringify(releaseValues(policies, "namespace-payments_policies-payments_helm_release")),
  ).toContain(
    '"fromEndpoints":[{"matchLabels":{"k8s:io.kubernetes.pod.namespace":"payments","k8s:io.cilium.k8s.policy.cluster":"dev-us-west-2"}}]',
  );
});

// Adding a region changes only what must change in those that run.
test("a third region changes what lets peers in and where they are, and no Cilium", () => {
  const three = east(["us-east-1", "us-west-2", "eu-west-1"]);
  const names = Object.keys(three) as (keyof typeof three)[];

  expect(names.filter((name) => three[name] !== pair[name])).toEqual(["network", "mesh", "federation"]);
});
