import { NETWORK, problemsIn } from "../../support/problems";

const said = (text: string) =>
  problemsIn(`${NETWORK}cluster: { access: { shop: { role: Shop, ${text} } } }\n`);

test.each([
  // terraform-aws-modules/terraform-aws-eks#2915: "The kubernetes group name system:masters is invalid".
  [
    "kubernetesGroups: [system:masters]",
    "starts with system:, and EKS refuses those; for an administrator write policy: cluster-admin",
  ],
  ["kubernetesGroups: []", "kubernetesGroups"],
  ["namespaces: [shop], kubernetesGroups: [shop]", "namespaces  limit a policy, and there is none"],
  ["type: standard", "allows nothing; write policy, kubernetesGroups, or both"],
  [
    "type: ec2-linux, policy: view",
    "is not for nodes: EKS gives entries of type ec2-linux their rights itself; remove it",
  ],
  ["type: ec2-linux, kubernetesGroups: [nodes]", "kubernetesGroups  is not for nodes"],
  ["type: FARGATE_LINUX, policy: view", "Fargate runs no DaemonSet"],
  ["policy: AmazonEKSClusterAdminPolicy", "that is cluster-admin"],
  ["policy: AmazonEKSAutoNodePolicy", "Auto Mode brings"],
  ["policy: AmazonEKSHybridPolicy", "machines outside AWS"],
  ["policy: cluster-admin, namespaces: [shop]", "is for the whole cluster; write admin for namespaces"],
  ["policy: view, groups: [shop]", "write kubernetesGroups"],
])("an entry with %s is refused: %s", (text, problem) => {
  expect(said(text).join("\n")).toContain(problem);
});

test.each([
  "policy: admin-view",
  "policy: secret-reader, namespaces: [shop]",
  "kubernetesGroups: [shop-developers]",
  "policy: view, kubernetesGroups: [shop-developers], namespaces: [shop]",
  "type: ec2-linux",
])("an entry with %s is taken", (text) => {
  expect(said(text)).toEqual([]);
});
