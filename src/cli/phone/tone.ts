/** A second of a tone, as a wav file: what development's own Twilio has for every recording. */

const RATE = 8000;
const HEADER_BYTES = 44;
const LOUDNESS = 8000;
const HERTZ = 440;

/** The file: mono, 16 bits. */
export function toneFile(): Buffer {
  const file = Buffer.alloc(HEADER_BYTES + RATE * 2);
  file.write("RIFF", 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write("WAVEfmt ", 8);
  // Of the format: its size, PCM, one channel, the rate, bytes a second, bytes and bits of a sample.
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(RATE, 24);
  file.writeUInt32LE(RATE * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36);
  file.writeUInt32LE(RATE * 2, 40);
  for (let at = 0; at < RATE; at++) {
    const height = Math.sin((2 * Math.PI * HERTZ * at) / RATE);
    file.writeInt16LE(Math.round(LOUDNESS * height), HEADER_BYTES + at * 2);
  }
  return file;
}
