import fc from "fast-check";
import path from "node:path";
import { type AccountProps, foundInAccount } from "../../src/import/account/convert";
import { draftOf } from "../../src/import/settings/target";
import { type Answer, type Live, type Question, typed } from "../../src/live/question";
import { recorded } from "../../src/live/recorded";

/*
 * Answers about EC2, the cluster, its groups, logs and a role's own policy are moto's (5.1, getmoto/moto), with fields that it leaves
 * out; those about add-ons, access entries, Pod Identity and objects have the shape of the EKS API Reference and of Kubernetes.
 */
const folder = path.join(__dirname, "account");
const PROPS: AccountProps = { cluster: "live", region: "eu-west-1", asksCluster: true };

async function imported(live: Live, props: Partial<AccountProps> = {}, keepsVpc = false) {
  const { found, at, notes } = await foundInAccount(live, { ...PROPS, ...props });
  const draft = draftOf(found, at, {
    environment: "dev",
    production: false,
    account: found.account ?? "",
    keepsVpc,
    keepsCluster: false,
  });
  return { found, draft, notes: notes() };
}

/** Answers with a change of those to one question. */
function changed(matches: RegExp, change: (answer: Answer) => Answer): Live {
  const live = recorded(folder);
  return {
    ask: async (question) => {
      const answer = await live.ask(question);
      return matches.test(typed(question)) ? change(answer) : answer;
    },
  };
}

test("network, nodes, access and identities are those that AWS and the cluster tell", async () => {
  const { draft, found } = await imported(recorded(folder));
  expect(found).toMatchObject({
    account: "123456789012",
    cluster: { id: "live" },
    network: { vpc: { id: "vpc-be3d16d5768230123" } },
  });
  expect(draft).toMatchObject({
    region: "eu-west-1",
    settings: {
      tags: { team: "shop", cost: "4711" },
      network: {
        vpcCidr: "10.50.0.0/16",
        zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
        egress: { kind: "nat-single" },
      },
      cluster: {
        logs: { retentionDays: 60 },
        access: {
          admins: { policy: "cluster-admin" },
          shop: { policy: "edit", namespaces: ["shop"], kubernetesGroups: ["shop"] },
          oncall: { policy: "cluster-admin" },
        },
      },
      cni: { addressMode: "prefix", warmPrefixTarget: 1 },
      nodes: {
        system: { size: { min: 2, max: 6, desired: 3 }, taints: ["CriticalAddonsOnly=true:NoSchedule"] },
        batch: { capacity: "spot", zones: ["eu-west-1a"], rootVolumeGiB: 150 },
      },
      metricsServer: {},
      podIdentities: {
        orders: { statements: [{ name: "Send", actions: ["sqs:SendMessage"] }] },
        reports: { namespace: "reports" },
      },
    },
  });
  // EKS gives nodes of groups their entries.
  expect(draft.settings.cluster).not.toHaveProperty("access.live-nodes");
});

test("each point that differs is told with the question that AWS or the cluster answered", async () => {
  expect((await imported(recorded(folder))).notes).toMatchSnapshot();
});

test("a VPC that is kept has its subnets and route tables", async () => {
  const { draft } = await imported(recorded(folder), {}, true);
  expect(draft.settings.network).toMatchObject({
    secondaryCidrs: ["100.66.0.0/16"],
    egress: { kind: "nat-single" },
    subnets: { nodes: { cidrs: { "eu-west-1b": "10.50.32.0/19" } }, controlPlane: { in: "nodes" } },
    existing: { vpcId: "vpc-be3d16d5768230123", vpcEndpoints: "existing" },
  });
});

