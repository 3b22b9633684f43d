/** An image, or a registry, below a mirror: `<mirror>/<upstream host>/<path>`, as a pull-through cache names it. */
export function mirrored(image: string, mirror: string | undefined): string {
  return mirror === undefined ? image : `${mirror}/${image}`;
}
