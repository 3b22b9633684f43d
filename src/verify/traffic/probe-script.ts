/** What a line of a probe's script tries. */
export interface Attempt {
  readonly host: string;
  /** Of TCP; left out: only the name is looked up. */
  readonly port?: number;
}

/**
 * What came of an attempt. `refused`: somebody answered at once that it may not, or that nobody listens (a reset, or ICMP).
 * `timeout`: nobody answered: packets were dropped. `unresolved`: its name has no address.
 */
export const results = ["ok", "refused", "timeout", "unresolved"] as const;
export type Result = (typeof results)[number];

/** Seconds that an attempt waits; one that fails in less was answered. */
const WAIT = 5;

/**
 * Tries each a few times: a sidecar may start later than the pod, and the first lookup be lost. How the last one failed is told by
 * its time, since every nc has its own words for it.
 */
export function scriptOf(attempts: readonly Attempt[]): string {
  const lines = attempts.map(({ host, port }) =>
    port === undefined
      ? `try '${host}' '${host}' nslookup '${host}'`
      : `try '${host}:${port}' '${host}' nc -z -w ${WAIT} '${host}' ${port}`,
  );
  return [...(attempts.some(({ port }) => port !== undefined) ? UNFIT : []), TRY, ...lines, "exit 0"].join(
    "\n",
  );
}

/** An image whose nc does not know -z would fail every attempt (busybox without NC_110_COMPAT: networking/nc.c). */
const UNFIT = [
  'if ! command -v nc >/dev/null 2>&1; then echo "unfit the image has no nc"; exit 0; fi',
  `if nc -z -w ${WAIT} 2>&1 </dev/null | grep -qiE "(invalid|unknown|illegal|unrecognized) option"; then echo "unfit the image's nc has no -z"; exit 0; fi`,
];

const TRY = [
  "try() { what=$1; host=$2; shift 2",
  "for i in 1 2 3; do begin=$(date +%s)",
  'if "$@" >/dev/null 2>&1 </dev/null; then echo "ok $what"; return; fi',
  "took=$(( $(date +%s) - begin )); sleep 1; done",
  'if [ "$1" = nslookup ]; then echo "unresolved $what"; return; fi',
  'case $host in *[!0-9.]*) if ! nslookup "$host" >/dev/null 2>&1 </dev/null; then echo "unresolved $what"; return; fi;; esac',
  `if [ $took -ge ${WAIT - 1} ]; then echo "timeout $what"; else echo "refused $what"; fi; }`,
].join("\n");

/** By host and port what came of it. What a script did not come to is not there. */
export function resultsOf(output: string): ReadonlyMap<string, Result> {
  return new Map(
    output.split("\n").flatMap((line) => {
      const [, said, name = ""] = /^(\w+) (\S+)$/.exec(line.trim()) ?? [];
      const result = results.find((each) => each === said);
      return result === undefined ? [] : [[name, result] as const];
    }),
  );
}

/** Why an image can't try anything, where the script says so. */
export function unfitIn(output: string): string | undefined {
  return /^unfit (.+)$/m.exec(output)?.[1];
}

export function attemptName({ host, port }: Attempt): string {
  return port === undefined ? host : `${host}:${port}`;
}
