import { Fragment } from 'react';
import { MOD } from '@/shared/hotkeys';
import { useT } from '@/shared/i18n';
import { Dialog } from '@/shared/ui/Dialog';

export default function ShortcutsDialog(props: { onClose: () => void }) {
  const t = useT();
  const rows: [string[], string][] = [
    [[`${MOD}K`], t('keys.palette')],
    [['/'], t('keys.search')],
    [['N'], t('keys.create')],
    [['E'], t('keys.edit')],
    [['J', 'K'], t('keys.move')],
    [['Enter'], t('keys.openRow')],
    [['G D', 'G L', 'G F'], t('keys.go')],
    [[`${MOD}S`], t('keys.save')],
    [['Esc'], t('keys.close')],
    [['?'], t('keys.help')],
  ];
  return (
    <Dialog title={t('keys.title')} onClose={props.onClose} width={420}>
      <dl
        className="dialog-body"
        style={{ display: 'grid', gridTemplateColumns: 'auto 1fr', gap: '10px 20px' }}
      >
        {rows.map(([keys, text]) => (
          <Fragment key={text}>
            <dt className="row">
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{text}</dd>
          </Fragment>
        ))}
      </dl>
    </Dialog>
  );
}
