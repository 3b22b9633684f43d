import { partitionOf } from "../../facts/regions";
import { closeNamespace } from "../../wiring/close-namespace";
import { type Installing, settingsOf } from "../installing";
import { ExternalSecrets } from "./external-secrets";
import { EXTERNAL_SECRETS_NAMESPACE } from "./record";

export function installExternalSecrets(stack: Installing): ExternalSecrets {
  const { scope, target, clusterName, placement, need } = stack;
  need("time");
  const { config, release, region } = target;
  const externalSecrets = new ExternalSecrets(scope, "external-secrets", {
    chart: release.charts["external-secrets"],
    clusterName,
    account: { partition: partitionOf(region), region, accountId: config.account.id },
    stores: settingsOf(config.secrets, target).stores,
    ...placement,
  });
  closeNamespace(stack, EXTERNAL_SECRETS_NAMESPACE, [externalSecrets.release]);
  return externalSecrets;
}
