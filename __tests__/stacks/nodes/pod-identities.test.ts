import { stackRoleNames } from "../../../src/model/stack-roles";
import { aTarget } from "../../support/fixtures";
import { moduleInputs, modulesOf, resource, synthYaml } from "../../support/synth";

const YAML = `
podIdentities:
  worker:
    namespace: shop
    serviceAccount: orders-worker
    statements: [{ name: Read, actions: [sqs:ReceiveMessage], resources: ["arn:aws:sqs:{region}:{account}:orders"] }]
    policyArns: ["arn:aws:iam::111122223333:policy/ReadOrders"]
`;

test("a service account that somebody else makes has a role of its own, and only what is listed", () => {
  expect(moduleInputs(synthYaml(YAML).nodes, "pod-identity-worker_identity")).toMatchObject({
    name: "dev-us-east-1-pod-worker",
    associations: {
      "orders-worker": {
        cluster_name: "dev-us-east-1",
        namespace: "shop",
        service_account: "orders-worker",
      },
    },
    attach_custom_policy: true,
    policy_statements: [
      {
        sid: "Read",
        actions: ["sqs:ReceiveMessage"],
        resources: ["arn:aws:sqs:us-east-1:111122223333:orders"],
      },
    ],
    additional_policy_arns: {
      "arn:aws:iam::111122223333:policy/ReadOrders": "arn:aws:iam::111122223333:policy/ReadOrders",
    },
  });
});

// Its pods start long after the cluster; a wait in this stack would only be one.
test("nothing waits for it", () => {
  expect(() =>
    resource(synthYaml(YAML).nodes, "time_sleep", "pod-identity-worker_association-effective"),
  ).toThrow();
});

test("makes none where none is asked for", () => {
  expect(Object.keys(modulesOf(synthYaml().nodes)).filter((name) => name.startsWith("pod-identity"))).toEqual(
    [],
  );
});

// Names of roles that the configuration may not use for access, because they come after what needs them.
test("its role is one of those that the stacks make", () => {
  expect(stackRoleNames(aTarget(YAML))).toContain("dev-us-east-1-pod-worker");
});
