/** The output of `ringflow build`: the compiled flows, as JSON. wrangler uploads a `.txt` file as a module of its own. */
declare module "*/programs.txt" {
  const programs: string;
  export default programs;
}

/** Written by the same command: the project's own functions. */
declare module "*/functions.js" {
  const functions: Readonly<Record<string, readonly ((operands: readonly unknown[]) => unknown)[]>>;
  export default functions;
}
