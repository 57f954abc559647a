/* Asks before unsaved entries are lost: another page of ours, or the tab closing. */
import { App } from 'antd';
import { useEffect, useRef } from 'react';
import { useBlocker } from 'react-router';
import { useT } from '@/shared/i18n';

export function useLeaveGuard(dirty: boolean): { free: () => void } {
  const t = useT();
  const { modal } = App.useApp();
  // Set just before we leave ourselves, after saving.
  const leaving = useRef(false);
  useEffect(() => {
    if (!dirty) return;
    const stop = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', stop);
    return () => window.removeEventListener('beforeunload', stop);
  }, [dirty]);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      dirty && !leaving.current && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    modal.confirm({
      title: t('form.leaveTitle'),
      content: t('form.leaveText'),
      okText: t('form.leaveOk'),
      cancelText: t('form.leaveStay'),
      okButtonProps: { danger: true },
      onOk: () => blocker.proceed(),
      onCancel: () => blocker.reset(),
    });
  }, [blocker, modal, t]);
  return {
    free: () => {
      leaving.current = true;
    },
  };
}
