import path from "node:path";
import { TerraformModule, TerraformResource, Testing } from "cdktf";
import { loadFleet } from "../../src/fleet/load-fleet";
import { addTargetStacks } from "../../src/stacks/target-stacks";

/** Addresses of all resources and module calls of the samples, by the name of their stack. */
function addresses(): Record<string, string[]> {
  const found = new Map<string, Set<string>>();
  for (const envs of ["envs", "examples/envs"]) {
    for (const target of loadFleet(path.join(__dirname, "..", "..", envs)).targets) {
      for (const stack of addTargetStacks(Testing.app(), target)) {
        const known = found.get(stack.stackName) ?? new Set<string>();
        found.set(stack.stackName, known);
        for (const element of stack.node.findAll()) {
          if (element instanceof TerraformResource)
            known.add(`${element.terraformResourceType}.${element.friendlyUniqueId}`);
          if (element instanceof TerraformModule) known.add(`module.${element.friendlyUniqueId}`);
        }
      }
    }
  }
  return Object.fromEntries([...found].map(([stack, known]) => [stack, [...known].sort()]));
}

// Terraform destroys what has another address and makes it anew, on clusters that run: an address that changes needs a
// `moved` block and a line in CHANGELOG.md. Then, and for what is new: npx jest __tests__/stacks/addresses.test.ts -u
test("what the samples make keeps its addresses", () => {
  expect(addresses()).toMatchSnapshot();
});
