import type { Target } from "../../model/target";
import { markTemplates } from "./template-text";

/** A target, and its peers, with the text of their configs marked as text. One without anything to mark is returned as it is. */
export function markedTarget(target: Target): Target {
  const { name, environment, region, workspace, config, release, clusterName, stateBucket } = target;
  const texts = { name, environment, region, workspace, config, release, clusterName, stateBucket };
  const marked = markTemplates(texts);
  const peers = target.peers.map(markedTarget);
  const pastPeers = target.pastPeers.map(markedTarget);
  const isSame =
    marked === texts &&
    peers.every((each, index) => each === target.peers[index]) &&
    pastPeers.every((each, index) => each === target.pastPeers[index]);
  return isSame ? target : target.with({ ...marked, peers, pastPeers });
}
