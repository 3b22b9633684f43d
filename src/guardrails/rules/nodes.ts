import { volumesOf } from "../read/volumes";
import type { Resource } from "../resource";
import { expectGiven, expectThat, type Rule, rule, show, undecided, type Verdict, violation } from "../rule";
import {
  at,
  entries,
  isAbsent,
  isTrue,
  isUnknown,
  items,
  text,
  texts,
  toNumber,
  type Value,
} from "../../values/value";
import { looksSecret, secretAssignments } from "../../text/secrets";

const NODE_DOCS = "https://docs.aws.amazon.com/eks/latest/best-practices/protecting-the-infrastructure.html";
const KARPENTER_DOCS = "https://karpenter.sh/docs/concepts/nodeclasses/";

/** `nodes.<group>` of a module call that a node group is made by. */
export function nodeGroupSetting({ address }: Resource): string {
  const name = /^module\.(.+)_group\b/.exec(address)?.[1];
  return name === undefined ? "nodes" : `nodes.${name}`;
}

/** Metadata options, as a launch template and as Karpenter's node class spell them. */
function metadata(resource: Resource, name: string, camel: string): Value {
  const { attributes, type } = resource;
  return type === "k8s:EC2NodeClass"
    ? at(attributes, "spec", "metadataOptions", camel)
    : at(attributes, "metadata_options", name);
}

const LAUNCHERS = ["aws_launch_template", "aws_instance", "k8s:EC2NodeClass"];

