import { stacksBefore } from "../../../src/model/stacks/stack-order";
import { allStacks } from "../../../src/model/stacks/own-stacks";
import { stackNames } from "../../../src/model/stacks/stack-names";
import { aTarget } from "../../support/fixtures";

test("a target has the stacks that it uses, in the order in which they are deployed", () => {
  expect(aTarget().stacks).toEqual(["network", "cluster", "cni", "nodes"]);
});

test.each([
  "karpenter: { pools: { general: { class: general, limits: { cpus: 64 } } } }",
  "metricsServer: {}",
  "keda: {}",
  "verticalPodAutoscaler: {}",
])("a target with %s has the autoscaling stack, before all that run pods", (yaml) => {
  const target = aTarget(yaml);

  expect(target.stacks).toEqual(["network", "cluster", "cni", "nodes", "autoscaling"]);
  expect(stacksBefore("autoscaling", target)).toEqual(["nodes"]);
  expect(stacksBefore("workloads", target)).toEqual(["autoscaling"]);
});

test("security groups for pods make the policies stack", () => {
  const target = aTarget("cni: { kind: vpc-cni, securityGroupsForPods: {} }");

  expect(target.stacks).toEqual(["network", "cluster", "cni", "nodes", "policies"]);
});

test.each(stackNames)("what comes before %s is deployed before it", (name) => {
  const at = stackNames.indexOf(name);

  expect(stacksBefore(name, aTarget()).filter((each) => allStacks().indexOf(each) >= at)).toEqual([]);
});

test("namespaces are there before the mesh puts anything into them", () => {
  const target = aTarget(
    "namespaces: { shop: {} }\ningress: {}\nmesh: { kind: istio, id: a, trustDomain: a.internal }",
  );

  expect(stacksBefore("mesh", target)).toEqual(expect.arrayContaining(["ingress", "policies"]));
});

test("a stack that a target lacks stands for those before it", () => {
  expect(stacksBefore("workloads", aTarget())).toEqual(["nodes"]);
});
