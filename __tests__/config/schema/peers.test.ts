import fc from "fast-check";
import { allowSchema } from "../../../src/config/schema/allow";
import { callersSchema, dependenciesSchema } from "../../../src/config/schema/workloads/dependencies";

const KEYS = {
  cidr: { value: "10.9.0.0/24", kind: "range" },
  fqdn: { value: "api.example.com", kind: "name" },
  loadBalancer: { value: "internal", kind: "load-balancer" },
  namespace: { value: "stock", kind: "pods" },
  workload: { value: "ledger", kind: "service" },
} as const;
type Key = keyof typeof KEYS;

/** Any of these keys, each there or not. */
const given = (keys: readonly Key[]) => fc.subarray([...keys]).map((all) => [...all]);
const written = (keys: readonly Key[]) => Object.fromEntries(keys.map((key) => [key, KEYS[key].value]));

interface Place {
  readonly place: string;
  readonly keys: readonly Key[];
  /** Kind of what was parsed, or the messages. */
  readonly parse: (peer: Record<string, unknown>) => { readonly kind?: string; readonly said: string[] };
}

const read = (
  result:
    | { success: true; data: readonly unknown[] }
    | { success: false; error: { issues: readonly { message: string }[] } },
  kindOf: (entry: never) => string,
) =>
  result.success
    ? { kind: kindOf(result.data[0] as never), said: [] }
    : { said: result.error.issues.map(({ message }) => message) };

const PLACES: readonly Place[] = [
  {
    place: "allow to",
    keys: ["cidr", "fqdn", "namespace"],
    parse: (peer) =>
      read(
        allowSchema.safeParse([{ to: { ...peer, port: 443 } }]),
        ({ end }: { end: { peer: { kind: string } } }) => end.peer.kind,
      ),
  },
  {
    place: "allow from",
    keys: ["cidr", "loadBalancer", "namespace"],
    parse: (peer) =>
      read(
        allowSchema.safeParse([{ from: { ...peer, port: 443 } }]),
        ({ end }: { end: { peer: { kind: string } } }) => end.peer.kind,
      ),
  },
  {
    place: "dependencies",
    keys: ["workload", "cidr", "fqdn", "namespace"],
    parse: (peer) =>
      read(
        dependenciesSchema.safeParse([{ ...peer, ...(!("workload" in peer) && { port: 443 }) }]),
        ({ kind }: { kind: string }) => kind,
      ),
  },
  {
    place: "callers",
    keys: ["cidr", "loadBalancer", "namespace"],
    parse: (peer) =>
      read(callersSchema.safeParse([peer]), ({ peer: { kind } }: { peer: { kind: string } }) => kind),
  },
];

describe.each(PLACES)("the other end in $place", ({ keys, parse }) => {
  test("is exactly what its one key says; names the keys where there are none or several", () => {
    fc.assert(
      fc.property(given(keys), (present) => {
        const { kind, said } = parse(written(present));
        const [only] = present;
        if (only !== undefined && present.length === 1) {
          expect({ kind, said }).toEqual({ kind: KEYS[only].kind, said: [] });
          return;
        }
        expect(kind).toBeUndefined();
        expect(said).toHaveLength(1);
        expect(said[0]).toMatch(
          present.length === 0
            ? /^has none of .+ and namespace; choose one$/
            : /^has .+ and .+, which exclude each other; keep one$/,
        );
        for (const key of present) expect(said[0]).toContain(key);
      }),
    );
  });

  test.each(keys.filter((key) => key !== "namespace"))("has no pods of its own beside %s", (key) => {
    expect(parse({ ...written([key]), pods: { app: "x" } }).said).toEqual([
      expect.stringMatching(/^has no effect with(out namespace| workload)/),
    ]);
  });
});

test("reports an entry with neither to nor from", () => {
  const parsed = allowSchema.safeParse([{ reason: "nobody is named here" }]);

  expect(parsed.error?.issues.map(({ message, path }) => [path.join("."), message])).toEqual([
    ["0", "has neither to nor from; choose one"],
  ]);
});

test.each<[string, Record<string, unknown>, string, string]>([
  [
    "a number beside a service",
    { workload: "a", port: 80 },
    "0.port",
    "is a number, and ports of a workload have names",
  ],
  [
    "names beside a range",
    { cidr: "10.0.0.0/24", port: 80, ports: ["http"] },
    "0.ports",
    "are names of a workload's ports",
  ],
  ["a range without a port", { cidr: "10.0.0.0/24" }, "0", "has no port; write the number that is called"],
  [
    "UDP to a service",
    { workload: "a", protocol: "UDP" },
    "0.protocol",
    "is UDP, and ports of a workload are TCP",
  ],
])("reports a dependency with %s at its place", (_what, dependency, path, message) => {
  const issues = dependenciesSchema.safeParse([dependency]).error?.issues ?? [];

  expect(issues.map((issue) => issue.path.join("."))).toEqual([path]);
  expect(issues[0]?.message).toContain(message);
});
