/* A change of a lease: old and new side by side, as it was submitted. */
import type { Slots } from '@/shared/meta/overrides';
import type { Row } from '@/shared/meta/types';
import { type ChangeDiff, ChangePreview } from './ChangePreview';
import { useText } from './changeText';
import './leasing.css';
import './change.css';

function Compared({ row }: { row: Row }) {
  const t = useText();
  const diff = (row.draft_preview ?? row.preview) as ChangeDiff | null;
  if (!diff) return null;
  return (
    <section className="card change-card" aria-label={t('preview')}>
      <ChangePreview diff={diff} />
    </section>
  );
}

const slots: Slots = { detail: { banner: (row) => <Compared row={row} /> } };
export default slots;
