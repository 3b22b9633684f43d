import { classesOf, poolsOf } from "../model/karpenter-pools";
import { type Accelerator, acceleratorOf } from "../facts/accelerators";
import { poolInstanceTypes } from "../model/pool-instance-types";
import type { Remark } from "./remark";
import type { Target } from "../model/target";

interface Place {
  /** For example of `nodes.gpu`. */
  readonly path: readonly string[];
  readonly ami: "al2023" | "bottlerocket";
  readonly types: readonly string[];
}

/**
 * Accelerators that no pod can ask for until a device plugin runs. Bottlerocket's NVIDIA image brings its own
 * (bottlerocket-os/bottlerocket variants/aws-k8s-1.35-nvidia/Cargo.toml); AL2023's have driver and container toolkit.
 */
export function acceleratorWarnings({ config }: Pick<Target, "config">): Remark[] {
  const places = placesOf(config);
  const withPlugin = (kind: "nvidia" | "neuron") => (place: Place) =>
    has(place, kind) && !(kind === "nvidia" && place.ami === "bottlerocket");
  return [
    ...said(
      places.filter(withPlugin("nvidia")),
      "pods get nvidia.com/gpu only from NVIDIA's device plugin, which the platform does not install: add the chart nvidia-device-plugin of https://nvidia.github.io/k8s-device-plugin with tolerations for these nodes (docs/accelerators.md)",
    ),
    ...said(
      places.filter(withPlugin("neuron")),
      "pods get aws.amazon.com/neuron only from AWS's Neuron device plugin, which the platform does not install: add the chart oci://public.ecr.aws/neuron/neuron-helm-chart with tolerations for these nodes (docs/accelerators.md)",
    ),
    ...said(
      places.filter((place) => has(place, "other")),
      "has accelerators that no EKS image has a driver for: install one by a DaemonSet of your own, or use other types",
    ),
  ];
}

function placesOf(config: Target["config"]): Place[] {
  const { nodes } = config;
  const classes = classesOf(config);
  const groups = Object.entries(nodes).map(([name, { ami, instanceTypes }]) => ({
    path: ["nodes", name],
    ami,
    types: instanceTypes,
  }));
  const pools = Object.entries(poolsOf(config)).map(([name, pool]) => ({
    path: ["karpenter", "pools", name],
    ami: classes[pool.class]?.ami ?? "al2023",
    types: poolInstanceTypes(pool),
  }));
  return [...groups, ...pools];
}

function has({ types }: Place, kind: Accelerator): boolean {
  return types.some((type) => acceleratorOf(type) === kind);
}

function said(places: readonly Place[], text: string): Remark[] {
  return places.map(({ path }) => ({
    topic: "settings",
    rule: "ACCELERATOR-PLUGIN",
    path,
    subject: path.join("."),
    text,
  }));
}
