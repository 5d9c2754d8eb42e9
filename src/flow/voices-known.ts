export const POLLY = ``; export const GOOGLE = ``; export const SAY_LANGUAGES = ``; export const GATHER_LANGUAGES = ``;
