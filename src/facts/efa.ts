/**
 * Types with an Elastic Fabric Adapter, by the number of their network cards, each of which takes one. Which types: EC2
 * DescribeInstanceTypes as eksctl-io/eksctl keeps it, pkg/utils/instance/instance_types.go of 2026-08-21 (EFASupported); cards:
 * aws/karpenter-provider-aws v1.14.1, pkg/providers/instancetype/zz_generated.vpclimits.go. Those that Karpenter has no figures of (hpc,
 * trn2, c9g) are left out, and p6-b300, whose first card takes none.
 */
const TYPES: Readonly<Record<number, readonly string[]>> = {
  1: [
    "c5n.18xlarge c5n.9xlarge c6a.48xlarge c6gn.16xlarge c6i.32xlarge c6id.32xlarge c7a.48xlarge c7g.16xlarge",
    "c7gd.16xlarge c7gn.16xlarge c7i.48xlarge c8a.48xlarge c8g.24xlarge c8g.48xlarge c8gb.16xlarge",
    "c8gb.24xlarge c8gd.24xlarge c8gd.48xlarge c8gn.16xlarge c8gn.24xlarge c8i.48xlarge c8i.96xlarge",
    "c8ib.48xlarge c8id.48xlarge c8id.96xlarge c8in.48xlarge dl2q.24xlarge f2.48xlarge g4dn.12xlarge",
    "g4dn.16xlarge g4dn.8xlarge g5.12xlarge g5.16xlarge g5.24xlarge g5.48xlarge g5.8xlarge g6.12xlarge",
    "g6.16xlarge g6.24xlarge g6.48xlarge g6.8xlarge g6e.12xlarge g6e.16xlarge g6e.8xlarge g7.12xlarge",
    "g7.24xlarge g7.8xlarge g7e.12xlarge g7e.8xlarge gr6.8xlarge i3en.12xlarge i3en.24xlarge i4g.16xlarge",
    "i4i.32xlarge i7i.24xlarge i7i.48xlarge i7ie.48xlarge i8g.48xlarge i8ge.48xlarge im4gn.16xlarge",
    "inf1.24xlarge m5dn.24xlarge m5n.24xlarge m5zn.12xlarge m6a.48xlarge m6i.32xlarge m6id.32xlarge",
    "m7a.48xlarge m7g.16xlarge m7gd.16xlarge m7i.48xlarge m8a.48xlarge m8azn.24xlarge m8g.24xlarge",
    "m8g.48xlarge m8gb.16xlarge m8gb.24xlarge m8gd.24xlarge m8gd.48xlarge m8gn.16xlarge m8gn.24xlarge",
    "m8i.48xlarge m8i.96xlarge m8ib.48xlarge m8id.48xlarge m8id.96xlarge m8idb.48xlarge m8idn.48xlarge",
    "m8in.48xlarge m9g.48xlarge m9gd.48xlarge p3dn.24xlarge p5.4xlarge r5dn.24xlarge r5n.24xlarge r6a.48xlarge",
    "r6i.32xlarge r6id.32xlarge r7a.48xlarge r7g.16xlarge r7gd.16xlarge r7i.48xlarge r7iz.32xlarge",
    "r8a.48xlarge r8g.24xlarge r8g.48xlarge r8gb.16xlarge r8gb.24xlarge r8gd.24xlarge r8gd.48xlarge",
    "r8gn.16xlarge r8gn.24xlarge r8i.48xlarge r8i.96xlarge r8ib.48xlarge r8id.48xlarge r8id.96xlarge",
    "r8idb.48xlarge r8idn.48xlarge r8in.48xlarge u7i-12tb.224xlarge u7i-6tb.112xlarge u7i-8tb.112xlarge",
    "vt1.24xlarge x2idn.32xlarge x2iedn.32xlarge x2iezn.12xlarge x8aedz.24xlarge x8g.24xlarge x8g.48xlarge",
    "x8i.48xlarge x8i.64xlarge x8i.96xlarge",
  ],
  2: [
    "c6in.32xlarge c8gb.48xlarge c8gn.48xlarge c8ib.96xlarge c8in.96xlarge g6e.24xlarge g7.48xlarge",
    "g7e.24xlarge m6idn.32xlarge m6in.32xlarge m8gb.48xlarge m8gn.48xlarge m8ib.96xlarge m8idb.96xlarge",
    "m8idn.96xlarge m8in.96xlarge r6idn.32xlarge r6in.32xlarge r8gb.48xlarge r8gn.48xlarge r8ib.96xlarge",
    "r8idb.96xlarge r8idn.96xlarge r8in.96xlarge u7in-16tb.224xlarge u7in-24tb.224xlarge u7in-32tb.224xlarge",
  ],
  4: ["g6e.48xlarge g7e.48xlarge p4d.24xlarge p4de.24xlarge"],
  8: ["p6-b200.48xlarge trn1.32xlarge"],
  16: ["p5en.48xlarge trn1n.32xlarge"],
  32: ["p5.48xlarge p5e.48xlarge"],
};

const cards: ReadonlyMap<string, number> = new Map(
  Object.entries(TYPES).flatMap(([count, lines]) =>
    lines.flatMap((line) => line.split(" ").map((name) => [name, Number(count)] as const)),
  ),
);

/** Most EFA interfaces of a type; undefined of one that has none, or whose number is not known. */
export function efaInterfacesOf(instanceTypeName: string): number | undefined {
  return cards.get(instanceTypeName);
}
