/** The words by which a prompt says that a call is recorded. */

/** How languages say that something is recorded. */
export const SAYS_SO =
  /record|grab(?:a|o|ó)|aufgezeichnet|aufzeichn|aufgenommen|mitgeschnitten|mitschnitt|enregistr|grava(?:da|do|ção|r|mos)|registrat|registrare|registrazione|opgenomen|opname|inspelat|spelas in|nagryw|запис|録音|录音|錄音|녹음|تسجيل|הקלט/iu;