test("nothing but questions that read is asked", async () => {
  const asked: Question[] = [];
  const live = recorded(folder);
  await imported({
    ask: (question) => {
      asked.push(question);
      return live.ask(question);
    },
  });
  const actions = asked.map(({ tool, args }) => `${tool} ${args.slice(0, tool === "aws" ? 2 : 1).join(" ")}`);
  expect([...new Set(actions)].sort()).toEqual([
    "aws ec2 describe-internet-gateways",
    "aws ec2 describe-launch-template-versions",
    "aws ec2 describe-nat-gateways",
    "aws ec2 describe-route-tables",
    "aws ec2 describe-subnets",
    "aws ec2 describe-vpc-endpoints",
    "aws ec2 describe-vpcs",
    "aws eks describe-access-entry",
    "aws eks describe-addon",
    "aws eks describe-cluster",
    "aws eks describe-nodegroup",
    "aws eks describe-pod-identity-association",
    "aws eks list-access-entries",
    "aws eks list-addons",
    "aws eks list-associated-access-policies",
    "aws eks list-fargate-profiles",
    "aws eks list-nodegroups",
    "aws eks list-pod-identity-associations",
    "aws iam get-role",
    "aws iam get-role-policy",
    "aws iam list-attached-role-policies",
    "aws iam list-role-policies",
    "aws logs describe-log-groups",
    "kubectl get",
  ]);
});

test("what nobody may be told is told as not known, and the rest is imported", async () => {
  const denied: Answer = {
    is: "failed",
    code: 254,
    text: "",
    stderr: "An error occurred (AccessDeniedException) when calling the ListAddons operation: not authorized",
  };
  const { notes, draft } = await imported(changed(/list-addons/, () => denied));
  expect(notes).toContainEqual(
    expect.objectContaining({
      where: "aws eks list-addons",
      is: "lost",
      says: expect.stringContaining("AccessDenied") as string,
    }),
  );
  expect(draft.settings.cni).toMatchObject({ addressMode: "secondary-ip" });
  await expect(imported(changed(/describe-cluster/, () => denied))).rejects.toThrow(
    /^aws eks describe-cluster live: An error occurred \(AccessDenied.*; a cluster is imported by who may describe it/,
  );
});

test.each<[string, RegExp, string, Readonly<Record<string, unknown>>, string]>([
  ["a VPC's hosts of its own", /describe-vpcs/, "Vpcs", { InstanceTenancy: "dedicated" }, "InstanceTenancy"],
  [
    "encryption that a VPC enforces",
    /describe-vpcs/,
    "Vpcs",
    { EncryptionControl: { Mode: "enforce" } },
    "EncryptionControl",
  ],
  [
    "an endpoint's policy",
    /describe-vpc-endpoints/,
    "VpcEndpoints",
    {
      PolicyDocument: '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:Get*","Resource":"*"}]}',
    },
    "PolicyDocument",
  ],
  [
    "a group of the control plane",
    /describe-cluster/,
    "cluster",
    {
      resourcesVpcConfig: { vpcId: "vpc-be3d16d5768230123", securityGroupIds: ["sg-0other"] },
    },
    "resourcesVpcConfig.securityGroupIds",
  ],
  [
    "the boundary of a role",
    /get-role --role-name orders/,
    "Role",
    { PermissionsBoundary: { PermissionsBoundaryArn: "arn:aws:iam::123456789012:policy/most" } },
    "PermissionsBoundary",
  ],
  [
    "a second role of pods",
    /describe-pod-identity-association/,
    "association",
    { targetRoleArn: "arn:aws:iam::210987654321:role/data" },
    "targetRoleArn",
  ],
])("%s is not lost in silence", async (_, question, within, more, path) => {
  const live = changed(question, (answer) => {
    if (answer.is !== "said") return answer;
    const all = JSON.parse(answer.text) as Record<string, object | object[]>;
    const there = all[within];
    const [first, ...others] = Array.isArray(there) ? (there as object[]) : [there];
    const made = { ...first, ...more };
    return {
      is: "said",
      text: JSON.stringify({ ...all, [within]: Array.isArray(there) ? [made, ...others] : made }),
    };
  });
  const paths = (found: Awaited<ReturnType<typeof imported>>) => found.notes.map((each) => each.path);

  expect(paths(await imported(live))).toContain(path);
  if (!path.endsWith("securityGroupIds")) expect(paths(await imported(recorded(folder)))).not.toContain(path);
});

test("access to some namespaces, which nobody names, does not become access to the cluster", async () => {
  const live = changed(/list-associated-access-policies/, (answer) =>
    answer.is === "said"
      ? {
          is: "said",
          text: answer.text.replace(/"accessScope": \{[^}]*\}/g, '"accessScope": { "type": "namespace" }'),
        }
      : answer,
  );
  const { draft, notes } = await imported(live);

  expect(draft.settings.cluster).not.toHaveProperty("access.admins");
  expect(draft.settings.cluster).toMatchObject({ access: { shop: { kubernetesGroups: ["shop"] } } });
  expect(draft.settings.cluster).not.toHaveProperty("access.shop.policy");
  expect(
    notes.filter(({ says }) => says.includes("without them it would be for the whole cluster")),
  ).not.toEqual([]);
});

