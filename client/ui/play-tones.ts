/** How one alarm sounds unlike another. */
export interface Tones {
  /** Frequencies in Hz, one after the other. */
  hertz: readonly number[];
  /** From one tone to the next, seconds. */
  stepS: number;
  /** Share of the step that sounds; the rest is silence. */
  sounding: number;
  /** 0 to 1. */
  volume: number;
}

/** Plays the tones once. */
export function playTones(context: AudioContext, { hertz, stepS, sounding, volume }: Tones): void {
  const gain = context.createGain();
  gain.gain.value = volume;
  gain.connect(context.destination);
  for (const [index, frequency] of hertz.entries()) {
    const tone = context.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(gain);
    tone.start(context.currentTime + index * stepS);
    tone.stop(context.currentTime + (index + sounding) * stepS);
  }
}
