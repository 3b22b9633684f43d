import type { AddonName } from "../../components/components";
import type { Release } from "../../releases/release";
import type { AwsCli } from "./aws-cli";
import { type Answer, confirmed, contradicted, unreachable } from "./pin-check";

/** Whether EKS offers the add-on's version for the release's Kubernetes. */
export async function checkAddon(name: AddonName, release: Release, aws: AwsCli): Promise<Answer> {
  const minor = release.kubernetes.version;
  const { version } = release.addons[name];
  const answer = await aws([
    ...["eks", "describe-addon-versions", "--addon-name", name, "--kubernetes-version", minor],
    ...["--query", "addons[].addonVersions[].addonVersion"],
  ]);
  return offered(answer, version, `EKS for Kubernetes ${minor}`);
}

export async function checkKubernetes({ kubernetes }: Release, aws: AwsCli): Promise<Answer> {
  const answer = await aws([
    "eks",
    "describe-cluster-versions",
    "--query",
    "clusterVersions[].clusterVersion",
  ]);
  return offered(answer, kubernetes.version, "EKS");
}

/** Whether there is an image of the pinned release, by its public name. */
export async function checkAmi(
  name: "al2023" | "bottlerocket",
  release: Release,
  aws: AwsCli,
): Promise<Answer> {
  const image = amiName(name, release);
  const answer = await aws([
    ...["ec2", "describe-images", "--owners", "amazon", "--include-deprecated"],
    ...["--filters", `Name=name,Values=${image}`, "--query", "Images[].Name"],
  ]);
  return offered(answer, image, "EC2");
}

/** Names of the images for x86_64: awslabs/amazon-eks-ami CHANGELOG.md, bottlerocket-os/bottlerocket releases. */
export function amiName(name: "al2023" | "bottlerocket", { kubernetes, amis }: Release): string {
  const { version } = amis[name];
  return name === "al2023"
    ? `amazon-eks-node-al2023-x86_64-standard-${kubernetes.version}-v${version.split("-")[1] ?? ""}`
    : `bottlerocket-aws-k8s-${kubernetes.version}-x86_64-v${version}`;
}

function offered(answer: Awaited<ReturnType<AwsCli>>, wanted: string, where: string): Answer {
  if ("failure" in answer) return unreachable(answer.failure);
  const found = Array.isArray(answer.output) ? answer.output.map(String) : [];
  if (found.includes(wanted)) return confirmed(`${where} offers ${wanted}`);
  const others = found.slice(0, 3).join(", ");
  return contradicted(`${where} does not offer ${wanted}${others === "" ? "" : `; it has ${others}`}`);
}
