/** Services that callers wait for without a sound. */
import { yaml } from "../../language/example.ts";
import { kindKey } from "../../model/flow.ts";
import type { Advice } from "./advice.ts";
import { arrivesSilent, sourcesOf } from "./silence.ts";

export const silentRequest: Advice = {
  doc: {
    code: "silent-request",
    severity: "advice",
    summary:
      "A request can take long, all its attempts together, and callers hear nothing before it. After some seconds of silence they speak, press keys or hang up.",
    wrong:
      "A service that always answers at once needs no such prompt, but then a shorter `timeout` says so. Each request counts on its own, and silence before the call is answered does not count: the caller hears it ring.",
    bad: yaml`
      steps:
        number:
          gather: { prompt: Please enter your order number., save: order, otherwise: bye }
          next: look-up
        look-up:
          request: { url: "https://shop.example.com/orders/{{ vars.order }}", timeout: 8, status: { else: bye } }
          next: bye
        bye:
          hangup: Thank you. Goodbye.
    `,
    good: yaml`
      steps:
        number:
          gather: { prompt: Please enter your order number., save: order, otherwise: bye }
          next: look-up
        look-up:
          request:
            url: https://shop.example.com/orders/{{ vars.order }}
            timeout: 8
            meanwhile: One moment, please. I am looking for your order.
            status: { else: bye }
          next: bye
        bye:
          hangup: Thank you. Goodbye.
    `,
  },
  check(checked, advise, limit) {
    const sources = sourcesOf(checked.graph);
    for (const step of checked.flow.steps) {
      const seconds = step.kind.silentSeconds?.(step.body) ?? 0;
      if (seconds <= limit || !checked.graph.main.has(step.name)) continue;
      if (!arrivesSilent(checked, step.name, sources, "ringing")) continue;
      const message = `callers can wait ${seconds} s here without a sound; add \`meanwhile\`, or make \`timeout\` and \`retries\` smaller`;
      advise(kindKey(step), message);
    }
  },
};
