import type { Fleet } from "../model/target";

/** One of several parts of a fleet, counted from 1: `2/3`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Undefined for what is no part. */
export function parseShard(text: string): Shard | undefined {
  const [, index, count] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  return shard.index >= 1 && shard.index <= shard.count ? shard : undefined;
}

/** Every so many-th target, in order of their names: whole targets, the same ones wherever it is asked. */
export function shardOf({ targets }: Fleet, { index, count }: Shard): Fleet {
  return { targets: targets.filter((_, at) => at % count === index - 1) };
}
