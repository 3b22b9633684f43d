import { fact } from "../found/fact";
import type { Family, FoundMachine } from "../found/group";
import type { Part } from "../part";

/** pkg/apis/eksctl.io/v1alpha5/types.go: DefaultNodeVolumeSize. */
const DEFAULT_GIB = 80;

/** What nodes run on. */
export function machineIn(group: Part): FoundMachine {
  const family = group.at("amiFamily");
  const image = group.at("ami").text();
  const size = group.at("volumeSize");
  const type = group.at("volumeType");
  const iops = group.at("volumeIOPS").number();
  const throughput = group.at("volumeThroughput").number();
  const encrypted = group.at("volumeEncrypted");
  return {
    family: fact(familyOf(family.text() ?? "AmazonLinux2023"), family),
    ...(image !== undefined &&
      image !== "auto" &&
      image !== "auto-ssm" && { image: fact(image, group.at("ami")) }),
    sizeGiB: fact(size.number() ?? DEFAULT_GIB, size),
    volumeType: fact(type.text() ?? "gp3", type),
    ...(iops !== undefined && { iops }),
    ...(throughput !== undefined && { throughput }),
    ...(encrypted.flag() === false && { plainVolume: encrypted }),
  };
}

function familyOf(written: string): Family {
  if (written.startsWith("Windows")) return "windows";
  if (written === "Bottlerocket") return "bottlerocket";
  if (written.startsWith("Bottlerocket")) return "bottlerocket-fips";
  return written === "AmazonLinux2023" ? "al2023" : "other";
}
