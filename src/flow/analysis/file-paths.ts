/** Paths of files that flows name: relative to the flow's own folder, and inside the folder of flows. */

/** The path of a file that a flow names. Undefined outside the folder of flows. */
export function pathFrom(flowFile: string, written: string): string | undefined {
  if (/^\/|\\/.test(written)) return undefined;
  const root = rootOf(flowFile);
  const path = slashed(flowFile).split("/").slice(root.length, -1);
  for (const part of written.split("/")) {
    if (part === "..") {
      if (path.pop() === undefined) return undefined;
    } else if (part !== "." && part !== "") path.push(part);
  }
  return [...root, ...path].join("/");
}

/** The name by which a flow names a file. */
export function nameFrom(flowFile: string, path: string): string {
  const from = slashed(flowFile).split("/").slice(0, -1);
  const to = path.split("/");
  const common = from.findIndex((folder, index) => folder !== to[index]);
  const shared = common < 0 ? from.length : common;
  return [...from.slice(shared).map(() => ".."), ...to.slice(shared)].join("/");
}

/** The parent folders of everything that a flow can name: up to `flows`, or the flow's own folder outside it. */
export function rootOf(file: string): string[] {
  const folders = slashed(file).split("/").slice(0, -1);
  const flows = folders.lastIndexOf("flows");
  return flows < 0 ? folders : folders.slice(0, flows + 1);
}

function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}
