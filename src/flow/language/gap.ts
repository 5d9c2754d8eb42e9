/** The comment that marks a step which an importer could not convert. */
export const GAP = "imported-gap:";
