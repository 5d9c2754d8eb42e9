/** How steps, flows, destinations and hours are named. */
export const NAME = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";

/** A text converted to such a name, as in `mainMenu` → `main-menu`, if possible. */
export function asName(text: string): string | undefined {
  const words =
    text
      .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  const name = words.join("-");
  return new RegExp(NAME).test(name) ? name : undefined;
}
