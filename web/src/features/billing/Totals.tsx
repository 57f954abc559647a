/* What the run would post, by charge item. */
import { formatMoney } from '@/shared/format';
import { usePhone } from '@/shared/prefs';
import { useText } from './text';
import type { Preview } from './types';

export function Totals({ preview }: { preview: Preview }) {
  const t = useText();
  const phone = usePhone();
  const figures = [
    [t('leases'), String(preview.leases)],
    [t('lines'), String(preview.lines)],
    [t('net'), formatMoney(preview.net)],
    [t('tax'), formatMoney(preview.tax)],
    [t('gross'), formatMoney(preview.gross)],
  ];
  return (
    <>
      <dl className="bill-figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
      <table className="bill-table">
        <caption className="sr">{t('byItem')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('item')}</th>
            <th scope="col" className="end">
              {t('lines')}
            </th>
            {!phone && (
              <th scope="col" className="end">
                {t('net')}
              </th>
            )}
            {!phone && (
              <th scope="col" className="end">
                {t('tax')}
              </th>
            )}
            <th scope="col" className="end">
              {t('gross')}
            </th>
          </tr>
        </thead>
        <tbody>
          {preview.items.map((one) => (
            <tr key={one.item}>
              <th scope="row">{one.name}</th>
              <td className="num end">{one.lines}</td>
              {!phone && <td className="num end">{formatMoney(one.net)}</td>}
              {!phone && <td className="num end">{formatMoney(one.tax)}</td>}
              <td className="num end">{formatMoney(one.gross)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
