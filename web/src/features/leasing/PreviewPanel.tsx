/* What the engine makes of the draft: the total, each item, bills with workings, prices, years; and the reviewers' view. */
import { LoadingOutlined } from '@ant-design/icons';
import { Alert } from 'antd';
import { useState } from 'react';
import { formatMoney } from '@/shared/format';
import { useT } from '@/shared/i18n';
import { grandTotal, type Schedule } from '@/shared/schedule';
import { errorText } from '@/shared/ui';
import { Dialog } from '@/shared/ui/Dialog';
import type { Preview } from './leasing.api';
import { Findings } from './ReviewTab';
import { type ItemNames, ScheduleViews } from './ScheduleView';
import { useText } from './text';
import type { Review } from './types';

interface Shown {
  preview: Preview;
  schedule: Schedule | undefined;
  names: ItemNames;
  units: readonly string[];
}

function Totals({ schedule, names }: { schedule: Schedule; names: ItemNames }) {
  const t = useText();
  const awaiting = schedule.lines.filter((line) => line.kind === 'awaiting_sales').length;
  const items = Object.entries(schedule.totals);
  return (
    <div className="preview-total">
      <span className="dim">{t('total')}</span>
      <strong className="num">{formatMoney(grandTotal(schedule.totals))}</strong>
      <small className="dim">
        {t('totalNote')}
        {awaiting > 0 && t('totalSales', { n: awaiting })}
      </small>
      {items.length > 1 && (
        <dl>
          {items.map(([item, sum]) => (
            <div key={item}>
              <dt>{names.get(item) ?? item}</dt>
              <dd className="num">{formatMoney(sum)}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

function Body({ preview, schedule, names, units }: Shown) {
  const t = useText();
  const base = useT();
  return (
    <>
      {preview.errors.size > 0 && (
        <p className="preview-note ink-amber">
          {schedule ? t('previewWrong') : t('previewWaiting')}
        </p>
      )}
      {preview.problem ? (
        <Alert
          type="error"
          showIcon
          title={errorText(preview.problem, base('state.errorNetwork'))}
        />
      ) : null}
      {schedule && schedule.lines.length > 0 ? (
        <>
          <Totals schedule={schedule} names={names} />
          <ScheduleViews schedule={schedule} names={names} units={units} />
        </>
      ) : (
        preview.errors.size === 0 &&
        !preview.problem && <p className="preview-empty">{t('previewWaiting')}</p>
      )}
    </>
  );
}

export function PreviewPanel(props: Shown & { review: Review | undefined }) {
  const t = useText();
  const { review } = props;
  return (
    <aside className="wizard-side" aria-label={t('preview')}>
      <section className="card preview">
        <header className="preview-head">
          <h2>{t('preview')}</h2>
          <span className="dim" aria-live="polite">
            {props.preview.busy && !props.preview.waiting ? (
              <>
                <LoadingOutlined /> {t('previewBusy')}
              </>
            ) : (
              t('previewLive')
            )}
          </span>
        </header>
        <Body {...props} />
      </section>
      {review && (
        <section className="card preview">
          <header className="preview-head">
            <h2>{t('judge')}</h2>
          </header>
          {review.findings.length ? (
            <Findings findings={review.findings} />
          ) : (
            <p className="ink-green">{t('judgeOk')}</p>
          )}
        </section>
      )}
    </aside>
  );
}

/* On screens without room beside the form: the total in the foot, the rest in a sheet. */
export function PreviewBar(props: Shown) {
  const t = useText();
  const [open, setOpen] = useState(false);
  const { schedule } = props;
  return (
    <div className="preview-bar">
      <span className="dim">{t('total')}</span>
      <b className="num">{schedule ? formatMoney(grandTotal(schedule.totals)) : '—'}</b>
      <button type="button" className="link-btn" onClick={() => setOpen(true)}>
        {t('previewShort')}
      </button>
      {open && (
        <Dialog title={t('preview')} width={560} onClose={() => setOpen(false)}>
          <div className="dialog-body preview">
            <Body {...props} />
          </div>
        </Dialog>
      )}
    </div>
  );
}
