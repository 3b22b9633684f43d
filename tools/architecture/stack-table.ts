import { installed, title } from "../../src/components/components";
import { stackNames } from "../../src/model/stacks/stack-names";
import { stackRecords } from "../../src/model/stacks/stack-records";
import { markdownTable } from "./architecture";

const BLOCK =
  /(<!-- made by npm run docs from src\/model\/stacks and src\/components -->\n)[\s\S]*?(\n<!-- end -->)/;

/** Stacks in the order of their deployment: what each makes, and after which others. */
function table(): string {
  return markdownTable([
    ["stack", "components", "and", "comes after"],
    ...stackNames.map((name) => {
      const { holds = "-", after } = stackRecords[name];
      const components = installed.filter(({ stack }) => stack === name).map((each) => title(each.name));
      return [name, components.join(", ") || "-", holds, after.join(", ") || "-"];
    }),
  ]);
}

/** The page with the table as the records are now. */
export function stacksPage(page: string): string {
  if (!BLOCK.test(page)) throw new Error("docs/architecture.md has lost the marks of its table of stacks");
  return page.replace(BLOCK, (_, begin: string, end: string) => `${begin}\n${table()}\n${end}`);
}
