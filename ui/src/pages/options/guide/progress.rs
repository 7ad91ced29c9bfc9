//! How far the first steps are: told by what is set up, and by what was looked through on this device.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::http::Product;
use sidelight::mark;

use super::super::Desk;
use crate::browser;

/// The first steps, in order.
pub const STEPS: [&str; 6] = [
    mark!("Connect HaloITSM"),
    mark!("Connect Hudu"),
    mark!("Grant and check"),
    mark!("Pick layouts"),
    mark!("See a sample"),
    mark!("Begin"),
];

/// Both products, in the order of their steps.
pub const PRODUCTS: [Product; 2] = [Product::Halo, Product::Hudu];

/// Under which the page remembers how many steps were looked through.
const PASSED: &str = "start-passed";

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Done.
    Done,
    /// Something is wrong with it.
    Wrong,
    /// Still to be done.
    Open,
}

/// What this page keeps on this device, where the browser lets it.
pub fn storage() -> Option<web_sys::Storage> {
    leptos::prelude::window().local_storage().ok().flatten()
}

/// How far the first steps are.
#[derive(Clone, Copy)]
pub struct Progress {
    desk: Desk,
    /// `None` until the browser said so.
    granted: RwSignal<Option<[bool; 2]>>,
    passed: RwSignal<usize>,
}

impl Progress {
    /// Follows what is set up as long as the view lives.
    pub fn follow() -> Self {
        let desk = Desk::of_page();
        let kept = storage().and_then(|kept| kept.get_item(PASSED).ok().flatten());
        let progress = Self {
            desk,
            granted: RwSignal::new(None),
            passed: RwSignal::new(kept.and_then(|text| text.parse().ok()).unwrap_or_default()),
        };
        Effect::new(move || {
            desk.news.track();
            let Some(patterns) =
                desk.held.with(|held| held.as_ref().map(|held| PRODUCTS.map(|one| held.patterns(one))))
            else {
                return;
            };
            let demo = progress.is_demo();
            spawn_local(async move {
                let mut granted = [demo; 2];
                for (granted, patterns) in granted.iter_mut().zip(&patterns) {
                    *granted = *granted || (!patterns.is_empty() && browser::has_origins(patterns).await);
                }
                let _ = progress.granted.try_set(Some(granted));
            });
        });
        progress
    }

    /// Whether demo data is connected.
    pub fn is_demo(&self) -> bool {
        self.desk.held.with(|held| held.as_ref().is_some_and(|held| held.connections.is_demo()))
    }

    /// Whether the address and the secret of a connection are stored.
    pub fn is_set_up(&self, product: Product) -> bool {
        self.desk.is_stored(product) && self.desk.has_secret(product)
    }

    /// The first connection that is not set up.
    pub fn missing(&self) -> Option<usize> {
        PRODUCTS.iter().position(|product| !self.is_set_up(*product))
    }

    /// Whether it is known how far the steps are.
    pub fn is_known(&self) -> bool {
        self.granted.with(Option::is_some)
    }

    /// Whether the browser lets Sidelight reach a connection; taken for granted until the browser said so.
    pub fn is_granted(&self, step: usize) -> bool {
        self.granted.get().is_none_or(|granted| granted[step])
    }

    /// How a step stands.
    pub fn mark(&self, step: usize) -> Mark {
        match step {
            0 | 1 => match (self.is_set_up(PRODUCTS[step]), self.is_granted(step)) {
                (true, true) => Mark::Done,
                (true, false) => Mark::Wrong,
                (false, _) => Mark::Open,
            },
            2 if self.missing().is_some() => Mark::Open,
            2 => match (self.desk.wrong.get(), self.passed.get() > 2) {
                (Some(0), _) | (None, true) => Mark::Done,
                (Some(_), _) => Mark::Wrong,
                (None, false) => Mark::Open,
            },
            _ if self.passed.get() > step => Mark::Done,
            _ => Mark::Open,
        }
    }

    /// The step to go on with.
    pub fn next(&self) -> usize {
        (0..STEPS.len()).find(|step| self.mark(*step) != Mark::Done).unwrap_or(STEPS.len() - 1)
    }

    /// How many steps are done.
    pub fn done(&self) -> usize {
        (0..STEPS.len()).filter(|step| self.mark(*step) == Mark::Done).count()
    }

    /// A step was looked through.
    pub fn pass(&self, step: usize) {
        if self.passed.get_untracked() > step {
            return;
        }
        self.passed.set(step + 1);
        if let Some(kept) = storage() {
            // At worst the step is shown once more the next time.
            let _ = kept.set_item(PASSED, &(step + 1).to_string());
        }
    }
}
