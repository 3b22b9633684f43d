import type { Answer, Live, Question } from "../../src/live/question";
import { kinds } from "../../src/teardown/leftover";
import { leftoversOf, removeLeftovers } from "../../src/teardown/sweep";

const CLUSTER = { name: "shop", region: "us-east-1", vpcId: "vpc-0a1b2c3d" };

const said = (value: unknown): Answer => ({ is: "said", text: JSON.stringify(value) });
const failed = (stderr: string): Answer => ({ is: "failed", code: 254, text: "", stderr });
const tag = (key: string, value: string) => ({ Key: key, Value: value });

/** What the account holds: for each verb of the aws CLI an answer. */
function account(answers: Readonly<Record<string, Answer>>) {
  const asked: Question[] = [];
  const live: Live = {
    ask: (question) => {
      asked.push(question);
      return Promise.resolve(answers[question.args[1] ?? ""] ?? said({}));
    },
  };
  return { live, asked };
}

const arn = (kind: string, name: string) =>
  `arn:aws:elasticloadbalancing:us-east-1:111122223333:${kind}/${name}`;

test("load balancers are the cluster's by their tag, which is asked for apart", async () => {
  const { live } = account({
    "describe-load-balancers": said({
      LoadBalancers: [
        { LoadBalancerArn: arn("loadbalancer", "own"), LoadBalancerName: "own", VpcId: "vpc-0a1b2c3d" },
        { LoadBalancerArn: arn("loadbalancer", "other"), LoadBalancerName: "other", VpcId: "vpc-0a1b2c3d" },
        { LoadBalancerArn: arn("loadbalancer", "far"), LoadBalancerName: "far", VpcId: "vpc-99999999" },
      ],
    }),
    "describe-tags": said({
      TagDescriptions: [
        { ResourceArn: arn("loadbalancer", "own"), Tags: [tag("elbv2.k8s.aws/cluster", "shop")] },
        { ResourceArn: arn("loadbalancer", "other"), Tags: [tag("elbv2.k8s.aws/cluster", "bank")] },
      ],
    }),
  });

  expect((await leftoversOf(live, CLUSTER)).found).toEqual([
    { kind: "load balancer", id: arn("loadbalancer", "own"), name: "own", isData: false },
  ]);
});

test("groups and interfaces of other clusters and of people are not touched", async () => {
  const { live } = account({
    "describe-security-groups": said({
      SecurityGroups: [
        { GroupId: "sg-1", GroupName: "k8s-traffic", Tags: [tag("elbv2.k8s.aws/cluster", "shop")] },
        { GroupId: "sg-2", GroupName: "bank", Tags: [tag("elbv2.k8s.aws/cluster", "bank")] },
        {
          GroupId: "sg-3",
          GroupName: "GuardDutyManagedSecurityGroup-vpc",
          Tags: [tag("GuardDutyManaged", "true")],
        },
        { GroupId: "sg-4", GroupName: "by-hand" },
      ],
    }),
    "describe-network-interfaces": said({
      NetworkInterfaces: [
        { NetworkInterfaceId: "eni-1", TagSet: [tag("cluster.k8s.amazonaws.com/name", "shop")] },
        { NetworkInterfaceId: "eni-2", TagSet: [tag("io.cilium/cluster-name", "shop")] },
        { NetworkInterfaceId: "eni-3", TagSet: [tag("io.cilium/cluster-name", "bank")] },
        { NetworkInterfaceId: "eni-4", TagSet: [] },
      ],
    }),
  });

  const { found } = await leftoversOf(live, CLUSTER);
  expect(found.map(({ id }) => id)).toEqual(["eni-1", "eni-2", "sg-1", "sg-3"]);
});

test("GuardDuty's endpoint and group are those of a whole VPC: one that others are in keeps them", async () => {
  const { live } = account({
    "describe-vpc-endpoints": said({ VpcEndpoints: [{ VpcEndpointId: "vpce-1", State: "available" }] }),
    "describe-security-groups": said({
      SecurityGroups: [{ GroupId: "sg-1", GroupName: "GuardDuty", Tags: [tag("GuardDutyManaged", "true")] }],
    }),
  });
  const ids = async (isVpcShared: boolean) =>
    (await leftoversOf(live, { ...CLUSTER, isVpcShared })).found.map(({ id }) => id);

  expect(await ids(false)).toEqual(["vpce-1", "sg-1"]);
  expect(await ids(true)).toEqual([]);
});

