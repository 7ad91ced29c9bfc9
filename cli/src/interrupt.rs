//! Ctrl-C: once to come to a clean end, twice to end at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::out::Out;

/// What a shell expects of a program that was ended by Ctrl-C.
const ENDED: i32 = 130;

/// Whether the person wants to stop. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Interrupt(Arc<Flags>);

#[derive(Debug, Default)]
struct Flags {
    /// So much work is under way that can come to a clean end.
    busy: AtomicUsize,
    /// Ctrl-C was pressed while there was.
    asked: AtomicBool,
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
                while tokio::signal::ctrl_c().await.is_ok() {
                    if flags.busy.load(Ordering::Relaxed) == 0 || flags.asked.swap(true, Ordering::Relaxed) {
                        std::process::exit(ENDED);
                    }
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
}
