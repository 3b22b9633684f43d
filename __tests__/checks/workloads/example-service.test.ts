import fs from "node:fs";
import path from "node:path";
import { ENVIRONMENT, NETWORK, problemsOf } from "../../support/problems";

const readme = fs.readFileSync(path.join(__dirname, "../../../examples/service/README.md"), "utf8");
const [, greeter = ""] = /```yaml\n(.*?)```/s.exec(readme) ?? [];

test("the example service runs by the YAML of its README", () => {
  const problems = (namespace: string) =>
    problemsOf({
      "dev/environment.yaml": ENVIRONMENT,
      "dev/us-east-1.yaml": `${NETWORK}metricsServer: {}\nnamespaces: { ${namespace}: {} }\n`,
      "dev/workloads/greeter.yaml": greeter,
    });

  expect(problems("payments")).toEqual([]);
  // It was read: another target refuses it.
  expect(problems("shop").join()).toContain("workloads.greeter.namespace: payments  is not in namespaces");
});
