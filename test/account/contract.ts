/** Twilio's REST contract, an OpenAPI document that is not part of this project: what it says of a request and an answer. */
import { existsSync, readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import { isMap } from "../../src/program/is-map.ts";

const FILE = new URL("../../../shared/corpus/twilio-api.json", import.meta.url);

/** Whether the contract is here. Tests against it are skipped if it is not. */
export const hasContract = existsSync(FILE);

/** The part of OpenAPI that is read here. */
interface Operation {
  operationId: string;
  parameters?: { in: string; name: string; required?: boolean; schema: object }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}

/** An operation of the contract: its path, and the validators of what goes in and comes out. */
export interface Contract {
  id: string;
  method: string;
  path: RegExp;
  parameters: ValidateFunction;
  body: ValidateFunction;
  /** The status of success, and the schema of its answer. */
  status: number;
  answer: ValidateFunction;
}

const isAbsolute = (text: string): boolean => /^https?:\/\//.test(text) && URL.canParse(text);
const isDate = (text: string): boolean => /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z)?$/.test(text);
const OTHERS = [
  "phone-number",
  "endpoint",
  "http-method",
  "twiml",
  "currency",
  "uri-map",
  "phone-number-capabilities",
  "int64",
];

let contracts: Contract[] | undefined;

/** The contract: read once, as its validators take a while to compile. */
export function readContract(): Contract[] {
  contracts ??= read();
  return contracts;
}

function read(): Contract[] {
  // Local references become those of the document, by the name that it is added under.
  const text = readFileSync(FILE, "utf8").replaceAll('"#/components/', '"twilio#/components/');
  const document: { paths: Record<string, Record<string, Operation>>; components: object } = JSON.parse(
    text,
    plain,
  );
  // An empty URL unsets one. The URLs of answers can be relative.
  const asked = validator(document.components, (value) => value === "" || isAbsolute(value));
  const answered = validator(document.components, () => true);
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    ["get", "post", "delete"].flatMap((method) => {
      const operation = operations[method];
      return operation ? [contractOf(asked, answered, path, method, operation)] : [];
    }),
  );
}

// OpenAPI lets a schema be nullable that has no type, and so allows null already; ajv does not.
function plain(_key: string, value: unknown): unknown {
  if (!isMap(value) || !("nullable" in value) || "type" in value) return value;
  const { nullable: _, ...rest } = value;
  return rest;
}

// Parameters come as texts, and a list with one value as that value.
function validator(components: object, isUri: (value: string) => boolean): Ajv {
  const ajv = new Ajv({ coerceTypes: "array", strict: false, allErrors: true, logger: false });
  ajv.addFormat("uri", isUri);
  ajv.addFormat("date-time", isDate);
  ajv.addFormat("date-time-rfc-2822", (value: string) => !Number.isNaN(Date.parse(value)));
  for (const name of OTHERS) ajv.addFormat(name, true);
  return ajv.addSchema({ components }, "twilio");
}

function contractOf(asked: Ajv, answered: Ajv, path: string, method: string, operation: Operation): Contract {
  const { parameters = [], requestBody, responses } = operation;
  const form = requestBody?.content["application/x-www-form-urlencoded"]?.schema;
  const [[status, response] = ["200", {}]] = Object.entries(responses);
  const strict = { additionalProperties: false };
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path: new RegExp(`^${path.replaceAll(".", "\\.").replace(/\{(\w+)\}/g, "(?<$1>[^/]+?)")}$`),
    parameters: asked.compile({
      type: "object",
      properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
      required: parameters.filter(({ required }) => required).map(({ name }) => name),
      ...strict,
    }),
    body: asked.compile({ type: "object", ...form, ...strict }),
    status: Number(status),
    answer: answered.compile(response?.content?.["application/json"]?.schema ?? true),
  };
}
