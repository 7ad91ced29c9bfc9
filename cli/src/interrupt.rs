//! Ctrl-C, and the signals that mean the same (SIGTERM, SIGHUP): once to come to a clean end, twice to end at once.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use futures::future::{Either, select};
use tokio::sync::Notify;

use crate::out::Out;

/// Whether the person wants to stop. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Interrupt(Arc<Flags>);

#[derive(Debug, Default)]
struct Flags {
    /// So much work is under way that can come to a clean end.
    busy: AtomicUsize,
    /// Ctrl-C was pressed while there was.
    asked: AtomicBool,
    /// Wakes whoever waits for that.
    wake: Notify,
}

/// For as long as it lives, the first Ctrl-C asks for a clean end.
#[derive(Debug)]
pub struct Busy(Interrupt);

impl Interrupt {
    /// Listens from now on. On a thread of its own, so that Ctrl-C works while an answer is awaited on
    /// the terminal as well. Where the system does not allow it, Ctrl-C simply ends the program.
    pub fn listen() -> Self {
        let interrupt = Self::default();
        let flags = interrupt.0.clone();
        std::thread::spawn(move || {
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_io().build() else { return };
            runtime.block_on(async {
                let Ok(mut signals) = Signals::listen() else { return };
                loop {
                    let ended = signals.next().await;
                    if flags.busy.load(Ordering::Relaxed) == 0 || flags.asked.swap(true, Ordering::Relaxed) {
                        std::process::exit(ended);
                    }
                    flags.wake.notify_waiters();
                    Out::system(crate::args::Form::Table)
                        .note("Coming to a clean end. Press Ctrl-C again to end at once.");
                }
            });
        });
        interrupt
    }

    /// Work begins that can come to a clean end.
    pub fn busy(&self) -> Busy {
        self.0.busy.fetch_add(1, Ordering::Relaxed);
        Busy(self.clone())
    }

    /// Whether to come to an end.
    pub fn asked(&self) -> bool {
        self.0.asked.load(Ordering::Relaxed)
    }

    /// What work that waits for others comes to; nothing where the person wants to stop before.
    pub async fn unless<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let mut woken = pin!(self.0.wake.notified());
        woken.as_mut().enable();
        if self.asked() {
            return None;
        }
        match select(woken, pin!(work)).await {
            Either::Left(_) => None,
            Either::Right((done, _)) => Some(done),
        }
    }
}

/// The signals that end a program, each with the exit code that a shell expects then.
#[cfg(unix)]
struct Signals([Option<(tokio::signal::unix::Signal, i32)>; 3]);

#[cfg(unix)]
impl Signals {
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let on = |kind: SignalKind| Ok::<_, std::io::Error>((signal(kind)?, 128 + kind.as_raw_value()));
        let hangup = if hangs_up() { Some(on(SignalKind::hangup())?) } else { None };
        Ok(Self([Some(on(SignalKind::interrupt())?), Some(on(SignalKind::terminate())?), hangup]))
    }

    async fn next(&mut self) -> i32 {
        std::future::poll_fn(|context| {
            for (signal, code) in self.0.iter_mut().flatten() {
                if signal.poll_recv(context).is_ready() {
                    return std::task::Poll::Ready(*code);
                }
            }
            std::task::Poll::Pending
        })
        .await
    }
}

/// Whether a terminal that closes is to end the program: `nohup` has it pass SIGHUP over, which listening would
/// undo. Where the system does not tell (elsewhere than on Linux), SIGHUP keeps its own meaning.
#[cfg(unix)]
fn hangs_up() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    ignored.is_some_and(|mask| mask & 1 == 0)
}

/// Ctrl-C, with the exit code that a shell expects then.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) -> i32 {
        match tokio::signal::ctrl_c().await {
            Ok(()) => 130,
            Err(_) => std::future::pending().await,
        }
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.0.busy.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_ends_leaves_other_work_its_clean_end() {
        let interrupt = Interrupt::default();
        let (one, other) = (interrupt.busy(), interrupt.busy());
        let under_way = || interrupt.0.busy.load(Ordering::Relaxed);
        drop(one);
        assert_eq!(under_way(), 1);
        drop(other);
        assert_eq!(under_way(), 0);
    }

    #[tokio::test]
    async fn whoever_waits_is_woken() {
        let interrupt = Interrupt::default();
        assert_eq!(interrupt.unless(async { 7 }).await, Some(7));
        let other = interrupt.clone();
        let asks = async move {
            other.0.asked.store(true, Ordering::Relaxed);
            other.0.wake.notify_waiters();
        };
        let (stopped, ()) = futures::join!(interrupt.unless(std::future::pending::<()>()), asks);
        assert_eq!(stopped, None);
        assert_eq!(interrupt.unless(async { 7 }).await, None);
    }
}
