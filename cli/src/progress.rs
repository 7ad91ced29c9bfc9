//! How far the work is: a bar on a terminal, a line now and then elsewhere.

use std::cell::RefCell;
use std::io::IsTerminal;
use std::pin::pin;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use sidelight::sync::sides::Sides;
use sidelight::sync::table::Progress;
use sidelight::sync::watch::Watch;

use crate::args::Form;
use crate::interrupt::{Busy, Interrupt};
use crate::out::{Out, clean};

/// A line is due after this long,
const EVERY: Duration = Duration::from_secs(10);
/// or after this share of the whole, in percent,
const STEP: usize = 10;
/// but never sooner than this.
const PAUSE: Duration = Duration::from_secs(1);

/// A sign of life is due after this long.
const BLINK: Duration = Duration::from_millis(200);

/// Follows planning or a run, and asks it to stop after Ctrl-C.
pub struct Meter {
    out: Out,
    bar: Option<ProgressBar>,
    last: RefCell<Last>,
    interrupt: Interrupt,
    _busy: Busy,
}

/// What was told last.
struct Last {
    told: Instant,
    percent: usize,
    /// What is being done: planning begins anew with each kind of record.
    doing: String,
}

impl Meter {
    /// Shows nothing before there is something to tell.
    pub fn new(interrupt: &Interrupt) -> Self {
        // Only notes go out here, to standard error.
        let out = Out::system(Form::Table);
        let bar = std::io::stderr().is_terminal().then(ProgressBar::no_length);
        let last = Last { told: Instant::now(), percent: 0, doing: String::new() };
        Self { out, bar, last: RefCell::new(last), interrupt: interrupt.clone(), _busy: interrupt.busy() }
    }

    /// The bar is drawn anew each time: with a length where that is known.
    fn draw(&self, bar: &ProgressBar, progress: &Progress) {
        let template = match progress.total {
            Some(_) => "{msg:28!} [{wide_bar}] {pos}/{len}  {prefix}",
            None => "{msg:28!} {pos}  {prefix}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> "));
        }
        if let Some(total) = progress.total {
            bar.set_length(total as u64);
        }
        bar.set_position(progress.done as u64);
        bar.set_message(clean(&progress.doing));
        bar.set_prefix(beside(progress, false));
    }

    fn line(&self, progress: &Progress) {
        let mut last = self.last.borrow_mut();
        let percent = progress.total.filter(|total| *total > 0).map_or(0, |total| progress.done * 100 / total);
        let waited = last.told.elapsed();
        let further = percent >= last.percent + STEP;
        if last.doing != progress.doing && percent < last.percent {
            last.percent = percent;
        }
        if waited < EVERY && (!further || waited < PAUSE) {
            return;
        }
        *last = Last { told: Instant::now(), percent, doing: progress.doing.clone() };
        let of = progress.total.map(|total| format!(" of {total}")).unwrap_or_default();
        self.out.note(&format!("{}: {}{of}, {}", progress.doing, progress.done, beside(progress, true)));
    }
}

impl Watch for Meter {
    fn progress(&self, progress: &Progress) {
        match &self.bar {
            Some(bar) => self.draw(bar, progress),
            None => self.line(progress),
        }
    }

    fn stop(&self) -> bool {
        self.interrupt.asked()
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// Waits for work that tells nothing of itself, and shows meanwhile that requests go out.
pub async fn alive<T>(doing: &str, sides: &Sides, work: impl Future<Output = T>) -> T {
    let out = Out::system(Form::Table);
    let bar = std::io::stderr().is_terminal().then(ProgressBar::new_spinner);
    let (began, mut told) = (sides.requests(), Instant::now());
    let mut work = pin!(work);
    loop {
        if let Ok(done) = tokio::time::timeout(BLINK, &mut work).await {
            if let Some(bar) = bar {
                bar.finish_and_clear();
            }
            return done;
        }
        let words = format!("{doing}: {} requests", sides.requests() - began);
        match &bar {
            Some(bar) => {
                bar.set_message(words);
                bar.tick();
            }
            None if told.elapsed() >= EVERY => {
                told = Instant::now();
                out.note(&words);
            }
            None => {}
        }
    }
}

/// Requests, failures and the time that is left; where it waits, in `full` also why.
fn beside(progress: &Progress, full: bool) -> String {
    let mut words = vec![format!("{} requests", progress.requests.0 + progress.requests.1)];
    if progress.failed > 0 {
        words.push(format!("{} failed", progress.failed));
    }
    if let (Some(_), Some(trouble)) = (progress.until, &progress.trouble) {
        words.push(if full { clean(&trouble.sentence) } else { "waits".to_owned() });
    } else if let Some(left) = progress.left_ms.filter(|left| *left >= 1_000) {
        words.push(format!("{} left", span(left)));
    }
    words.join(", ")
}

/// So many milliseconds in the two units that matter.
pub fn span(ms: i64) -> String {
    let seconds = ms.max(0).saturating_add(999) / 1000;
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_readable() {
        assert_eq!(span(400), "1 s");
        assert_eq!(span(61_000), "1 min 1 s");
        assert_eq!(span(7_260_000), "2 h 1 min");
    }

    #[test]
    fn what_stands_beside_tells_requests_failures_and_time() {
        let mut progress = Progress { requests: (3, 4), failed: 1, left_ms: Some(5_000), ..Progress::default() };
        assert_eq!(beside(&progress, true), "7 requests, 1 failed, 5 s left");
        progress.left_ms = None;
        assert_eq!(beside(&progress, false), "7 requests, 1 failed");
    }
}
