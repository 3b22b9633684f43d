import type { StoredSecret } from "../../config/schema/stored-secret";
import type { TargetConfig } from "../../config/schema/target";
import type { ConfigPath } from "../../config/read/source-node";
import type { Finding } from "../finding";

/** Whether `namespace` can have a secret from the store that the config names for it. */
export function storedSecretFindings(
  { secrets }: TargetConfig,
  path: ConfigPath,
  { store, name }: StoredSecret,
  namespace: string,
): Finding[] {
  const related: ConfigPath[] = [["secrets"]];
  const found = secrets?.delivery === "csi" ? undefined : secrets?.stores[store];
  if (found === undefined) {
    const message = `is not a store of External Secrets; add secrets.stores.${store} with namespaces: [${namespace}]`;
    return [{ path: [...path, "store"], message, related }];
  }
  const findings: Finding[] = [];
  if (!found.namespaces.includes(namespace)) {
    const message = `is not for namespace ${namespace}; add it to secrets.stores.${store}.namespaces`;
    findings.push({ path: [...path, "store"], message, related });
  }
  if (!found.paths.some((prefix) => name.startsWith(prefix))) {
    const message = `is not below a path of the store (${found.paths.join(", ")}); add one to secrets.stores.${store}.paths`;
    findings.push({ path: [...path, "name"], message, related });
  }
  return findings;
}
