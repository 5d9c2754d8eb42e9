/** `ringflow/functions`: what `ringflow.functions.ts` needs. The Worker imports it as well, so that it is small. */
export {
  defineFunction,
  type FunctionDefinition,
  type OwnFunction,
  overloadsOf,
  type ValueType,
} from "../program/own-function.ts";
