import { collectedIn } from "../../src/diagnose/read/collected";

test("a file is cut at its command lines, with the line at which each answer begins", () => {
  const parts = collectedIn("a.txt", "$ kubectl get nodes\nNAME\nn1\nuser@host:~$ hubble observe\ndropped\n");
  expect(parts.map(({ command, line, text }) => [command, line, text.trim()])).toEqual([
    ["kubectl get nodes", 2, "NAME\nn1"],
    ["hubble observe", 5, "dropped"],
  ]);
});

test("a command without a prompt counts at the head of a file only", () => {
  const [first, ...more] = collectedIn("a.txt", "kubectl get pods -A\nkubectl is not an answer\n");
  expect(first).toMatchObject({ command: "kubectl get pods -A", line: 2 });
  expect(more).toEqual([]);
});

test("a file that is named after its command needs no line of it", () => {
  expect(collectedIn("sub/kubectl-describe-pod.txt", "Name: a\n")).toMatchObject([
    { command: "kubectl describe pod", file: "sub/kubectl-describe-pod.txt", line: 1 },
  ]);
});

test("an empty file has no answer", () => {
  expect(collectedIn("a.txt", "\n\n")).toEqual([]);
});
