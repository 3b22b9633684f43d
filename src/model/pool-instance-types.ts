import { allInstanceTypes, type InstanceType, instanceType } from "../facts/instance-types";
import { remembered } from "../ip-capacity/remembered";
import { poolDefaults } from "../facts/defaults";
import type { NodePoolConfig } from "../components/karpenter/settings";

type Wanted = Pick<NodePoolConfig, "categories" | "minGeneration" | "vcpus" | "arch">;
type Choice = Wanted & Pick<NodePoolConfig, "instanceTypes">;

/**
 * Types that Karpenter may launch for a pool, by name: what its requirements leave of the types we know. Newer types
 * that AWS adds meet the same requirements; each is larger than the smallest known of its kind, so figures that go by
 * the smallest stay right.
 */
export function poolInstanceTypes(pool: Choice): readonly string[] {
  if (pool.instanceTypes !== undefined) {
    return pool.instanceTypes.filter((name) => {
      const type = instanceType(name);
      return type !== undefined && isVirtualNitro(type);
    });
  }
  const { categories, minGeneration, vcpus, arch } = pool;
  return typesThatMeet({ categories, minGeneration, vcpus, arch });
}

const typesThatMeet = remembered((wanted: Wanted): readonly string[] =>
  [...allInstanceTypes()]
    .filter((type) => matches(type, wanted))
    .map(({ name }) => name)
    .sort(),
);

function matches(type: InstanceType, pool: Wanted): boolean {
  const { category, generation } = kindOf(type.name) ?? {};
  const { min = poolDefaults.minVcpus, max = Infinity } = pool.vcpus ?? {};
  const categories: readonly string[] = pool.categories ?? poolDefaults.categories;
  return (
    category !== undefined &&
    generation !== undefined &&
    categories.includes(category) &&
    generation >= (pool.minGeneration ?? poolDefaults.minGeneration) &&
    type.vcpu >= min &&
    type.vcpu <= max &&
    isVirtualNitro(type) &&
    pool.arch.some((arch) => type.arch.includes(EC2_ARCHITECTURE[arch]))
  );
}

/** What every pool asks for besides (components/karpenter/node-pool.ts): bare metal reports no hypervisor. */
export function isVirtualNitro({ hypervisor, bareMetal }: InstanceType): boolean {
  return hypervisor === "nitro" && !bareMetal;
}

const EC2_ARCHITECTURE = { amd64: "x86_64", arm64: "arm64" } as const;

/**
 * Category and generation as Karpenter reads them off a type's name (aws/karpenter-provider-aws
 * pkg/providers/instancetype/types.go, instanceTypeScheme); names without a generation have neither.
 */
export function kindOf(name: string): { category: string; generation: number } | undefined {
  const [, category, generation] = /^([a-z]+)(?:-[0-9]+tb)?([0-9]+).*\./.exec(name) ?? [];
  if (category === undefined || generation === undefined) return undefined;
  return { category, generation: Number(generation) };
}
