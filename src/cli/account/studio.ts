/** The account's flows in Studio, through Twilio's SDK. */
import type Twilio from "twilio/lib/rest/Twilio.js";
import { trying } from "./refused.ts";

/** A flow of Studio. */
export interface StudioFlow {
  sid: string;
  name: string;
  /** As Twilio's API has it. */
  definition: unknown;
}

/** Reads flows. Each call throws Refused, in a sentence. */
export interface StudioFlows {
  /** The SIDs of all flows. */
  list(): Promise<string[]>;
  flow(sid: string): Promise<StudioFlow>;
}

/** The flows of the account that the SDK's client has. */
export function studioOf({ studio }: Twilio): StudioFlows {
  const { flows } = studio.v2;
  return {
    list: () =>
      trying("Listing the flows of Studio", async () =>
        (await flows.list({ pageSize: 1000 })).map(({ sid }) => sid),
      ),
    flow: (sid) =>
      trying(`Reading the flow ${sid}`, async () => {
        const { friendlyName, definition }: { friendlyName: string; definition: unknown } =
          await flows(sid).fetch();
        return { sid, name: friendlyName ?? "", definition };
      }),
  };
}
