/** Whether the account's recordings can be heard without its credentials. */
import type { Account } from "../account.ts";
import { type Check, note, ok } from "./check.ts";

/** Checks whether the newest recording can be heard without credentials. */
export async function checkMedia(account: Account): Promise<Check[]> {
  const recordings = await account.recordings({}, 20);
  const done = recordings.find(({ status }) => status === "completed");
  const place = "Console, Voice, Settings, General, HTTP authentication for media access";
  if (!done)
    return [note("There is no recording to see whether recordings need the account's credentials.", place)];
  const response = await account.media(done.sid, "mp3", true);
  await response.body?.cancel();
  return [
    response.status === 401
      ? ok("Recordings need the account's credentials.")
      : note("Anybody who has a recording's URL can hear it.", place),
  ];
}
