import { type Cidr, contains, formatCidr } from "../../ip-capacity/cidr";
import { supportEnd } from "../../facts/eks-calendar";
import { MOST_TAGS } from "../../config/schema/tags";
import type { ConfigPath } from "../../config/read/source-node";
import { roleArn } from "../../model/role-arn";
import type { Finding, TargetCheck } from "../finding";

export const runnerCheck: TargetCheck = ({ config, vpcCidrs }) => {
  const { runner, cluster } = config;
  const isPrivate = cluster.endpoint.kind === "private";
  if (runner === undefined) {
    if (!isPrivate) return [];
    return [
      {
        path: ["runner"],
        message:
          "is missing, and the API server is private; write runner: { reach: in-vpc | peered | ssm-tunnel } so that it lets the runner in",
        related: [["cluster", "endpoint"]],
      },
    ];
  }
  if (runner.reach === "public" && isPrivate) {
    return [
      {
        path: ["runner", "reach"],
        message: "can't reach a private API server; write in-vpc, peered or ssm-tunnel",
        related: [["cluster", "endpoint"]],
      },
    ];
  }
  return "cidrs" in runner && runner.reach !== "peered" ? outsideFindings(runner, vpcCidrs) : [];
};

/** The API server would let them in, and no route leads its answers out of the VPC. */
function outsideFindings(
  { reach, cidrs }: { readonly reach: string; readonly cidrs: readonly Cidr[] },
  own: readonly Cidr[],
): Finding[] {
  return cidrs.flatMap((cidr, index): Finding[] =>
    own.some((range) => contains(range, cidr))
      ? []
      : [
          {
            path: ["runner", "cidrs", index],
            message: `is outside the VPC (${own.map(formatCidr).join(", ")}), and a runner with reach ${reach} is inside it; write reach: peered and via, or a range of the VPC`,
            related: [["runner", "reach"]],
            rule: "RUNNER-OUTSIDE-VPC",
            severity: "warning",
          },
        ],
  );
}

/**
 * GitHub, "About security hardening with OpenID Connect": the subject of a job of a pull request, whatever its branch,
 * is `repo:<owner>/<name>:pull_request`; a job with an environment has that in its place.
 */
export const ciSubjectCheck: TargetCheck = ({ config: { account } }) =>
  (account.ci?.kind === "github" ? account.ci.subjects : []).flatMap((subject, index): Finding[] => {
    if (!/:(pull_request|ref:refs\/pull\/.*)$/.test(subject)) return [];
    return [
      {
        path: ["account", "ci", "subjects", index],
        message:
          "lets the code of every pull request be the deploy role, before anybody has reviewed it, so an environment's reviewers guard nothing; write repo:<owner>/<name>:environment:<environment>",
        rule: "CI-SUBJECT-PULL-REQUEST",
        severity: "warning",
      },
    ];
  });

export const accessEntryCheck: TargetCheck = (target) => {
  const { access } = target.config.cluster;
  const owners = new Map([[roleArn(target.config.account.deployRole, target), "account.deployRole"]]);
  return Object.entries(access).flatMap(([name, entry]): Finding[] => {
    const path: ConfigPath = ["cluster", "access", name];
    const arn = roleArn(entry.role, target);
    const owner = owners.get(arn);
    owners.set(arn, path.join("."));
    return [
      ...(owner === undefined
        ? []
        : [
            {
              path: [...path, "role"],
              message: `has its access entry from ${owner} already; remove one of them`,
            },
          ]),
      ...(entry.policy === "cluster-admin" && entry.namespaces !== undefined
        ? [{ path: [...path, "policy"], message: "is for the whole cluster; write admin for namespaces" }]
        : []),
    ];
  });
};

export const deletionProtectionCheck: TargetCheck = ({ config, production }) => {
  const { deletionProtection, deletionProtectionReason } = config.cluster;
  if (!production || deletionProtection !== false || deletionProtectionReason !== undefined) return [];
  const message =
    "leaves a production cluster unprotected; write true, or cluster.deletionProtectionReason: <why>";
  return [{ path: ["cluster", "deletionProtection"], message }];
};

/** A cluster in extended support costs six times as much, so it is asked for by name. */
export const supportPolicyCheck: TargetCheck = ({ config, release }) => {
  const end = supportEnd(release.kubernetes.version);
  if (end === undefined || !end.standardEnded || config.cluster.supportPolicy === "extended") return [];
  return [
    {
      path: ["cluster", "supportPolicy"],
      value: config.cluster.supportPolicy,
      message:
        `can't be: Kubernetes ${release.kubernetes.version} of release ${release.name} left standard support on ${end.standard};` +
        ` write extended (0.60 USD per cluster hour in place of 0.10), or a later release`,
      related: [["release"]],
    },
  ];
};

/**
 * Tags by which EKS, its controllers and Karpenter find their own: on everything they would choose the wrong ones, and Karpenter
 * refuses some of them in an EC2NodeClass (v1.14.1, pkg/apis/v1/labels.go, RestrictedTagPatterns).
 */
const OWNED_TAGS = ["kubernetes.io/", "karpenter.sh/", "karpenter.k8s.aws/", "eks:", "octarine:"];

export const tagCheck: TargetCheck = ({ config }) => [
  ...ownedTagFindings(["tags"], config.tags),
  ...Object.entries(config.nodes).flatMap(([name, { tags }]) => [
    ...ownedTagFindings(["nodes", name, "tags"], tags),
    ...mergedTagFindings(["nodes", name, "tags"], { ...config.tags, ...tags }),
  ]),
];

function ownedTagFindings(path: ConfigPath, tags: Readonly<Record<string, string>>): Finding[] {
  return Object.keys(tags)
    .filter((tag) => OWNED_TAGS.some((owned) => tag.startsWith(owned)))
    .map((tag) => ({ path: [...path, tag], message: "is set by the platform where it belongs; remove it" }));
}

/** A group's tags stand beside the target's, within the same limits. */
function mergedTagFindings(path: ConfigPath, all: Readonly<Record<string, string>>): Finding[] {
  const names = Object.keys(all);
  const related = [["tags"]];
  const twice = names.find((name, index) =>
    names.slice(0, index).some((other) => other.toLowerCase() === name.toLowerCase()),
  );
  if (twice !== undefined) {
    const message = `has ${twice} in another case than tags, and IAM takes them for one; write it the same way`;
    return [{ path, message, related }];
  }
  if (names.length <= MOST_TAGS) return [];
  const message = `makes ${names.length} tags with the target's, and at most ${MOST_TAGS} fit on a resource; remove some`;
  return [{ path, message, related }];
}
