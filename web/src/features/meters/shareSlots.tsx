/* A shared cost: who bears which part of it, each with its working. */
import { defineText } from '@/shared/i18n';
import type { Slots } from '@/shared/meta/overrides';
import type { Row } from '@/shared/meta/types';
import { EmptyState, Money } from '@/shared/ui';
import { Working } from '@/shared/ui/Working';
import { useText } from './text';
import type { Share } from './types';
import '@/shared/meta/list.css';
import './meters.css';

const useOwn = defineText(
  { rest: '其余由业主承担', problem: '还不能分摊' },
  { rest: 'The rest is the landlord’s', problem: 'Cannot be split yet' },
);

function Shares({ row }: { row: Row }) {
  const t = useText();
  const own = useOwn();
  const shares = (row.shares ?? []) as Share[];
  if (typeof row.problem === 'string')
    return <EmptyState small title={own('problem')} text={row.problem} />;
  if (shares.length === 0) return <EmptyState small title={t('sharesNone')} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways, so it must be reachable by keyboard
    <section className="mini-scroll" aria-label={t('shares')} tabIndex={0}>
      <table className="mini">
        <thead>
          <tr>
            <th>{t('unit')}</th>
            <th>{t('merchant')}</th>
            <th>{t('days')}</th>
            <th className="right">{t('measure')}</th>
            <th className="right">{t('share')}</th>
            <th>{t('working')}</th>
          </tr>
        </thead>
        <tbody>
          {shares.map((one) => (
            <tr key={`${one.unit_id}.${one.from}`}>
              <td>{one.unit}</td>
              <td className={one.merchant ? undefined : 'dim'}>{one.merchant ?? t('vacant')}</td>
              <td className="num">
                {one.from} – {one.to}
              </td>
              <td className="right num">{one.measure}</td>
              <td className="right">
                <Money value={one.amount} />
              </td>
              <td>
                <Working steps={one.working} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th colSpan={4} scope="row">
              {t('sum')} · {own('rest')} <Money value={row.landlord_share as string} />
            </th>
            <td className="right">
              <Money value={row.amount as string} />
            </td>
            <td />
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

const slots: Slots = {
  detail: {
    tabs: (row) => [{ key: 'shares', label: <SharesLabel />, children: <Shares row={row} /> }],
  },
};

function SharesLabel() {
  return useText()('shares');
}

export default slots;