test("load balancers that EKS makes without a controller are the cluster's, the classic kind too", async () => {
  const owned = [tag("kubernetes.io/cluster/shop", "owned")];
  const { live, asked } = account({
    "describe-load-balancers": said({
      LoadBalancers: [
        { LoadBalancerArn: arn("loadbalancer", "nlb"), LoadBalancerName: "nlb", VpcId: "vpc-0a1b2c3d" },
      ],
      LoadBalancerDescriptions: [
        { LoadBalancerName: "a0b1", VPCId: "vpc-0a1b2c3d" },
        { LoadBalancerName: "a2b3", VPCId: "vpc-0a1b2c3d" },
      ],
    }),
    "describe-tags": said({
      TagDescriptions: [
        { ResourceArn: arn("loadbalancer", "nlb"), Tags: owned },
        { LoadBalancerName: "a0b1", Tags: owned },
        { LoadBalancerName: "a2b3", Tags: [tag("kubernetes.io/cluster/shop", "shared")] },
      ],
    }),
    "describe-security-groups": said({
      SecurityGroups: [
        { GroupId: "sg-1", GroupName: "k8s-elb-a0b1", Tags: owned },
        // Terraform's own: the module of EKS tags it so, for the controllers to find it.
        { GroupId: "sg-2", GroupName: "shop-node", Tags: owned },
      ],
    }),
  });

  expect((await leftoversOf(live, CLUSTER)).found.map(({ kind, id }) => [kind, id])).toEqual([
    ["load balancer", arn("loadbalancer", "nlb")],
    ["classic load balancer", "a0b1"],
    ["security group", "sg-1"],
  ]);
  expect(asked.map(({ args }) => args.join(" "))).toContain(
    "elb describe-tags --load-balancer-names a0b1 a2b3 --output json",
  );
});

test("the group that EKS makes is left only when the cluster is gone", async () => {
  const { live } = account({
    "describe-security-groups": said({
      SecurityGroups: [
        { GroupId: "sg-1", GroupName: "eks-cluster-sg-shop-1", Tags: [tag("aws:eks:cluster-name", "shop")] },
        { GroupId: "sg-2", GroupName: "eks-cluster-sg-bank-1", Tags: [tag("aws:eks:cluster-name", "bank")] },
      ],
    }),
  });

  expect((await leftoversOf(live, CLUSTER)).found).toEqual([]);
  expect((await leftoversOf(live, { ...CLUSTER, isGone: true })).found.map(({ id }) => id)).toEqual(["sg-1"]);
});

test("volumes and snapshots hold data, and say which claim they were of", async () => {
  const { live } = account({
    "describe-volumes": said({
      Volumes: [
        {
          VolumeId: "vol-1",
          Size: 20,
          Tags: [
            tag("kubernetes.io/created-for/pvc/namespace", "shop"),
            tag("kubernetes.io/created-for/pvc/name", "db"),
          ],
        },
      ],
    }),
  });

  expect((await leftoversOf(live, CLUSTER)).found).toEqual([
    { kind: "volume", id: "vol-1", name: "shop/db, 20 GiB", isData: true },
  ]);
});

test("each question asks for things of the cluster or of its VPC alone, or reads their tags", () => {
  for (const { find, kind } of kinds) {
    const asked = find(CLUSTER).args.join(" ");
    expect([kind, /shop|vpc-0a1b2c3d|elb(v2)? describe-|describe-log-groups/.test(asked)]).toEqual([
      kind,
      true,
    ]);
  }
});

test("a kind that can't be asked for is told, and the others are found", async () => {
  const { live } = account({
    "describe-instances": failed("An error occurred (UnauthorizedOperation) when calling DescribeInstances"),
    "describe-log-groups": said({
      logGroups: [{ logGroupName: "/aws/eks/shop/cluster" }, { logGroupName: "/aws/eks/shop2/cluster" }],
    }),
  });

  const swept = await leftoversOf(live, CLUSTER);
  expect(swept.unknown).toEqual([
    { kind: "instance", why: expect.stringContaining("UnauthorizedOperation") as string },
  ]);
  expect(swept.found.map(({ id }) => id)).toEqual(["/aws/eks/shop/cluster"]);
});

test("what something else still holds is tried again; what is gone by itself counts as deleted", async () => {
  let tries = 0;
  const asked: string[] = [];
  const live: Live = {
    ask: ({ args }) => {
      asked.push(args.slice(1).join(" "));
      if (args[1] === "delete-security-group" && tries < 2)
        return Promise.resolve(
          failed("An error occurred (DependencyViolation): resource sg-1 has a dependent object"),
        );
      if (args[1] === "delete-network-interface")
        return Promise.resolve(failed("(InvalidNetworkInterfaceID.NotFound)"));
      return Promise.resolve(said({}));
    },
  };
  const found = [
    { kind: "network interface", id: "eni-1", name: "", isData: false },
    { kind: "security group", id: "sg-1", name: "", isData: false },
  ] as const;
  const pause = () => {
    tries++;
    return Promise.resolve();
  };

  expect(await removeLeftovers(live, found, { pause, tries: 5 })).toEqual([]);
  expect(asked.filter((each) => each.startsWith("delete-security-group"))).toHaveLength(3);
  tries = -10;
  const [left] = await removeLeftovers(live, found, { pause, tries: 2 });
  expect(left?.why).toContain("DependencyViolation");
});
