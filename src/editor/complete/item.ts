/** One entry of a completion list. */
import { type CompletionItem, CompletionItemKind, InsertTextFormat } from "vscode-languageserver/node";

/** What an entry stands for. */
export type Sort = "step" | "word" | "name" | "key" | "kind" | "field" | "function" | "file" | "wrapped";

const KINDS: Readonly<Record<Sort, CompletionItemKind>> = {
  step: CompletionItemKind.Reference,
  word: CompletionItemKind.EnumMember,
  name: CompletionItemKind.Value,
  key: CompletionItemKind.Property,
  kind: CompletionItemKind.Class,
  field: CompletionItemKind.Field,
  function: CompletionItemKind.Function,
  file: CompletionItemKind.File,
  wrapped: CompletionItemKind.Struct,
};

/** An entry of the list, before it has its place in the file. */
export interface Entry {
  label: string;
  sort: Sort;
  detail?: string;
  /** Markdown. */
  doc?: string;
  /** The text to write, if it is not the label; `$0` is where the cursor goes. */
  text?: string;
}

/** An entry as the protocol has it; the list keeps the order of `index`. */
export function toItem({ label, sort, detail, doc, text }: Entry, index: number): CompletionItem {
  return {
    label,
    kind: KINDS[sort],
    sortText: String(index).padStart(5, "0"),
    ...(detail !== undefined && detail !== "" && { detail }),
    ...(doc !== undefined && { documentation: { kind: "markdown", value: doc } }),
    ...(text?.includes("$0") && { insertTextFormat: InsertTextFormat.Snippet }),
  };
}
