import { type Inventory, ofType, type Resource } from "../resource";
import { type Rule, rule, undecided, violation } from "../rule";
import { at, isTrue, text, texts } from "../../values/value";

const CNI_ADDON = "vpc-cni";
const CNI_CHART = /(^|\/)(cilium|aws-vpc-cni|calico|tigera-operator)$/;

/** What puts a CNI on nodes: the add-on of EKS, or a chart. */
function installers(inventory: Inventory): Resource[] {
  return [
    ...ofType(inventory, "aws_eks_addon").filter(({ attributes }) => attributes.addon_name === CNI_ADDON),
    ...ofType(inventory, "helm_release").filter(({ attributes }) => CNI_CHART.test(text(attributes.chart))),
  ];
}

const orders = new WeakMap<readonly Resource[], Map<string, ReadonlySet<string>>>();

/** Stacks that `stack` reads, and those that they read: all of them are applied before it. */
export function stacksBefore(stack: string, inventory: Inventory): ReadonlySet<string> {
  const known = orders.get(inventory.resources) ?? new Map<string, ReadonlySet<string>>();
  orders.set(inventory.resources, known);
  const before = known.get(stack) ?? allBefore(stack, inventory);
  known.set(stack, before);
  return before;
}

function allBefore(stack: string, inventory: Inventory): Set<string> {
  const before = new Set<string>();
  const states = ofType(inventory, "data.terraform_remote_state");
  const stacks = [...new Set(inventory.resources.map((each) => each.stack))];
  const pending = [stack];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const state of states.filter((each) => each.stack === next)) {
      const name = state.address.split(".").at(-1) ?? "";
      const upstream = stacks.find((each) => each === name || each.endsWith(`-${name}`)) ?? name;
      if (!before.has(upstream)) pending.push(upstream);
      before.add(upstream);
    }
  }
  return before;
}

/** Whether `resource` waits for `other` of the same stack by depends_on, directly or through others. */
function waitsFor(
  resource: Resource,
  other: Resource,
  inventory: Inventory,
  seen: readonly string[] = [],
): boolean {
  const dependencies = dependsOn(resource, inventory);
  const blocks = [other.address, owner(other.address)];
  if (dependencies.some((each) => blocks.includes(each))) return true;
  return inventory.resources
    .filter(
      (each) =>
        each.stack === resource.stack && dependencies.includes(each.address) && !seen.includes(each.address),
    )
    .some((each) => waitsFor(each, other, inventory, [...seen, each.address]));
}

/** Its own depends_on, and that of the module call it is made by. */
function dependsOn(resource: Resource, inventory: Inventory): string[] {
  const call = inventory.resources.find(
    (each) =>
      each.type === "module" && each.stack === resource.stack && each.address === owner(resource.address),
  );
  return [...texts(resource.attributes.depends_on), ...texts(call?.attributes.depends_on)];
}

/** `module.x` of `module.x.aws_y.z`; else the address itself. */
function owner(address: string): string {
  return /^module\.[^.[]+/.exec(address)?.[0] ?? address;
}

export const nodeOrderRules: readonly Rule[] = [
  rule({
    id: "NODE-WITHOUT-CNI",
    area: "nodes",
    severity: "error",
    what: "A node group is made only after a CNI.",
    why: "A node without a CNI never becomes Ready: the group waits, and fails after twenty minutes or more.",
    remedy: "Put the CNI into a stack that this one reads, or make the node group depend on it.",
    reference: "https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html",
    types: ["aws_eks_node_group"],
    setting: "cni",
    check: (group, inventory) => {
      const before = stacksBefore(group.stack, inventory);
      const found = installers(inventory);
      const earlier = found.some(
        (each) =>
          before.has(each.stack) ||
          (each.stack === group.stack && (group.source === "plan" || waitsFor(group, each, inventory))),
      );
      if (earlier) return [];
      if (!inventory.complete && before.has("cni"))
        return [undecided("reads the stack cni, which is not among the plans given")];
      return [
        violation(
          found.length === 0 ? "has no CNI before it" : `does not wait for ${found[0]?.address ?? "the CNI"}`,
        ),
      ];
    },
  }),
  rule({
    id: "HELM-WAIT-WITHOUT-NODES",
    area: "Helm values",
    severity: "error",
    what: "A release that is installed before there are nodes does not wait for its pods.",
    why: "No pod can start yet, so Helm waits until its timeout and rolls the release back.",
    remedy: "Set wait and atomic to false.",
    reference: "https://helm.sh/docs/helm/helm_install/",
    types: ["helm_release"],
    check: (release, inventory) => {
      const groups = ofType(inventory, "aws_eks_node_group");
      const beforeNodes = groups.some((group) => stacksBefore(group.stack, inventory).has(release.stack));
      const nodesBefore = groups.some((group) => stacksBefore(release.stack, inventory).has(group.stack));
      if (!beforeNodes || nodesBefore) return [];
      const waits = ["wait", "atomic"].filter((name) => {
        const value = at(release.attributes, name);
        // Terraform's helm provider waits where nothing is said.
        return isTrue(value) || (name === "wait" && (value === undefined || value === null));
      });
      return waits.map((name) => violation(`${name} is on, and there is no node yet`));
    },
  }),
];
