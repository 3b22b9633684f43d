import { quoteOf } from "../read/lines";
import type { Rule } from "../rule";
import type { CauseId } from "../causes/causes";

/** Lines about a pull: of the kubelet (pkg/kubelet/images/image_manager.go) and of containerd. */
const PULL =
  /Failed to pull image|failed to pull|ErrImagePull|get sandbox image|Back-off pulling image|ImagePullBackOff/;

/** What registries and containerd answer (containerd 1.7 and 2, core/remotes/docker/resolver.go, authorizer.go), the plainest first. */
const ANSWERS: readonly { readonly says: RegExp; readonly cause: CauseId }[] = [
  {
    says: /no basic auth credentials|403 Forbidden|401 Unauthorized|pull access denied|insufficient_scope|authorization failed|failed to authorize|429 Too Many Requests|toomanyrequests/,
    cause: "image-denied",
  },
  {
    says: /no match(?:ing manifest)? for (?:platform|linux\/\w+)|no image found in image index for architecture|does not match the specified platform|manifest unknown|name unknown|repository \S+ (?:does not exist|not found)|: not found\b|code = NotFound/,
    cause: "image-not-found",
  },
  {
    says: /i\/o timeout|TLS handshake timeout|no such host|connection refused|network is unreachable|no route to host|deadline exceeded|Client\.Timeout/,
    cause: "registry-unreachable",
  },
];

const pulls: Rule = ({ lines }) =>
  lines.flatMap((line) => {
    if (!PULL.test(line.text) && !/manifest for \S+ not found/.test(line.text)) return [];
    const answer = ANSWERS.find(({ says }) => says.test(line.text));
    if (answer === undefined) return [];
    const image = /(?:pull|pulling) image "([^"]+)"/.exec(line.text)?.[1];
    return [
      {
        cause: answer.cause,
        certainty: "sure",
        quotes: [quoteOf(line, answer.says.exec(line.text)?.[0])],
        ...(image !== undefined && { detail: image }),
      },
    ];
  });

/** The kernel's ENOEXEC, as container runtimes write it: a program of another architecture. */
const otherArchitecture: Rule = ({ lines }) =>
  lines
    .filter(({ text, command }) => /exec format error/i.test(text) && !/\bdocker\b/.test(command))
    .map((line) => ({
      cause: "image-not-found",
      certainty: "likely",
      quotes: [quoteOf(line, "exec")],
      detail: "built for another architecture than the node's",
      ...(line.about !== undefined && { about: line.about }),
    }));

export const imageRules: readonly Rule[] = [pulls, otherArchitecture];
