import {
  admissionPolicies,
  type AdmissionPoliciesInput,
  admissionRuleNames,
} from "../../../src/modules/policies/admission/admission-policies";

type Actions = AdmissionPoliciesInput["actions"];

const deny = Object.fromEntries(admissionRuleNames.map((name) => [name, "deny"])) as Actions;
const manifests = (over: Partial<AdmissionPoliciesInput> = {}) =>
  admissionPolicies({
    actions: deny,
    registries: ["registry.corp"],
    publicNamespaces: ["edge"],
    annotations: [],
    exemptNamespaces: ["kube-system", "argocd"],
    ...over,
  });

test("each rule is a policy with a binding of its name, and refuses what it can't judge", () => {
  const all = Object.values(manifests());
  const of = (kind: string) => all.filter((each) => each.kind === kind);

  const policies = of("ValidatingAdmissionPolicy");
  expect(policies).toHaveLength(admissionRuleNames.length);
  expect(of("ValidatingAdmissionPolicyBinding").map(({ spec }) => spec)).toEqual(
    policies.map(({ metadata }): unknown => expect.objectContaining({ policyName: metadata.name })),
  );
  for (const policy of policies) expect(policy).toHaveProperty("spec.failurePolicy", "Fail");
});

test("skips the exempt namespaces by name, not by a label that a team could set", () => {
  expect(manifests()["image-tags-binding"]).toHaveProperty("spec.matchResources.namespaceSelector", {
    matchExpressions: [
      { key: "kubernetes.io/metadata.name", operator: "NotIn", values: ["argocd", "kube-system"] },
    ],
  });
});

test.each([
  ["deny", ["Deny"]],
  ["warn", ["Warn", "Audit"]],
  ["audit", ["Audit"]],
] as const)("a rule can %s", (action, actions) => {
  const all = manifests({ actions: { ...deny, imageTags: action } });

  expect(all["image-tags-binding"]).toHaveProperty("spec.validationActions", actions);
  expect(all["image-registries-binding"]).toHaveProperty("spec.validationActions", ["Deny"]);
});

test.each(admissionRuleNames)("%s can be left out alone", (name) => {
  const left = Object.keys(manifests({ actions: { ...deny, [name]: "none" } }));

  expect(Object.keys(manifests()).length - left.length).toBe(2);
});

test("the order of lists means nothing", () => {
  const text = (over: Partial<AdmissionPoliciesInput>) =>
    JSON.stringify(Object.values(manifests(over)).map(({ spec }) => spec));

  expect(text({ publicNamespaces: ["a", "b"] })).toBe(text({ publicNamespaces: ["b", "a"] }));
  expect(text({ exemptNamespaces: ["a", "b"] })).toBe(text({ exemptNamespaces: ["b", "a"] }));
});
