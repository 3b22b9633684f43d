/** CI systems that there are files for, and where each looks for its own. */
export const ciFiles = {
  github: ".github/workflows/octarine.yml",
  gitlab: ".gitlab-ci.yml",
  atlantis: "atlantis.yaml",
} as const;

export type CiSystem = keyof typeof ciFiles;

export const ciSystems = Object.keys(ciFiles) as readonly CiSystem[];
