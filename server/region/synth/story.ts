export interface SynthStory { x: 1 }
export function synthStory(): SynthStory { return { x: 1 }; }
