import { selectTarget } from "../../src/fleet/select-targets";
import { aTarget } from "../support/fixtures";

test("a name that is of several targets lists those, and no other", () => {
  const targets = [
    aTarget("", { environment: "prod", region: "us-east-1" }),
    aTarget("", { environment: "prod", region: "us-west-2" }),
    aTarget("", { environment: "dev", region: "us-east-1" }),
  ];

  expect(() => selectTarget({ targets }, "prod")).toThrow(
    "prod matches more than one target; name one: prod/us-east-1, prod/us-west-2",
  );
  expect(() => selectTarget({ targets }, "prod")).not.toThrow(/dev/);
});
