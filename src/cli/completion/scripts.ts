import type { CommandWords } from "./words";

export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/** A script for a shell to source. Targets are read from the folder `envs`, or from that of OCTARINE_ENVS. */
export function completionScript(shell: Shell, commands: readonly CommandWords[]): string {
  return SCRIPTS[shell](commands);
}

const SCRIPTS: Readonly<Record<Shell, (commands: readonly CommandWords[]) => string>> = {
  bash: (
    commands,
  ) => `# bash completion of octarine: source it, and alias octarine='npx octarine' where it is not on the PATH.
${targetsIn("bash")}
_octarine() {
  local current=\${COMP_WORDS[COMP_CWORD]} at=octarine words="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    ${descent("${COMP_WORDS[i]}", commands)}
  done
  ${choice(commands)}
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _octarine octarine
`,
  zsh: (commands) => `#compdef octarine
# zsh completion of octarine: source it after compinit, and alias octarine='npx octarine' where it is not on the PATH.
${targetsIn("zsh")}
_octarine() {
  local at=octarine given words_=""
  for given in "\${(@)words[2,CURRENT-1]}"; do
    ${descent("$given", commands)}
  done
  ${choice(commands).replaceAll("words=", "words_=")}
  compadd -- \${=words_}
}
compdef _octarine octarine
`,
  fish: (
    commands,
  ) => `# fish completion of octarine: source it, and alias octarine='npx octarine' where it is not on the PATH.
function __octarine_targets
  set -l envs envs
  set -q OCTARINE_ENVS; and set envs $OCTARINE_ENVS
  for file in $envs/*/*.yaml
    set -l region (basename $file .yaml)
    test $region = environment; or echo (basename (dirname $file))/$region
  end
  for folder in $envs/*/
    basename $folder
  end
end
function __octarine_at
  set -l at octarine
  for given in (commandline -opc)[2..-1]
    contains -- "$at $given" ${commands.map(({ command }) => `'${command}'`).join(" ")}; and set at "$at $given"
  end
  test "$at" = "$argv[1]"
end
complete -c octarine -f
${commands
  .map(
    ({ command, words, targets }) =>
      `complete -c octarine -n "__octarine_at '${command}'" -a '${words.join(" ")}${targets ? " (__octarine_targets)" : ""}'`,
  )
  .join("\n")}
`,
};

/** A function that prints the names of targets and environments, by their files. */
function targetsIn(shell: "bash" | "zsh"): string {
  return `_octarine_targets() {
${shell === "zsh" ? "  setopt local_options null_glob\n" : ""}  local file region envs=\${OCTARINE_ENVS:-envs}
  for file in "$envs"/*/*.yaml; do
    region=\${file##*/} region=\${region%.yaml} file=\${file%/*}
    [[ -d $file ]] || continue
    echo "\${file##*/}"
    [[ $region == environment ]] || echo "\${file##*/}/$region"
  done
}`;
}

/** Goes on to a command that the one before has. */
function descent(word: string, commands: readonly CommandWords[]): string {
  const below = commands.map(({ command }) => `"${command}"`).filter((each) => each !== '"octarine"');
  return `case "$at ${word}" in ${below.join(" | ")}) at="$at ${word}" ;; esac`;
}

function choice(commands: readonly CommandWords[]): string {
  const cases = commands.map(
    ({ command, words, targets }) =>
      `    "${command}") words="${words.join(" ")}${targets ? " $(_octarine_targets)" : ""}" ;;`,
  );
  return `case "$at" in\n${cases.join("\n")}\n  esac`;
}
