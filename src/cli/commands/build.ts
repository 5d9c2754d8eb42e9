/** `ringflow build`: flows/ → .ringflow/. */
import { hasError } from "../../flow/build.ts";
import type { Finding } from "../../flow/catalogue.ts";
import { keepBuilt, writeBuilt, writeModules } from "../local/built-files.ts";
import { keepFunctions, writeFunctions } from "../local/own-functions.ts";
import { deployedSecrets } from "../local/secrets.ts";
import { Problem } from "../problem.ts";
import { npxRingflow, secretPut, varsTable } from "../project/environment.ts";
import {
  buildProject,
  findUnset,
  findUnwatched,
  findWrong,
  type Project,
  sourcesOf,
} from "../project/project.ts";
import { formatText, plural } from "../project/report.ts";
import { writeSchema } from "../project/schema.ts";
import { deployedVariables } from "../project/variables.ts";

/** Options of `ringflow build`. */
export interface BuildOptions {
  /** For wrangler's `[build]`: an error keeps the last good Programs, and does not stop `wrangler dev`. */
  keep?: boolean;
  /** Before a deploy: every variable that a flow reads must be set for the deployed Worker. */
  deploy?: boolean;
  /** Names of the secrets that are set there, instead of asking Cloudflare. */
  secrets?: readonly string[];
  /** Returns the names of the secrets that are set there; asks Cloudflare if left out. */
  askCloudflare?: typeof deployedSecrets;
  /** Findings are written here; coloured if it shows colours. */
  out: NodeJS.WritableStream;
}

/**
 * Builds the project's flows.
 * @returns the exit code: 1 if there is an error
 * @throws Problem if there is nothing to build; not with `keep`
 */
export async function build(options: BuildOptions): Promise<number> {
  await writeModules();
  return options.keep ? buildOrKeep(options) : buildOrFail(options);
}

async function buildOrFail(options: BuildOptions): Promise<number> {
  const project = await buildProject();
  await Promise.all([writeFunctions(), writeSchema(project.config)]);
  const wrong = options.deploy ? await wrongWhereDeployed(project, options) : [];
  const diagnostics = [...project.diagnostics, ...wrong];
  if (hasError(diagnostics)) {
    print(options, formatText(diagnostics, sourcesOf(project), options.out));
    return 1;
  }
  await writeBuilt(project);
  print(options, success(project, options.out));
  return 0;
}

// wrangler dev would stop answering on an exit code other than 0.
async function buildOrKeep(options: BuildOptions): Promise<number> {
  const code = await buildOrFail(options).catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error;
    print(options, error.message);
    return 1;
  });
  if (code === 0) return 0;
  await keepFunctions();
  if (await keepBuilt()) {
    print(options, "The last good version keeps answering.");
  } else {
    await writeBuilt({ programs: [], audio: [] });
    print(options, "There is no good version yet: callers hear an apology.");
  }
  return 0;
}

/** Errors for the variables that the deployed Worker would lack, or that do not fit. Asks Cloudflare only if needed. */
async function wrongWhereDeployed({ flows }: Project, options: BuildOptions): Promise<Finding[]> {
  const variables = await deployedVariables();
  const unset = (secrets: readonly string[]) =>
    findUnset(flows, (name) => Boolean(variables[name]) || secrets.includes(name), adviseDeploy);
  const named = options.secrets ?? [];
  const secrets = unset(named).length === 0 ? named : [...named, ...(await askForSecrets(options))];
  return [...unset(secrets), ...findWrong(flows, variables), ...(await findUnwatched(flows))];
}

async function askForSecrets(options: BuildOptions): Promise<string[]> {
  const { askCloudflare = deployedSecrets } = options;
  return askCloudflare().catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error;
    print(
      options,
      `${error.message}\nName the secrets that are set, then deploy: ${npxRingflow("deploy --secret NAME")}\n`,
    );
    return [];
  });
}

function adviseDeploy(variable: string, isSecret: boolean): string {
  if (isSecret) return `Set it: ${secretPut(variable)}`;
  return `Set it in wrangler.toml under ${varsTable()}, or as a secret: ${secretPut(variable)}`;
}

function print({ out }: BuildOptions, text: string): void {
  out.write(`${text}\n`);
}

function success(project: Project, out: NodeJS.WritableStream): string {
  const { programs, diagnostics } = project;
  const findings = diagnostics.length > 0 ? [formatText(diagnostics, sourcesOf(project), out)] : [];
  const versions = programs.map(({ flow, hash }) => `${flow}/${hash}`).join(", ");
  return [...findings, `Built ${plural(programs.length, "flow")}: ${versions}`].join("\n\n");
}
