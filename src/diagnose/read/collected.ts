/** What one command printed, and where it stands. */
export interface Collected {
  /** As typed; empty where a file does not say. */
  readonly command: string;
  readonly file: string;
  /** Number of its first line in the file, from 1. */
  readonly line: number;
  readonly text: string;
}

/** `$ kubectl get pods`, `user@host:~$ aws ec2 ...`, `% hubble observe`. */
const PROMPT = /^(?:[\w.@:~/()[\] -]{0,60}[$#%]|>) +([a-z][\w./-]*(?: .*)?)$/;
/** Without a prompt only at the head of a file. */
const BARE = /^((?:kubectl|aws|cilium|hubble|istioctl|journalctl|k) .*)$/;

/** Parts of a file, each from a command line to the next. A file without one is a single part. */
export function collectedIn(file: string, text: string, command = commandOfName(file)): Collected[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const parts: Collected[] = [];
  let current = { command, line: 1, from: 0 };
  const end = (to: number): void => {
    const body = lines.slice(current.from, to).join("\n");
    if (body.trim() !== "") parts.push({ command: current.command, file, line: current.line, text: body });
  };
  let isEmpty = true;
  lines.forEach((line, index) => {
    const found = PROMPT.exec(line)?.[1] ?? (isEmpty ? BARE.exec(line)?.[1] : undefined);
    if (line.trim() !== "") isEmpty = false;
    if (found === undefined) return;
    end(index);
    current = { command: found.replace(/^k /, "kubectl "), line: index + 2, from: index + 1 };
  });
  end(lines.length);
  return parts;
}

/** `kubectl-get-pods-A.txt` or `kubectl get pods -A`; empty for other names. */
function commandOfName(file: string): string {
  const name = file.replace(/^.*\//, "").replace(/\.(txt|log|out|json|ya?ml)$/i, "");
  return /^(kubectl|aws|hubble|cilium|istioctl)[ _-]/.test(name) ? name.replace(/[_-]/g, " ") : "";
}
