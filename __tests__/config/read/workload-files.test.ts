import path from "node:path";
import { explain } from "../../../src/fleet/explain";
import { loadFleet } from "../../../src/fleet/load-fleet";
import { aFolder, BASE_YAML } from "../../support/fixtures";
import { ENVIRONMENT, NETWORK, problemsOf } from "../../support/problems";
import { SERVICE, serviceProblems, SHOP } from "../../support/workload-problems";

const WEB = `${SERVICE}ports: { http: { port: 8080, protocol: http } }
resources: { cpus: 0.1, memoryMiB: 128 }
`;

function loaded(files: Readonly<Record<string, string>>) {
  const dir = aFolder({ "dev/us-east-1.yaml": BASE_YAML + SHOP, ...files });
  const [target] = loadFleet(dir).targets;
  if (target === undefined) throw new Error("no target");
  return target;
}

test("a valid service has no problem", () => {
  expect(serviceProblems(SERVICE, SHOP)).toEqual([]);
});

test("each value is explained by the file of its service, or the target that changed it", () => {
  const target = loaded({
    "workloads/web.yaml": WEB,
    "dev/workloads/web.yaml": "replicas: 4\nversion: v2",
    "dev/us-east-1.yaml": `${BASE_YAML}${SHOP}workloads: { web: { version: v3 } }\n`,
  });

  const from = Object.fromEntries(explain(target).map(({ path: at, from: file }) => [at, file]));
  const shown = (at: string) =>
    from[at]
      ?.split(`${path.sep}`)
      .slice(-3)
      .join("/")
      .replace(/^.*octarine-test-\w+\//, "");
  expect(shown("workloads.web.image")).toBe("workloads/web.yaml:2");
  expect(shown("workloads.web.replicas")).toBe("dev/workloads/web.yaml:1");
  expect(shown("workloads.web.version")).toBe("dev/us-east-1.yaml:13");
  expect(from["workloads.web.probes.ready"]).toBe("default");
});

test("a service in the target's own file is the same", () => {
  const inFile = loaded({ "dev/workloads/web.yaml": WEB });
  const inTarget = loaded({
    "dev/us-east-1.yaml": `${BASE_YAML}${SHOP}workloads:\n  web:\n${WEB.replace(/^/gm, "    ").trimEnd()}\n`,
  });

  expect(inTarget.config.workloads).toEqual(inFile.config.workloads);
});

test("another controller leaves the rest of the service as it is", () => {
  const target = loaded({
    "workloads/web.yaml": WEB,
    "dev/us-east-1.yaml": `${BASE_YAML}${SHOP}workloads: { web: { controller: stateful-set } }\n`,
  });

  expect(target.config.workloads?.web).toMatchObject({ controller: "stateful-set", namespace: "shop" });
});

test("null takes a service, or all of them, out of a target", () => {
  const without = (text: string) =>
    loaded({ "workloads/web.yaml": WEB, "dev/us-east-1.yaml": `${BASE_YAML}${SHOP}${text}\n` }).config
      .workloads;

  expect(without("workloads: { web: null }")).toEqual({});
  expect(without("workloads: null")).toBeUndefined();
});

test.each<[string, Record<string, string>, string]>([
  [
    "two files of one service",
    { "dev/workloads/web.yaml": WEB, "dev/workloads/web.yml": WEB },
    "envs/dev/workloads/web.yml:1:1  is about the same service as web.yaml; remove one of the two files",
  ],
  [
    "a file whose name is none of a service",
    { "dev/workloads/Web_1.yaml": WEB },
    "envs/dev/workloads/Web_1.yaml:1:1  workloads.Web_1  is not a name; write lower-case letters, digits and dashes, at most 40, starting with a letter",
  ],
  [
    "a key that no service has",
    { "dev/workloads/web.yaml": `${WEB}replica: 2\n` },
    "envs/dev/workloads/web.yaml:5:1  workloads.web.replica  is not a known key; did you mean replicas?",
  ],
])("refuses %s", (_what, files, problem) => {
  const base = { "dev/environment.yaml": ENVIRONMENT, "dev/us-east-1.yaml": NETWORK + SHOP };

  expect(problemsOf({ ...base, ...files })).toEqual([problem]);
});
