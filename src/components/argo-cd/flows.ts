import { at, items, text } from "../../values/value";
import { type FlowsOf, FROM } from "../flow";

const READERS = ["argocd-repo-server", "argocd-applicationset-controller"];

/** Repositories that its ApplicationSets name. */
export const argoCdFlows: FlowsOf = ({ objects }) => {
  const repositories = objects("ApplicationSet").flatMap((each) => [
    ...items(at(each, "spec", "generators")).map((one) => at(one, "git", "repoURL")),
    at(each, "spec", "template", "spec", "source", "repoURL"),
  ]);
  return READERS.flatMap((pods) =>
    repositories.map((url) => ({
      kind: "outside",
      from: { pods },
      to: { server: text(url) },
      why: `${FROM} reads the repository`,
      source: "the objects that name the server",
    })),
  );
};
