/* The money that came in against one payment order. */
import { Link } from 'react-router';
import { labelIn, useLang } from '@/shared/i18n';
import { fieldOf } from '@/shared/meta/types';
import { useEntity } from '@/shared/session';
import { Money, StatusTag } from '@/shared/ui';
import { useText } from './text';
import type { OrderReceipt } from './types';

/* The words of meta for a token of the receipt: its way or its state. */
export function useReceiptWord() {
  const meta = useEntity('receipt');
  const lang = useLang();
  return (field: 'way' | 'state', token: string) => {
    const option = meta && fieldOf(meta, field)?.options?.find((one) => one.value === token);
    return { text: option ? labelIn(option.label, lang) : token, tone: option?.tone ?? null };
  };
}

export function OrderReceipts({ receipts }: { receipts: OrderReceipt[] }) {
  const t = useText();
  const word = useReceiptWord();
  const meta = useEntity('receipt');
  if (!receipts.length) return <p className="dim">{t('receiptsNone')}</p>;
  return (
    <ul className="receipt-rows">
      {receipts.map((one) => {
        const state = word('state', one.state);
        return (
          <li key={one.id}>
            <span className="grow">
              <span className="row wrap">
                {meta ? <Link to={`/e/receipt/${one.id}`}>{one.no}</Link> : one.no}
                <StatusTag tone={state.tone}>{state.text}</StatusTag>
              </span>
              <small className="dim">
                {[one.received_on, word('way', one.way).text, one.reference, one.cashier]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </span>
            <b className={one.state === 'refused' ? 'dim struck' : undefined}>
              <Money value={one.amount} />
            </b>
          </li>
        );
      })}
    </ul>
  );
}
