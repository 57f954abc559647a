/* Progress of the run that is being posted or undone. */
import { Button, Progress } from 'antd';
import { useMay } from '@/shared/session';
import { useText } from './text';
import type { RunUnderWay } from './useRun';

export function Working({ run }: { run: RunUnderWay }) {
  const t = useText();
  const may = useMay();
  const { current, driving } = run;
  if (!current) return null;
  const undoing = current.state === 'undoing';
  const all = undoing ? current.charges : current.planned;
  const done = Math.min(all, undoing ? current.voided : current.visited);
  const title = driving
    ? t(undoing ? 'undoing' : 'running', { no: current.no })
    : t('broken', { no: current.no });
  return (
    <section className="card bill-way" aria-labelledby="bill-way">
      <h2 id="bill-way">{title}</h2>
      <Progress
        percent={all > 0 ? Math.floor((done / all) * 100) : 100}
        status={driving ? 'active' : 'normal'}
        aria-label={title}
      />
      <p className="dim num" aria-live="polite">
        {t(undoing ? 'progressUndo' : 'progress', { done, all })}
      </p>
      {!driving && (
        <>
          <p className="dim">{t('brokenText')}</p>
          {may('bill_run.post') && (
            <Button type="primary" onClick={() => run.drive(current)}>
              {t('goOn')}
            </Button>
          )}
        </>
      )}
    </section>
  );
}