test("without kubectl it is told that the cluster was not asked", async () => {
  const { notes, draft } = await imported(recorded(folder), { asksCluster: false });
  expect(notes[0]).toMatchObject({ where: "live", is: "changed" });
  expect(draft.settings).not.toHaveProperty("metricsServer");
});

test("Cilium's ConfigMap says how pods are networked", async () => {
  const says = (data: Readonly<Record<string, string>>) =>
    changed(/cilium-config|get deployments/, (answer) => {
      if (answer.is !== "said") return answer;
      const config = {
        kind: "ConfigMap",
        metadata: { name: "cilium-config", namespace: "kube-system" },
        data,
      };
      const agent = { kind: "DaemonSet", metadata: { name: "cilium", namespace: "kube-system" } };
      const list = JSON.parse(answer.text) as { items: object[] };
      return { is: "said", text: JSON.stringify({ items: list.items.length === 0 ? [config] : [agent] }) };
    });
  const data: readonly Readonly<Record<string, string>>[] = [
    { ipam: "eni" },
    { ipam: "cluster-pool", "cluster-pool-ipv4-cidr": "100.64.0.0/12" },
    { ipam: "cluster-pool", "cni-chaining-mode": "aws-cni" },
  ];
  const kinds = await Promise.all(data.map(async (each) => (await imported(says(each))).draft.settings.cni));
  expect(kinds).toEqual([
    { kind: "cilium-eni" },
    { kind: "cilium-overlay", podCidr: "100.64.0.0/12" },
    { kind: "cilium-chaining", addressMode: "prefix" },
  ]);
});

test("whatever else AWS says of a thing is told with its question: nothing is lost in silence", async () => {
  const where = fc.constantFrom<readonly [RegExp, string]>(
    [/describe-cluster/, "cluster"],
    [/describe-nodegroup .*system/, "nodegroup"],
    [/describe-addon .*coredns/, "addon"],
    [/describe-access-entry .*Admins/, "accessEntry"],
    [/describe-pod-identity-association/, "association"],
    [/describe-vpcs/, "Vpcs"],
    [/describe-route-tables/, "RouteTables"],
    [/describe-nat-gateways/, "NatGateways"],
  );
  const field = fc.stringMatching(/^[a-z]{3,8}$/).map((text) => `x${text}`);
  await fc.assert(
    fc.asyncProperty(where, field, fc.string({ minLength: 1 }), async ([matches, within], key, value) => {
      const live = changed(matches, (answer) => {
        if (answer.is !== "said") return answer;
        const all = JSON.parse(answer.text) as Record<string, object | object[]>;
        const there = all[within];
        const more = Array.isArray(there)
          ? there.map((each: object) => ({ ...each, [key]: value }))
          : { ...there, [key]: value };
        return { is: "said", text: JSON.stringify({ ...all, [within]: more }) };
      });
      const { notes } = await imported(live);
      expect(notes.some((each) => each.path === key && each.is === "lost")).toBe(true);
    }),
    { numRuns: 25 },
  );
});

test("a region without EKS is refused", async () => {
  await expect(imported(recorded(folder), { region: "eu-wst-1" })).rejects.toThrow(
    /--region: .*did you mean eu-west-1/,
  );
});
