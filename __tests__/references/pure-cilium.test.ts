import { ENVIRONMENT, NETWORK, problemsIn, problemsOf } from "../support/problems";
import { releaseValues, resourcesOf } from "../support/synth";
import { manifestsIn, reference } from "./support";

const west = reference("pure-cilium/us-west-2");
const overlay = reference("cilium-overlay/us-west-2");

/** The page on EKS with nothing but Cilium, by its own headings. */
describe("the reference for EKS with nothing but Cilium", () => {
  test("Deploy multi-region: three regions of one list, each with the two others as peers", () => {
    expect(west.config.mesh).toMatchObject({
      clusterId: 2,
      peers: ["pure-cilium/eu-west-1", "pure-cilium/us-east-1"],
    });
    expect(resourcesOf(west.json.federation, "helm_release")).toHaveProperty("mesh-peers_helm_release");
  });

  test("Check no AWS VPC CNI: Cilium takes the place of it and of kube-proxy", () => {
    expect(releaseValues(west.json.cni, "cilium_cilium_release")).toMatchObject({
      ipam: { mode: "eni" },
      routingMode: "native",
      hubble: { enabled: true },
      kubeProxyReplacement: expect.stringMatching(/true/) as string,
    });
    expect(resourcesOf(west.json.cni, "aws_eks_addon")).toEqual({});
  });

  test("Overlay mode: pods on 10.32.0.0/13 by Geneve, and BGP", () => {
    expect(releaseValues(overlay.json.cni, "cilium_cilium_release")).toMatchObject({
      ipam: { mode: "cluster-pool", operator: { clusterPoolIPv4PodCIDRList: ["10.32.0.0/13"] } },
      tunnelProtocol: "geneve",
      bgpControlPlane: { enabled: true },
    });
  });

  test("Argo CD ApplicationSet: the cluster's folders of the repository, from its address alone", () => {
    const fleet = manifestsIn(west.json.gitops, "argocd_argocd-fleet_helm_release");

    expect(fleet["applications-fleet"]?.spec).toMatchObject({
      generators: [{ git: { directories: [{ path: "clusters/pure-cilium-us-west-2/*" }] } }],
    });
  });

  test("SPIFFE/SPIRE: a trust domain for each cluster", () => {
    expect(west.config.identity).toMatchObject({
      kind: "spire",
      trustDomain: "pure-cilium-us-west-2.internal",
    });
  });

  test("Migration: Velero reads the other cloud's backups", () => {
    expect(JSON.stringify(releaseValues(west.json.backup, "velero_helm_release"))).toContain(
      "acme-aks-backups",
    );
  });

  test("Check Cilium is running: the cluster has the name that its commands use", () => {
    expect(west.config.cluster.name).toBe("prod-usw2-eks");
  });
});

/** The page on IPAM modes of Cilium, by its phases. */
describe("the evaluation of Cilium's IPAM modes", () => {
  test("Phase 1: native routing over a pool of the cluster's own is refused with the reason", () => {
    expect(
      problemsIn(`${NETWORK}cni: { kind: cilium-overlay, podCidr: 10.8.0.0/16, routing: native }\n`),
    ).toEqual([
      expect.stringContaining(
        "cni.routing: native  can't work: the VPC has no route to pod addresses of its own, and autoDirectNodeRoutes needs all nodes in one subnet",
      ),
    ]);
    expect(
      problemsOf({
        "dev/environment.yaml": ENVIRONMENT.replace("cni: { kind: cilium-eni }\n", ""),
        "dev/us-east-1.yaml": `${NETWORK}cni: { kind: cilium-overlay, podCidr: 10.8.0.0/16, autoDirectNodeRoutes: true }\n`,
      }),
    ).toEqual([expect.stringContaining("nodes in several zones have no routes to each other's pods")]);
  });

  test("Phase 3: ENI mode with prefix delegation", () => {
    const { json } = reference("eni-prefixes/us-east-1");

    expect(releaseValues(json.cni, "cilium_cilium_release")).toMatchObject({
      ipam: { mode: "eni" },
      routingMode: "native",
      eni: { awsEnablePrefixDelegation: true },
    });
  });
});
