import fs from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { fencesIn } from "./fences";
import { root, type SitePage } from "./site-page";

const HOME = {
  layout: "home",
  hero: {
    name: "Octarine",
    text: "EKS platforms from one YAML file per region",
    tagline:
      "It writes the Terraform of VPC, control plane, CNI, nodes and what runs on them, and proves offline that a target is valid before anything is planned.",
    actions: [
      { theme: "brand", text: "Ten-minute start", link: "/start" },
      { theme: "alt", text: "Concepts", link: "/concepts" },
      { theme: "alt", text: "Patterns", link: "/patterns" },
    ],
  },
  features: [
    {
      title: "One file per target",
      details:
        "Account, network, CNI, nodes, components and services; every key has a description and a default that is safe in production.",
      link: "/reference/keys/",
      linkText: "Every key",
    },
    {
      title: "Proved before a plan",
      details:
        "Guardrails, AWS permissions, reachability, admission and IP capacity are judged over the JSON that is deployed, without an account.",
      link: "/concepts#proofs",
      linkText: "What is proved",
    },
    {
      title: "Versions that fit",
      details:
        "A release pins Kubernetes, add-ons, images and charts. Nothing is looked up at plan time, and an upgrade is planned in hops.",
      link: "/upgrading",
      linkText: "Upgrades",
    },
    {
      title: "Stacks in an order that works",
      details: "Each is a Terraform state of its own with fixed outputs. Nodes come after the CNI.",
      link: "/architecture",
      linkText: "Architecture",
    },
    {
      title: "Plans in an operator's words",
      details:
        "What is irreversible, what disrupts and what opens something, for a terminal, a pull request or a gate.",
      link: "/plan-review",
      linkText: "Plan review",
    },
    {
      title: "Open to constructs of yours",
      details: "Add stacks and rules, or change what the platform makes, in TypeScript, with tests.",
      link: "/extend",
      linkText: "Extend it",
    },
  ],
};

/** The page that the site begins with: links that it holds are no Markdown, so a test looks at them by themselves. */
export function homePage(): SitePage {
  const readme = fencesIn("README.md", fs.readFileSync(path.join(root, "README.md"), "utf8"));
  const target = readme.find(({ language }) => language === "yaml")?.text ?? "";
  // Comments are for editors.
  const example = target.replace(/^#.*\n/gm, "").trimEnd();
  return { path: "index.md", text: `---\n${stringify({ ...HOME, example })}---\n` };
}

/** Pages that the home page leads to. */
export const homeLinks: readonly string[] = [...HOME.hero.actions, ...HOME.features].map(({ link }) => link);
