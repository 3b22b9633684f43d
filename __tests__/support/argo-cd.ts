import { gitopsCheck } from "../../src/checks/gitops/gitops";
import { aTarget } from "./fixtures";

/** What the checks of gitops say of Argo CD's name and route. */
export function checkTarget(yaml: string): string[] {
  return [...gitopsCheck(aTarget(yaml))]
    .filter(({ path }) => path[1] === "argocd")
    .map(({ message }) => message);
}
