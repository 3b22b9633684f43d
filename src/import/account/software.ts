import { fact } from "../found/fact";
import type { FoundAddOn, FoundIdentity } from "../found/software";
import type { Answers } from "./answers";
import { rightsOf } from "./roles";

/** EKS add-ons (API Reference, Addon). */
export async function addOnsIn(answers: Answers, cluster: string): Promise<readonly FoundAddOn[]> {
  const of = ["--cluster-name", cluster];
  const names = await answers.names("addons", "eks", "list-addons", ...of);
  const all = await Promise.all(
    names.map((name) => answers.one("add-on", "addon", "eks", "describe-addon", ...of, "--addon-name", name)),
  );
  return all.flatMap((at): FoundAddOn[] => {
    if (at === undefined) return [];
    const version = at.at("addonVersion");
    const written = version.text();
    const values = at.at("configurationValues");
    const text = values.text();
    const name = at.at("addonName").text() ?? "";
    return [
      {
        at,
        id: name,
        name,
        ...(written !== undefined && { version: fact(written, version) }),
        ...(text !== undefined && { values: fact(text, values) }),
      },
    ];
  });
}

/** Associations of EKS Pod Identity, with what their roles may do. */
export async function identitiesIn(answers: Answers, cluster: string): Promise<readonly FoundIdentity[]> {
  const of = ["--cluster-name", cluster];
  const listed = await answers.listed(
    "association",
    "associations",
    "associationId",
    "eks",
    "list-pod-identity-associations",
    ...of,
  );
  const all = await Promise.all(
    listed.map(async (each): Promise<FoundIdentity | undefined> => {
      const id = each.at("associationId").text() ?? "";
      const at = await answers.one(
        "identity",
        "association",
        "eks",
        "describe-pod-identity-association",
        ...of,
        "--association-id",
        id,
      );
      // Those of add-ons come with the add-on.
      if (at === undefined || at.at("ownerArn").text()?.includes(":addon/") === true) return undefined;
      const role = at.at("roleArn").text();
      return {
        at,
        id,
        by: "pod-identity",
        namespace: at.at("namespace").text() ?? "default",
        serviceAccount: fact(at.at("serviceAccount").text() ?? "", at.at("serviceAccount")),
        ...(role !== undefined && { roleArn: role }),
        ...(await rightsOf(answers, role)),
      };
    }),
  );
  return all.flatMap((each) => each ?? []);
}
