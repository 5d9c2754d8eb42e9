/** The output of `ringflow build`: the compiled flows, as JSON. wrangler uploads a `.txt` file as a module of its own. */
declare module "*/programs.txt" {
  const programs: string;
  export default programs;
}
