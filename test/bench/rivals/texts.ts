/** What flows/front-desk.yaml says, for the rivals that say it by other means. */

/** How a `<Say>` speaks. */
export const VOICE = { voice: "Polly.Joanna-Neural", language: "en-US" } as const;
/** The menu itself. */
export const MENU =
  "For appointments, press 1 or say appointments. For billing, press 2. To hear this again, press star. " +
  "For the front desk, press 0.";
/** What recognition is told to expect. */
export const HINTS = "appointments, an appointment";

/** What stands before the menu the second time, by the keys that came. */
export function complaint(digits: string | undefined): string {
  return digits ? "I did not get that." : "Sorry, I did not hear anything.";
}
