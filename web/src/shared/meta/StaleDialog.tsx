/* Somebody saved the same record first: what they changed beside what I changed, and the choice. */
import { Button } from 'antd';
import { formatInstant } from '@/shared/format';
import { useLabel, useLang, useT } from '@/shared/i18n';
import { Dialog } from '@/shared/ui/Dialog';
import { cellText, isRef, personName } from './cells';
import type { FormValues } from './formState';
import type { EntityMeta, Row } from './types';

const plain = (value: unknown) => JSON.stringify(isRef(value) ? value.id : (value ?? null));

/* The fields that are not what they were when I opened the form, or that I changed. */
export function differences(meta: EntityMeta, base: Row, fresh: Row, mine: FormValues): string[] {
  return meta.fields
    .map((field) => field.name)
    .filter((name) => plain(base[name]) !== plain(fresh[name]) || name in mine);
}

/* Whether their change and mine meet in a field. */
export function conflicts(meta: EntityMeta, base: Row, fresh: Row, mine: FormValues): boolean {
  return meta.fields.some(
    ({ name }) =>
      name in mine &&
      plain(base[name]) !== plain(fresh[name]) &&
      plain(fresh[name]) !== plain(mine[name]),
  );
}

export function StaleDialog(props: {
  meta: EntityMeta;
  base: Row;
  fresh: Row;
  mine: FormValues;
  /* My entries as the form shows them, references with their names. */
  shown: FormValues;
  busy: boolean;
  onKeep: () => void;
  onReload: () => void;
  onClose: () => void;
}) {
  const t = useT();
  const label = useLabel();
  const lang = useLang();
  const { meta, base, fresh, mine, shown } = props;
  const names = differences(meta, base, fresh, mine);
  return (
    <Dialog
      title={t('form.staleTitle')}
      width={640}
      onClose={props.onClose}
      footer={
        <>
          <Button onClick={props.onReload}>{t('form.staleReload')}</Button>
          <Button type="primary" loading={props.busy} onClick={props.onKeep}>
            {t('form.staleKeep')}
          </Button>
        </>
      }
    >
      <div className="dialog-body">
        <p style={{ marginBottom: 8 }}>
          {t('form.staleText', {
            who: personName(fresh.updated_by) || t('form.someone'),
            at: fresh.updated_at ? formatInstant(fresh.updated_at) : '',
          })}
        </p>
        {!conflicts(meta, base, fresh, mine) && <p className="ink-green">{t('form.staleNone')}</p>}
        <table className="compare">
          <thead>
            <tr>
              <th scope="col">{t('form.staleField')}</th>
              <th scope="col">{t('form.staleTheirs')}</th>
              <th scope="col">{t('form.staleMine')}</th>
            </tr>
          </thead>
          <tbody>
            {names.map((name) => {
              const field = meta.fields.find((one) => one.name === name)!;
              const theirs = cellText(field, fresh[name], lang);
              const own = name in mine ? shown[name] : base[name];
              return (
                <tr key={name}>
                  <th scope="row">{label(field.label)}</th>
                  <td className={plain(base[name]) !== plain(fresh[name]) ? 'ink-amber' : 'dim'}>
                    {theirs}
                  </td>
                  <td className={name in mine ? undefined : 'dim'}>{cellText(field, own, lang)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Dialog>
  );
}
