import { formatMarkdown } from "../../src/plan-review/format/markdown";
import { reaches } from "../../src/plan-review/model/impact";
import { detailsOf, group, httpsFrom, platform, template, unchanged } from "./platform-entries";
import { entry, findingsOf, reviewOf } from "./support";

describe("a VPC of another range", () => {
  const vpc = (cidr: string) => ({ id: "vpc-1", cidr_block: cidr, tags: { Name: "prod" } });
  const review = reviewOf([
    entry("aws_security_group_rule", {
      before: httpsFrom("10.0.0.0/16"),
      after: httpsFrom("10.1.0.0/16"),
      address: "a.rule",
    }),
    entry("aws_security_group_rule", { after: httpsFrom("203.0.113.0/24"), address: "b.rule" }),
    entry("aws_subnet", {
      before: { id: "s-a", cidr_block: "10.0.0.0/20" },
      after: { id: "s-a", cidr_block: "10.1.0.0/20" },
      address: "aws_subnet.a",
    }),
    entry("aws_vpc", { before: vpc("10.0.0.0/16"), after: vpc("10.1.0.0/16") }),
    unchanged("aws_lb", { vpc_id: "vpc-1" }),
    unchanged("aws_vpc_peering_connection", { vpc_id: "vpc-1", peer_vpc_id: "vpc-9" }),
    ...platform,
  ]);

  test("is a rebuild, whatever the plan calls it: irreversible, first, and the headline", () => {
    expect(findingsOf(review)[0]).toBe(
      "NET-REBUILD rebuilds the platform: replaces the VPC prod from 10.0.0.0/16 to 10.1.0.0/16",
    );
    expect(review.impact).toBe("irreversible");
    expect(reaches(review.couldBe, "irreversible")).toBe(true);
    expect(formatMarkdown(review)).toMatch(/^\*\*Stop, this can't be undone: rebuilds the platform/m);
  });

  test("says what lives in it", () => {
    expect(detailsOf(review)).toEqual([
      "in it lives the cluster prod, with all Kubernetes objects and volumes",
      "12 nodes in 2 node groups, and all pods; Karpenter's nodes come on top",
      "1 load balancer",
      "peered with vpc-9, whose routes and rules name the old range",
      "load balancers and volumes that controllers made are in no plan, and keep the VPC from being deleted",
    ]);
  });

  test("takes along what only follows its range, and nothing that opens more", () => {
    const causeOf = (address: string) =>
      review.changes.find((each) => each.address === address)?.cause?.address;
    expect([causeOf("a.rule"), causeOf("aws_subnet.a"), causeOf("b.rule")]).toEqual([
      "aws_vpc.x",
      "aws_vpc.x",
      undefined,
    ]);
  });

  test("is asked for with all plans where the cluster's is not among them", () => {
    const alone = reviewOf([entry("aws_vpc", { before: vpc("10.0.0.0/16"), after: vpc("10.1.0.0/16") })]);
    expect(detailsOf(alone)[0]).toBe(
      "the cluster's plan is not here: give the plans of all stacks to see what lives in it",
    );
  });
});

describe("another way of pods to their network", () => {
  const cilium = (values: object, version = "1.19.6") => ({
    name: "cilium",
    chart: "cilium",
    version,
    values: [JSON.stringify({ ipam: { mode: "eni" }, eni: { enabled: true }, ...values })],
  });
  const vpcCni = (env: object) => ({ addon_name: "vpc-cni", configuration_values: JSON.stringify({ env }) });

  test.each([
    [
      "the IPAM mode",
      cilium({}),
      cilium({ ipam: { mode: "cluster-pool" } }),
      "ipam.mode eni to cluster-pool",
    ],
    [
      "the routing",
      cilium({ routingMode: "native" }),
      cilium({ routingMode: "tunnel" }),
      "routingMode native to tunnel",
    ],
    [
      "the tunnel",
      cilium({ tunnelProtocol: "vxlan" }),
      cilium({ tunnelProtocol: "geneve" }),
      "tunnelProtocol vxlan to geneve",
    ],
    [
      "chaining",
      cilium({ cni: { chainingMode: "none" } }),
      cilium({ cni: { chainingMode: "aws-cni" } }),
      "cni.chainingMode none to aws-cni",
    ],
    [
      "the IP family",
      cilium({ ipv6: { enabled: false } }),
      cilium({ ipv6: { enabled: true } }),
      "ipv6.enabled false to true",
    ],
  ])("%s of Cilium can't be undone, and the change of it leads", (_, before, after, says) => {
    const review = reviewOf([entry("helm_release", { before, after }), ...platform]);

    expect(findingsOf(review)).toEqual([`CNI-SWITCHED switches how pods get their network: ${says}`]);
    expect(review.impact).toBe("irreversible");
  });

  test.each([
    ["ENABLE_PREFIX_DELEGATION", "true", "false"],
    ["AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", "false", "true"],
    ["ENABLE_POD_ENI", "false", "true"],
  ])("%s of the VPC CNI can't be undone either", (name, before, after) => {
    const review = reviewOf([
      entry("aws_eks_addon", { before: vpcCni({ [name]: before }), after: vpcCni({ [name]: after }) }),
    ]);

    expect(findingsOf(review)).toEqual([
      `CNI-SWITCHED switches how pods get their network: env.${name} ${before} to ${after}`,
    ]);
  });

  test("from one CNI to another says the order, how many nodes and pods, and what still has to be done", () => {
    const review = reviewOf([
      entry("aws_eks_addon", { after: vpcCni({}), address: "aws_eks_addon.vpc-cni" }),
      entry("helm_release", { before: cilium({}) }),
      entry("aws_iam_role", { before: { id: "cilium-operator", name: "cilium-operator" } }),
      ...platform,
    ]);

    expect(findingsOf(review)[0]).toBe(
      "CNI-SWITCHED switches every pod's network from Cilium to the VPC CNI",
    );
    expect(detailsOf(review)).toEqual([
      "deletes cilium and makes vpc-cni in one apply, in no fixed order; nodes come after that",
      "it hits 12 nodes of node groups and every pod on them, up to 1,077 pods; Karpenter's nodes come on top",
      "nothing here replaces a node: make new groups beside the old ones, then delete those",
    ]);
    expect(review.changes.find(({ type }) => type === "aws_iam_role")?.cause?.address).toBe("helm_release.x");
  });

  test.each([
    [
      "a log level",
      cilium({ debug: { enabled: false } }),
      cilium({ debug: { enabled: true } }),
      "may restart Cilium",
    ],
    ["a newer chart", cilium({}, "1.19.6"), cilium({}, "1.19.8"), "restarts Cilium"],
  ])("%s is a restart and no switch", (_, before, after, says) => {
    const [finding] = findingsOf(reviewOf([entry("helm_release", { before, after })]));
    expect(finding).toBe(`CNI-RESTART ${says} on every node`);
  });
});

describe("another operating system of nodes", () => {
  const bottles = { ami_type: "BOTTLEROCKET_x86_64", release_version: "1.65.0-0be31b34" };

  test.each([
    [
      "planned as an update",
      ["update"],
      "puts node group main of 9 nodes in 2 subnets on bottlerocket in place of al2023",
    ],
    [
      "replaced",
      ["create", "delete"],
      "puts node group main of 9 nodes in 2 subnets on bottlerocket in place of al2023",
    ],
  ])("of a group that is %s can't be undone, and is told once", (_, actions, says) => {
    const review = reviewOf([
      entry("aws_eks_node_group", { actions, before: group("main", 9), after: group("main", 9, bottles) }),
    ]);

    expect(findingsOf(review)).toEqual([`NODES-SYSTEM ${says}`]);
    expect(review.impact).toBe("irreversible");
  });

  test("says how many pods that moves", () => {
    const review = reviewOf([
      entry("aws_eks_node_group", { before: group("main", 9), after: group("main", 9, bottles) }),
      unchanged("aws_launch_template", template("main", 110)),
    ]);

    expect(detailsOf(review)).toContain("every pod on them moves, up to 990 pods");
  });

  test("is no downgrade of the image, and another image of the same is a roll", () => {
    const review = reviewOf([
      entry("aws_eks_node_group", {
        before: group("main", 9, { release_version: "1.35.6-20260714" }),
        after: group("main", 9, { release_version: "1.35.6-20260610" }),
      }),
    ]);

    expect(findingsOf(review)).toEqual(["NODES-ROLL rolls node group main of 9 nodes in 2 subnets"]);
    expect(detailsOf(review)[0]).toBe("image 1.35.6-20260714 to 1.35.6-20260610, a downgrade");
  });
});

describe("Karpenter's classes and pools", () => {
  const release = (object: object) => ({
    name: "pools",
    chart: "./assets/manifests",
    values: [JSON.stringify({ manifests: { a: object } })],
  });
  const nodeClass = (spec: object) =>
    release({
      apiVersion: "karpenter.k8s.aws/v1",
      kind: "EC2NodeClass",
      metadata: { name: "general" },
      spec: { amiSelectorTerms: [{ alias: "al2023@v20260714" }], ...spec },
    });
  const pool = (spec: object) =>
    release({ apiVersion: "karpenter.sh/v1", kind: "NodePool", metadata: { name: "general" }, spec });
  const families = (...values: string[]) => ({
    template: {
      spec: { requirements: [{ key: "karpenter.k8s.aws/instance-category", operator: "In", values }] },
    },
  });

  test.each([
    [
      "another family of images",
      nodeClass({}),
      nodeClass({ amiSelectorTerms: [{ alias: "bottlerocket@v1.65.0" }] }),
      ["NODES-SYSTEM puts the nodes of Karpenter's class general on bottlerocket in place of al2023"],
    ],
    [
      "fewer pods a node",
      nodeClass({ kubelet: { maxPods: 110 } }),
      nodeClass({ kubelet: { maxPods: 29 } }),
      ["NODES-ROLL has Karpenter replace nodes of its class general"],
    ],
    [
      "other instance families",
      pool(families("m", "c")),
      pool(families("r")),
      ["NODES-ROLL has Karpenter replace nodes of its pool general"],
    ],
    [
      "another limit: how many, not which",
      pool({ limits: { cpu: "100" } }),
      pool({ limits: { cpu: "200" } }),
      ["MANIFESTS-CHANGED changes Kubernetes objects of pools"],
    ],
  ])("%s", (_, before, after, findings) => {
    expect(findingsOf(reviewOf([entry("helm_release", { before, after })]))).toEqual(findings);
  });

  test("a family that goes is named, and the requirement stays", () => {
    const review = reviewOf([
      entry("helm_release", { before: pool(families("m", "c", "r")), after: pool(families("m", "r")) }),
    ]);
    expect(detailsOf(review)).toEqual(["requirements[karpenter.k8s.aws/instance-category].values c goes"]);
  });

  test("a pool that goes takes its nodes along, and its class is not told beside it", () => {
    const both = {
      name: "pools",
      chart: "./assets/manifests",
      values: [
        JSON.stringify({
          manifests: {
            a: { apiVersion: "karpenter.sh/v1", kind: "NodePool", metadata: { name: "general" } },
            b: { apiVersion: "karpenter.k8s.aws/v1", kind: "EC2NodeClass", metadata: { name: "general" } },
          },
        }),
      ],
    };
    expect(findingsOf(reviewOf([entry("helm_release", { before: both })]))).toEqual([
      "NODES-LOST deletes Karpenter's pool general and drains its nodes",
      "HELM-LOST deletes the Helm release pools",
    ]);
  });
});
