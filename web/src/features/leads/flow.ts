/* Which stage follows which, so that a board can say beforehand where a card may go. The server decides: it refuses what
 * this table allows wrongly. `asks` are the actions that cannot be taken without an input. */
export interface Move {
  from: readonly string[];
  to: string;
  action: string;
  asks?: boolean;
}

const EARLY = ['new', 'contacted', 'visited', 'intention', 'negotiating'];
const OPEN = [...EARLY, 'approved', 'deposit_paid', 'contracting'];

const MOVES: Move[] = [
  { from: ['new'], to: 'contacted', action: 'contact', asks: true },
  { from: ['dormant'], to: 'contacted', action: 'take' },
  { from: ['lost'], to: 'contacted', action: 'reopen', asks: true },
  { from: ['new', 'contacted'], to: 'visited', action: 'visit' },
  { from: ['contacted', 'visited'], to: 'intention', action: 'intend' },
  { from: ['intention'], to: 'negotiating', action: 'negotiate' },
  { from: ['negotiating'], to: 'approved', action: 'approve' },
  { from: OPEN, to: 'lost', action: 'lose', asks: true },
  { from: EARLY, to: 'dormant', action: 'sleep', asks: true },
];

export function moveTo(from: string, to: string): Move | undefined {
  return MOVES.find((move) => move.to === to && move.from.includes(from));
}

/* Ends that are no columns: they show as a tray while a card is dragged. */
export const ENDS = ['dormant', 'lost'] as const;
