/** The builders of schemas: what they write, and which type they say the values have. */
import { expect, expectTypeOf, test } from "vitest";
import { Keys } from "../../src/flow/language/schema.ts";
import { type Static, Type } from "../../src/flow/language/type.ts";

const Person = Keys({
  name: Type.String({ minLength: 1 }),
  age: Type.Optional(Type.Integer({ minimum: 0 })),
  seats: Type.Optional(Type.Union([Type.Literal("all"), Type.Array(Type.Number())])),
  notes: Type.Record(Type.String({ pattern: "^[a-z]+$" }), Type.Boolean()),
});

test("a schema is plain JSON Schema: keys are required unless they are optional", () => {
  expect(Person).toEqual({
    type: "object",
    required: ["name", "notes"],
    additionalProperties: false,
    properties: {
      name: { type: "string", minLength: 1 },
      age: { type: "integer", minimum: 0, "x-optional": true },
      seats: { anyOf: [{ const: "all" }, { type: "array", items: { type: "number" } }], "x-optional": true },
      notes: { type: "object", patternProperties: { "^[a-z]+$": { type: "boolean" } } },
    },
  });
});

test("a map without a required key says nothing of keys that are", () => {
  expect(Type.Object({ age: Type.Optional(Type.Integer()) })).not.toHaveProperty("required");
});

test("the type of a schema's values follows from it", () => {
  expectTypeOf<Static<typeof Person>>().toEqualTypeOf<{
    name: string;
    age?: number;
    seats?: "all" | number[];
    notes: Record<string, boolean>;
  }>();
});

test("an optional schema is a copy: the key of another map can require the same", () => {
  const age = Type.Integer();
  Type.Optional(age);
  expect(Type.Object({ age })).toHaveProperty("required", ["age"]);
});