export const nodeRules: readonly Rule[] = [
  rule({
    id: "NODE-IMDSV1",
    area: "nodes",
    severity: "error",
    what: "The instance metadata service asks for a session token (IMDSv2).",
    why: "Version 1 answers a plain GET: a web application that fetches addresses for others gives away the node's role.",
    remedy: "Set http_tokens to required.",
    reference:
      "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html",
    types: LAUNCHERS,
    setting: nodeGroupSetting,
    check: (resource) => {
      const tokens = metadata(resource, "http_tokens", "httpTokens");
      if (isUnknown(tokens)) return [undecided("http_tokens is known after apply")];
      // Karpenter's own default is required; EC2's is not.
      if (tokens === "required" || (isAbsent(tokens) && resource.type === "k8s:EC2NodeClass")) return [];
      return [violation(`http_tokens is ${show(tokens)}`)];
    },
  }),
  rule({
    id: "NODE-IMDS-HOPS",
    area: "nodes",
    severity: "warning",
    what: "Pods don't reach the instance metadata service: its answers live for one hop.",
    why: "With two hops every pod can take the node's role.",
    remedy: "Set the hop limit to 1; give pods an identity of their own.",
    reference: "https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html",
    types: LAUNCHERS,
    setting: nodeGroupSetting,
    check: (resource) => {
      const hops = metadata(resource, "http_put_response_hop_limit", "httpPutResponseHopLimit");
      if (isUnknown(hops)) return [undecided("the hop limit is known after apply")];
      return (toNumber(hops) ?? 1) > 1 ? [violation(`the hop limit is ${show(hops)}`)] : [];
    },
  }),
  rule({
    id: "NODE-VOLUME-ENCRYPTION",
    area: "encryption",
    severity: "error",
    what: "Every volume is encrypted.",
    why: "Images, logs and what pods write are stored on it, and a snapshot of it can be shared.",
    remedy: "Set encrypted to true.",
    reference: "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html",
    types: ["aws_launch_template", "aws_ebs_volume", "k8s:EC2NodeClass"],
    setting: nodeGroupSetting,
    check: (resource) =>
      volumesOf(resource).flatMap(({ name, encrypted }): Verdict[] => {
        if (isUnknown(encrypted)) return [undecided(`whether ${name} is encrypted is known after apply`)];
        return isTrue(encrypted) ? [] : [violation(`${name} is not encrypted`)];
      }),
  }),
  rule({
    id: "NODE-VOLUME-KEY",
    area: "encryption",
    severity: "warning",
    what: "Volumes are encrypted with a key of the account.",
    why: "The key that AWS manages has a policy nobody can change, and can't be used across accounts.",
    remedy: "Name a KMS key.",
    reference: "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html",
    types: ["aws_launch_template", "aws_ebs_volume", "k8s:EC2NodeClass"],
    setting: nodeGroupSetting,
    check: (resource) =>
      volumesOf(resource).flatMap(({ name, key }): Verdict[] => {
        if (isUnknown(key)) return key.given ? [] : [undecided(`the key of ${name} is known after apply`)];
        return isAbsent(key) ? [violation(`${name} has the key that AWS manages`)] : [];
      }),
  }),
  rule({
    id: "NODE-SSH",
    area: "nodes",
    severity: "error",
    what: "Nodes have no SSH key.",
    why: "A key gets shared, never expires and leaves no trace; without a source group EKS opens port 22 to the world.",
    remedy: "Leave it out and use Session Manager.",
    reference: "https://docs.aws.amazon.com/eks/latest/APIReference/API_RemoteAccessConfig.html",
    types: ["aws_eks_node_group", "aws_launch_template", "aws_instance"],
    setting: nodeGroupSetting,
    check: ({ attributes }) => {
      const key = at(attributes, "remote_access", "ec2_ssh_key") ?? attributes.key_name;
      if (isUnknown(key)) return [undecided("whether there is a key is known after apply")];
      return isAbsent(key) ? [] : [violation(`has the SSH key ${show(key)}`)];
    },
  }),
  rule({
    id: "NODE-PUBLIC-IP",
    area: "nodes",
    severity: "error",
    what: "Nodes have no public address.",
    why: "A node that has one is reachable from the internet as soon as one rule allows it.",
    remedy: "Leave the public address out.",
    reference: NODE_DOCS,
    types: LAUNCHERS,
    setting: nodeGroupSetting,
    check: ({ type, attributes }) => {
      const wants =
        type === "k8s:EC2NodeClass"
          ? [at(attributes, "spec", "associatePublicIPAddress")]
          : [
              attributes.associate_public_ip_address,
              ...items(attributes.network_interfaces).map((each) => at(each, "associate_public_ip_address")),
            ];
      // Computed for an instance: what nobody wrote follows from the subnet, which has a rule of its own.
      return wants.some(isTrue) ? [violation("asks for a public address")] : [];
    },
  }),
  rule({
    id: "NODE-PUBLIC-SUBNET",
    area: "nodes",
    severity: "error",
    what: "Nodes are in private subnets.",
    why: "A public subnet routes to the internet gateway: nodes there need public addresses to get out at all.",
    remedy: "Use the node subnets.",
    reference: "https://docs.aws.amazon.com/eks/latest/best-practices/subnets.html",
    types: ["aws_eks_node_group"],
    setting: "network.subnets",
    check: ({ attributes, stack }, { resources }) => {
      const subnets = items(attributes.subnet_ids);
      const publicIds = new Set(
        resources
          .filter(
            (each) =>
              each.type === "aws_subnet" &&
              at(each.attributes, "tags", "kubernetes.io/role/elb") !== undefined,
          )
          .flatMap((each) => [...texts(each.attributes.id), ...(each.stack === stack ? [each.address] : [])]),
      );
      const published = resources
        .filter((each) => each.type === "data.terraform_remote_state")
        .map((each) => each.attributes.outputs);
      const byOutput = (name: string) =>
        published.flatMap((each) => entries(at(each, name)).flatMap(([, id]) => texts(id)));
      byOutput("public_subnet_ids").forEach((id) => publicIds.add(id));
      const privateIds = byOutput("node_subnet_ids");
      return subnets.flatMap((subnet): Verdict[] => {
        if (typeof subnet === "string") {
          if (privateIds.includes(subnet) && !publicIds.has(subnet)) return [];
          if (publicIds.has(subnet)) return [violation(`is in the public subnet ${subnet}`)];
          return publicIds.size > 0 ? [] : [undecided(`whether ${subnet} is public is not in this plan`)];
        }
        if (!isUnknown(subnet) || subnet.text === "") return [undecided("the subnets are known after apply")];
        const isPublic =
          /public_subnet/.test(subnet.text) || [...publicIds].some((id) => subnet.text.includes(`${id}.`));
        return isPublic ? [violation(`is in a public subnet: ${subnet.text}`)] : [];
      });
    },
  }),
  rule({
    id: "NODE-AMI-PIN",
    area: "nodes",
    severity: "warning",
    what: "The node image has an exact version.",
    why: "Otherwise nodes roll whenever AWS publishes an image, in every target on the same day.",
    remedy: "Name a release; it holds the version of the image.",
    reference: KARPENTER_DOCS,
    types: ["aws_eks_node_group", "k8s:EC2NodeClass"],
    setting: "release",
    check: (resource) => {
      if (resource.type === "aws_eks_node_group") {
        if (resource.attributes.release_version === "latest")
          return [violation("takes the newest image at each plan")];
        return at(resource.attributes, "ami_type") === "CUSTOM"
          ? []
          : expectGiven(resource, ["release_version"], "has no image version");
      }
      const terms = items(at(resource.attributes, "spec", "amiSelectorTerms"));
      return terms
        .filter((each) => text(at(each, "alias")).endsWith("@latest"))
        .map((each) => violation(`takes ${show(at(each, "alias"))}`));
    },
  }),
  rule({
    id: "NODE-AMI-AL2",
    area: "nodes",
    severity: "error",
    what: "Nodes don't run Amazon Linux 2.",
    why: "EKS publishes no images of it from Kubernetes 1.33 on, and no updates for earlier versions.",
    remedy: "Use al2023 or bottlerocket.",
    reference: "https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-deprecation-faqs.html",
    types: ["aws_eks_node_group"],
    setting: nodeGroupSetting,
    check: (resource) =>
      expectThat(
        resource,
        ["ami_type"],
        (type) => !text(type).startsWith("AL2_"),
        (type) => `runs ${show(type)}`,
      ),
  }),
  rule({
    id: "NODE-ZONES",
    area: "nodes",
    severity: "warning",
    what: "A node group of a production cluster is in at least two zones.",
    why: "Otherwise all its pods are lost with the zone.",
    remedy: "Leave nodes.<group>.zones out, or add a group in another zone.",
    reference: "https://docs.aws.amazon.com/eks/latest/best-practices/data-plane.html",
    types: ["aws_eks_node_group"],
    setting: nodeGroupSetting,
    check: ({ attributes }, { production }) => {
      if (isUnknown(attributes.subnet_ids)) return [undecided("the subnets are known after apply")];
      return production && items(attributes.subnet_ids).length < 2 ? [violation("is in one subnet")] : [];
    },
  }),
  rule({
    id: "NODE-UPDATE-ALL",
    area: "nodes",
    severity: "warning",
    what: "An update never takes all nodes of a group at once.",
    why: "All its pods would be moved at the same time, and disruption budgets can only delay that.",
    remedy: "Set nodes.<group>.maxUnavailablePercent below 100, or maxUnavailable below size.max.",
    reference: "https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html",
    types: ["aws_eks_node_group"],
    setting: nodeGroupSetting,
    check: (resource) => {
      const nodes = toNumber(at(resource.attributes, "update_config", "max_unavailable")) ?? 0;
      const most = toNumber(at(resource.attributes, "scaling_config", "max_size")) ?? Infinity;
      // A group of one node has no other way.
      if (nodes > 1 && nodes >= most) return [violation(`updates ${nodes} of at most ${most} nodes at once`)];
      if (nodes > 0) return [];
      return expectThat(
        resource,
        ["update_config", "max_unavailable_percentage"],
        (percent) => (toNumber(percent) ?? 0) < 100,
        (percent) => `updates ${show(percent)} % at once`,
      );
    },
  }),
  rule({
    id: "NODE-USER-DATA-SECRET",
    area: "secrets",
    severity: "error",
    what: "User data holds no secret.",
    why: "Everybody who may describe instances can read it, and so can every process on the node.",
    remedy: "Read the secret at run time, with the node's or the pod's identity.",
    reference: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html",
    types: ["aws_launch_template", "aws_instance"],
    setting: nodeGroupSetting,
    check: ({ attributes }) => {
      const { user_data: data } = attributes;
      if (isUnknown(data)) return [undecided("the user data is known after apply")];
      const found = texts(data)
        .flatMap((text) => [text, decoded(text)])
        .flatMap((text) => (looksSecret(text) ? ["a key"] : secretAssignments(text)));
      return [...new Set(found)].map((name) => violation(`sets ${name}`));
    },
  }),
];

/** User data as EC2 wants it is base64. */
function decoded(text: string): string {
  return /^[A-Za-z0-9+/=\s]+$/.test(text) ? Buffer.from(text, "base64").toString("utf8") : "";
}
