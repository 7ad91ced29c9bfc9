//! Ctrl-C: once to come to a clean end, twice to end at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::out::Out;

/// What a shell expects of a program that was ended by Ctrl-C.
const ENDED: i32 = 130;

/// Whether the person wants to stop. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Interrupt(Arc<Flags>);

#[derive(Debug, Default)]
struct Flags {
    /// There is work that can come to a clean end.
    busy: AtomicBool,
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
                    if !flags.busy.load(Ordering::Relaxed) || flags.asked.swap(true, Ordering::Relaxed) {
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
        self.0.busy.store(true, Ordering::Relaxed);
        Busy(self.clone())
    }

    /// Whether to come to an end.
    pub fn asked(&self) -> bool {
        self.0.asked.load(Ordering::Relaxed)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.0.busy.store(false, Ordering::Relaxed);
    }
}
