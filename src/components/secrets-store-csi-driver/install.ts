import { type Installing, settingsOf } from "../installing";
import { SecretsStoreCsi } from "./secrets-store-csi";

/** The driver and AWS's provider of it. */
export function installSecretsStoreCsi({ scope, target, mirror }: Installing): SecretsStoreCsi {
  const { charts } = target.release;
  return new SecretsStoreCsi(scope, "csi", {
    charts: {
      driver: charts["secrets-store-csi-driver"],
      provider: charts["secrets-store-csi-driver-provider-aws"],
    },
    rotationMinutes: settingsOf(target.config.secrets, target).rotationMinutes,
    ...mirror,
  });
}
