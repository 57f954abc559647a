/* A modal on the browser's own <dialog>: focus trap, Esc and scroll lock without antd's Modal. */
import { CloseOutlined } from '@ant-design/icons';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useT } from '@/shared/i18n';
import './dialog.css';

export function Dialog(props: {
  title: ReactNode;
  width?: number;
  bare?: boolean;
  onClose: () => void;
  footer?: ReactNode;
  children: ReactNode;
}) {
  const t = useT();
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  const { onClose } = props;
  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
    const root = document.documentElement;
    // The page must not jump when its scrollbar goes.
    root.style.setProperty('--scrollbar', `${window.innerWidth - root.clientWidth}px`);
    root.classList.add('locked');
    return () => root.classList.remove('locked');
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc is the dialog's own cancel event
    <dialog
      ref={ref}
      className={`dialog${props.bare ? ' dialog-bare' : ''}`}
      aria-labelledby={id}
      style={{ width: props.width ?? 480 }}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
    >
      <div className="dialog-inner">
        {props.bare ? (
          <h2 id={id} className="sr">
            {props.title}
          </h2>
        ) : (
          <header className="dialog-head">
            <h2 id={id}>{props.title}</h2>
            <button
              type="button"
              className="icon-btn"
              aria-label={t('form.close')}
              onClick={onClose}
            >
              <CloseOutlined />
            </button>
          </header>
        )}
        {props.children}
        {props.footer && <footer className="dialog-foot">{props.footer}</footer>}
      </div>
    </dialog>
  );
}
