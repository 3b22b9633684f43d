import { type Node, parseDocument, YAMLMap, YAMLSeq } from "yaml";
import { z } from "zod";
import { aws, type Live, whyNot } from "../../live/question";
import { roleArn } from "../../model/role-arn";
import type { Target } from "../../model/target";
import { unknownName } from "../../text/nearest";
import { CommandFailure, UsageError } from "../report-error";

/** Where a cluster's API is, as EKS says. */
export interface ApiServer {
  readonly endpoint: string;
  /** PEM in base64. */
  readonly certificateAuthority: string;
}

export interface Caller {
  /** IAM role to assume; undefined: the credentials that the AWS CLI finds. */
  readonly roleArn?: string;
  /** Profile of the AWS CLI. */
  readonly profile?: string;
}

const described = z.object({
  cluster: z.object({ endpoint: z.string(), certificateAuthority: z.object({ data: z.string() }) }),
});

/** @throws CommandFailure */
export async function apiServerOf({ clusterName, region, name }: Target, live: Live): Promise<ApiServer> {
  const answer = await live.ask(
    aws("eks", "describe-cluster", "--name", clusterName, "--region", region, "--output", "json"),
  );
  if (answer.is !== "said") {
    throw new CommandFailure(
      `the cluster ${clusterName} of ${name} can't be looked up: ${whyNot(answer)}; it takes credentials of its account that may eks:DescribeCluster`,
    );
  }
  const read = described.safeParse(jsonOf(answer.text));
  if (!read.success)
    throw new CommandFailure(
      `the cluster ${clusterName} of ${name} has no endpoint yet; wait until it is ACTIVE`,
    );
  const { endpoint, certificateAuthority } = read.data.cluster;
  return { endpoint, certificateAuthority: certificateAuthority.data };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Roles of Identity Center: it assumes them for those who sign in, and nobody else may. */
const OF_IDENTITY_CENTER = /:role\/aws-reserved\/sso\.amazonaws\.com\//;

/**
 * The role of an access entry by its name in `cluster.access`, or of Terraform by `deploy`.
 *
 * @throws UsageError
 */
export function roleOf(target: Target, name: string): string {
  const { access } = target.config.cluster;
  const people = Object.entries(access).filter(([, { kind }]) => kind === "users");
  const names = [...people.map(([each]) => each), "deploy"];
  const role = name === "deploy" ? target.config.account.deployRole : new Map(people).get(name)?.role;
  if (role === undefined) throw new UsageError(unknownName(name, "an access entry of cluster.access", names));
  const arn = roleArn(role, target);
  if (OF_IDENTITY_CENTER.test(arn))
    throw new UsageError(
      `the role of ${name} is Identity Center's, which nobody else can assume; sign in to it (aws sso login) and name its profile by --profile`,
    );
  return arn;
}

/** A kubeconfig for one target, whose every part has the name of its workspace. */
export function kubeconfigOf(target: Target, server: ApiServer, { roleArn: role, profile }: Caller) {
  const { workspace: name, clusterName, region } = target;
  const { runner } = target.config;
  const tunnel = runner?.reach === "ssm-tunnel" ? runner : undefined;
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name,
        cluster: {
          server: tunnel === undefined ? server.endpoint : `https://127.0.0.1:${tunnel.localPort}`,
          // The certificate is for the cluster's own name, also at the near end of a tunnel.
          ...(tunnel && { "tls-server-name": new URL(server.endpoint).hostname }),
          "certificate-authority-data": server.certificateAuthority,
        },
      },
    ],
    users: [
      {
        name,
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1",
            command: "aws",
            args: [
              ...["eks", "get-token", "--output", "json", "--cluster-name", clusterName, "--region", region],
              ...(role === undefined ? [] : ["--role-arn", role]),
            ],
            ...(profile !== undefined && { env: [{ name: "AWS_PROFILE", value: profile }] }),
            // The profile may ask for a code of MFA.
            interactiveMode: "IfAvailable",
          },
        },
      },
    ],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  };
}

type Kubeconfig = ReturnType<typeof kubeconfigOf>;

/**
 * A kubeconfig with another one's parts in it. What else is in it stays as it is, comments too; parts of the same name are replaced.
 *
 * @throws CommandFailure
 */
export function mergedKubeconfig(existing: string, added: Kubeconfig, file: string): string {
  const document = parseDocument<Node, false>(
    existing.trim() === "" ? "apiVersion: v1\nkind: Config\n" : existing,
  );
  if (document.errors.length > 0 || !(document.contents instanceof YAMLMap))
    throw new CommandFailure(`${file} is not a kubeconfig; name another file with --out`);
  for (const key of ["clusters", "users", "contexts"] as const) {
    const there: unknown = document.get(key);
    const list = there instanceof YAMLSeq ? there : new YAMLSeq();
    if (!(there instanceof YAMLSeq)) document.set(key, list);
    for (const part of added[key]) {
      list.items = list.items.filter((each) => !(each instanceof YAMLMap && each.get("name") === part.name));
      list.add(document.createNode(part));
    }
  }
  document.set("current-context", added["current-context"]);
  return document.toString();
}
